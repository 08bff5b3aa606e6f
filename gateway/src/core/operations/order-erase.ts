/**
 * order-erase: a terminal whose case was closed by force has appeared again, and gets the first and only
 * thing that it is to get: an Unbind without settlement, a command of its own, under what two persons
 * granted when they forced the case. One at a time; after one that ended without a proof another, ever later.
 * Results: ok with the command | NOT_FOUND | ILLEGAL_STATE (nothing is owed, not closed yet, bound again, or
 * its epoch is another) | COMMAND_IN_FLIGHT (one is under way, or ended too lately).
 * Events: command.ordered, command.superseded (one that was parked).
 */
import { commandTypeNumbers } from '@tillgate/protocol'

import { caseLimits } from '../cases/limits.js'
import type { BindingRow, ForcedCloseRow, TerminalRow, UnbindCaseRow } from '../records/tables.js'
import { decideMove, loadCommand, type CommandRows } from './command-move.js'
import { queuedCommand } from './command-row.js'
import { event } from './event.js'
import {
  freshId,
  insert,
  nothing,
  one,
  operation,
  together,
  update,
  type Decision,
  type Load,
  type Write,
} from './operation.js'

export interface OrderEraseInput {
  readonly caseId: number
  /** Whose lane it is. */
  readonly terminalId: number
  readonly uuid: Uint8Array
  readonly publicId: string
  /** The Unbind payload, encoded, that says `without_settlement`. */
  readonly payload: Uint8Array
  readonly notAfterMs: number
  readonly atMs: number
}

export interface Rows {
  readonly unbindCase: UnbindCaseRow | undefined
  readonly forced: ForcedCloseRow | undefined
  readonly terminal: TerminalRow | undefined
  /** Of the forced close. */
  readonly binding: BindingRow | undefined
  readonly live: BindingRow | undefined
  /** The erase that was ordered last. */
  readonly last: CommandRows
  readonly commandId: number
}

export type OrderEraseResult =
  | { readonly ok: true; readonly commandId: number }
  | {
      readonly ok: false
      readonly code: 'NOT_FOUND' | 'ILLEGAL_STATE' | 'COMMAND_IN_FLIGHT'
    }

const noCommand: CommandRows = { command: undefined, terminal: undefined, binding: undefined }

const loadLast = (forced: ForcedCloseRow | undefined): Load<CommandRows> => {
  const commandId = forced?.eraseCommandId ?? null
  return commandId === null ? nothing(noCommand) : loadCommand({ commandId })
}

function* load({ caseId, terminalId }: OrderEraseInput): Load<Rows> {
  const first = yield* together({
    unbindCase: one('unbindCase', { id: caseId }),
    forced: one('forcedClose', { caseId }),
    terminal: one('terminal', { id: terminalId }),
    live: one('binding', { terminalId, live: 1 }),
    commandId: freshId('command'),
  })
  const { forced } = first
  const then = yield* together({
    last: loadLast(forced),
    binding: forced === undefined ? nothing(undefined) : one('binding', { id: forced.bindingId }),
  })
  return { ...first, ...then }
}

/** Doubles with each that ended without a proof. */
export const erasePauseMs = (orders: number): number =>
  orders === 0
    ? 0
    : Math.min(caseLimits.erasePauseMs * 2 ** (orders - 1), caseLimits.erasePauseMsMax)

type Code = Extract<OrderEraseResult, { ok: false }>['code']

const obstacle = (rows: Rows, { atMs, terminalId }: OrderEraseInput): Code | undefined => {
  const { unbindCase, forced, terminal, binding, live } = rows
  if (!unbindCase || !forced || !terminal || !binding) return 'NOT_FOUND'
  if (forced.terminalId !== terminalId) return 'NOT_FOUND'
  if (unbindCase.state !== 'CLOSED_UNPROVEN' || forced.pending === 0) return 'ILLEGAL_STATE'
  if (live !== undefined || terminal.bindingEpoch !== binding.epoch) return 'ILLEGAL_STATE'
  const { command } = rows.last
  if (command === undefined || command.state === 'parked') return undefined
  if (command.open === 1) return 'COMMAND_IN_FLIGHT'
  const due = (command.finalAtMs ?? 0) + erasePauseMs(forced.eraseOrders)
  return atMs < due ? 'COMMAND_IN_FLIGHT' : undefined
}

/** What nobody will try again gives its place to this one. */
const displaced = ({ last }: Rows, atMs: number): readonly Write[] =>
  last.command?.state === 'parked'
    ? decideMove(last, { on: 'begun-anew' }, { atMs, actor: 'gateway' }).writes
    : []

const refused = (code: Code): Decision<OrderEraseResult> => ({
  writes: [],
  result: { ok: false, code },
})

export const orderErase = operation<OrderEraseInput, Rows, OrderEraseResult>({
  name: 'order-erase',
  load,
  decide(rows, input) {
    const code = obstacle(rows, input)
    if (code !== undefined) return refused(code)
    const { forced, terminal, binding, commandId } = rows
    if (!forced || !terminal || !binding) return refused('NOT_FOUND')
    const { caseId, uuid, payload, notAfterMs, atMs, publicId } = input
    const { id: terminalId, assetEpoch, bindingEpoch } = terminal
    const row = queuedCommand({
      ...{ uuid, terminalId, bindingId: binding.id, caseId },
      ...{ type: commandTypeNumbers.Unbind, destructive: 1, payload },
      ...{ assetEpoch, bindingEpoch, notAfterMs },
      ...{ createdBy: 'gateway', createdAtMs: atMs },
    })
    return {
      writes: [
        ...displaced(rows, atMs),
        insert('command', { id: commandId, ...row, approvalHash: forced.approvalHash }),
        update('forcedClose', forced.id, {
          eraseCommandId: commandId,
          eraseOrders: forced.eraseOrders + 1,
        }),
        event({
          ...{ atMs, actor: 'gateway', kind: 'command.ordered' },
          ...{ terminalId, commandId, caseId, bindingId: binding.id },
          data: {
            command: publicId,
            type: commandTypeNumbers.Unbind,
            because: 'forced close',
            order: forced.eraseOrders + 1,
          },
        }),
      ],
      result: { ok: true, commandId },
    }
  },
})
