/**
 * order-case: the Unbind of an approved case. Order, reservation and the case's move are one commit. The
 * case outlives its command: when one has ended without effect another may be ordered.
 * Results: CaseMoveResult | NOT_FOUND | ILLEGAL_STATE (not approved, not yet, or a command of the case is
 * open) | COMMAND_IN_FLIGHT | TERMINAL_NOT_BOUND | CONFLICT (the binding has moved) | QUEUE_FULL.
 * Events: case.dispatched, command.ordered, binding.releasing, terminal.state.
 */
import { commandTypeNumbers } from '@tillgate/protocol'

import { coreLimits } from '../limits.js'
import type { BindingRow, CommandRow, TerminalRow, UnbindCaseRow } from '../records/tables.js'
import { decideCaseMove, type CaseMoveResult } from './case-move.js'
import { queuedCommand } from './command-row.js'
import { event } from './event.js'
import {
  freshId,
  insert,
  many,
  one,
  operation,
  together,
  type Decision,
  type Load,
} from './operation.js'
import { reserveForUnbind } from './reserve-for-unbind.js'

export interface OrderCaseInput {
  readonly caseId: number
  readonly terminalId: number
  readonly uuid: Uint8Array
  readonly publicId: string
  /** The Unbind payload, encoded, made from this binding. */
  readonly payload: Uint8Array
  readonly bindingId: number
  readonly notAfterMs: number
  readonly atMs: number
}

export interface Rows {
  readonly unbindCase: UnbindCaseRow | undefined
  readonly terminal: TerminalRow | undefined
  readonly binding: BindingRow | undefined
  readonly open: readonly CommandRow[]
  readonly commandId: number
}

const load = ({ caseId, terminalId }: OrderCaseInput): Load<Rows> =>
  together({
    unbindCase: one('unbindCase', { id: caseId }),
    terminal: one('terminal', { id: terminalId }),
    binding: one('binding', { terminalId, live: 1 }),
    open: many('command', { terminalId, open: 1 }, coreLimits.commandsPerTerminalMax),
    commandId: freshId('command'),
  })

type Code = Extract<CaseMoveResult, { ok: false }>['code']

const refused = (code: Code): Decision<CaseMoveResult> => ({
  writes: [],
  result: { ok: false, code },
})

const obstacle = (rows: Rows, input: OrderCaseInput): Code | undefined => {
  const { unbindCase, terminal, binding, open } = rows
  if (unbindCase === undefined || terminal === undefined) return 'NOT_FOUND'
  if (terminal.state === 'DECOMMISSIONED') return 'ILLEGAL_STATE'
  if (open.some(({ type }) => type === commandTypeNumbers.Unbind)) return 'COMMAND_IN_FLIGHT'
  if (open.length >= coreLimits.commandsPerTerminalMax) return 'QUEUE_FULL'
  if (binding === undefined || binding.state !== 'ACTIVE') return 'TERMINAL_NOT_BOUND'
  return binding.id === input.bindingId && binding.id === unbindCase.bindingId
    ? undefined
    : 'CONFLICT'
}

const orderedCommand = (
  input: OrderCaseInput,
  terminal: TerminalRow,
  { approvalHash }: UnbindCaseRow,
): Omit<CommandRow, 'id'> => ({
  ...queuedCommand({
    uuid: input.uuid,
    terminalId: terminal.id,
    bindingId: input.bindingId,
    type: commandTypeNumbers.Unbind,
    destructive: 1,
    payload: input.payload,
    assetEpoch: terminal.assetEpoch,
    bindingEpoch: terminal.bindingEpoch,
    createdBy: 'gateway',
    createdAtMs: input.atMs,
    notAfterMs: input.notAfterMs,
    caseId: input.caseId,
  }),
  approvalHash,
})

export const orderCase = operation<OrderCaseInput, Rows, CaseMoveResult>({
  name: 'order-case',
  load,
  decide(rows, input) {
    const { unbindCase, terminal, binding, commandId } = rows
    const code = obstacle(rows, input)
    if (code !== undefined) return refused(code)
    if (unbindCase === undefined || terminal === undefined || binding === undefined) {
      return refused('NOT_FOUND')
    }
    const { atMs, caseId, publicId } = input
    const about = { atMs, actor: 'gateway', terminalId: terminal.id, commandId, caseId }
    return decideCaseMove(
      { ...unbindCase, commandId },
      { on: 'ordered' },
      {
        atMs,
        actor: 'gateway',
        set: { commandId, orders: unbindCase.orders + 1 },
        also: [
          insert('command', { id: commandId, ...orderedCommand(input, terminal, unbindCase) }),
          event({
            ...about,
            bindingId: binding.id,
            kind: 'command.ordered',
            data: { command: publicId, type: commandTypeNumbers.Unbind },
          }),
          ...reserveForUnbind({ terminal, binding, commandId, atMs, actor: 'gateway' }),
        ],
      },
    )
  },
})
