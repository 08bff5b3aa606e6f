/**
 * order-command: a person orders a command for one terminal. Where the terminal is connected here, its
 * lane idle and the command harmless, the caller offers a claim, and order and claim are one commit.
 * Idempotent by the command's uuid and by the Idempotency-Key.
 * Results: ok (claimed or not) | NOT_FOUND | ILLEGAL_STATE | TERMINAL_NOT_BOUND | COMMAND_IN_FLIGHT (an
 * unbind is under way: `existing` names it) | QUEUE_FULL | CONFLICT (the binding has moved since it was
 * read) | IDEMPOTENCY_MISMATCH.
 * Events: command.ordered, command.published; binding.releasing and terminal.state for an Unbind.
 */
import { commandTypeNumbers } from '@tillgate/protocol'

import { coreLimits } from '../limits.js'
import type { BindingRow, CommandRow, IdempotencyRow, TerminalRow } from '../records/tables.js'
import { event } from './event.js'
import { earlierAnswer, loadEarlier, remember, type IdempotencyClaim } from './idempotency.js'
import { claimFits, claimColumns, queuedCommand, type OfferedClaim } from './command-row.js'
import { refusal } from './command-move.js'
import {
  freshId,
  insert,
  many,
  nothing,
  one,
  operation,
  together,
  type Decision,
  type Write,
} from './operation.js'
import { reserveForUnbind } from './reserve-for-unbind.js'

export interface OrderCommandInput {
  readonly uuid: Uint8Array
  readonly publicId: string
  readonly terminalId: number
  readonly type: number
  readonly destructive: 0 | 1
  readonly payload: Uint8Array
  /** The binding that the payload was made from; null where it is about none. */
  readonly bindingId: number | null
  readonly notAfterMs: number
  readonly actor: string
  readonly atMs: number
  readonly idempotency?: IdempotencyClaim
  readonly claim?: OfferedClaim
}

export interface Rows {
  readonly earlier: IdempotencyRow | undefined
  readonly same: CommandRow | undefined
  readonly terminal: TerminalRow | undefined
  readonly binding: BindingRow | undefined
  readonly open: readonly CommandRow[]
  readonly id: number
}

export type OrderCommandResult =
  | {
      readonly ok: true
      readonly publicId: string
      readonly commandId: number
      readonly claimed: boolean
      readonly replayed: boolean
    }
  | {
      readonly ok: false
      readonly code:
        | 'NOT_FOUND'
        | 'ILLEGAL_STATE'
        | 'TERMINAL_NOT_BOUND'
        | 'COMMAND_IN_FLIGHT'
        | 'QUEUE_FULL'
        | 'CONFLICT'
        | 'IDEMPOTENCY_MISMATCH'
    }

type RefusalCode = Extract<OrderCommandResult, { ok: false }>['code']

const isUnbind = (input: OrderCommandInput): boolean => input.type === commandTypeNumbers.Unbind

/** Closed by force and not proved, or tampered with: all that it gets is its erase (`order-erase`). */
const getsNothing: ReadonlySet<TerminalRow['state']> = new Set([
  'UNPROVEN',
  'LOST',
  'TAMPERED',
  'DECOMMISSIONED',
])

/** What stands in the way of this order; undefined where nothing does. */
const obstacle = (rows: Rows, input: OrderCommandInput): RefusalCode | undefined => {
  const { terminal, binding, open } = rows
  if (terminal === undefined) return 'NOT_FOUND'
  if (getsNothing.has(terminal.state)) return 'ILLEGAL_STATE'
  if (open.length >= coreLimits.commandsPerTerminalMax) return 'QUEUE_FULL'
  if (!isUnbind(input)) return undefined
  if (open.some((command) => command.type === input.type)) return 'COMMAND_IN_FLIGHT'
  if (binding === undefined || binding.state !== 'ACTIVE') return 'TERMINAL_NOT_BOUND'
  return binding.id === input.bindingId ? undefined : 'CONFLICT'
}

const reservation = (rows: Rows, input: OrderCommandInput): readonly Write[] => {
  const { terminal, binding, id } = rows
  if (!isUnbind(input) || terminal === undefined || binding === undefined) return []
  const { atMs, actor } = input
  return reserveForUnbind({ terminal, binding, commandId: id, atMs, actor })
}

const ordered = (
  rows: Rows & { readonly terminal: TerminalRow },
  input: OrderCommandInput,
): Decision<OrderCommandResult> => {
  const { terminal, id } = rows
  const { uuid, publicId, type, destructive, payload, bindingId, notAfterMs, actor, atMs } = input
  const claim =
    destructive === 0 && claimFits(input.claim, terminal, rows.open) ? input.claim : undefined
  const row = queuedCommand({
    uuid,
    type,
    destructive,
    payload,
    bindingId,
    notAfterMs,
    createdBy: actor,
    createdAtMs: atMs,
    terminalId: terminal.id,
    assetEpoch: terminal.assetEpoch,
    bindingEpoch: terminal.bindingEpoch,
  })
  const about = { atMs, terminalId: terminal.id, commandId: id, bindingId }
  return {
    writes: [
      insert('command', { id, ...row, ...(claim ? claimColumns(claim, 1, atMs) : {}) }),
      event({ actor, kind: 'command.ordered', data: { command: publicId, type }, ...about }),
      ...(claim
        ? [
            event({
              actor: 'gateway',
              kind: 'command.published',
              data: { seq: claim.seq },
              ...about,
            }),
          ]
        : []),
      ...reservation(rows, input),
      ...remember(input.idempotency, { kind: 'command', id: publicId, atMs }),
    ],
    result: { ok: true, publicId, commandId: id, claimed: claim !== undefined, replayed: false },
  }
}

export const orderCommand = operation<OrderCommandInput, Rows, OrderCommandResult>({
  name: 'order-command',
  load: ({ idempotency, uuid, terminalId, bindingId }) =>
    together({
      earlier: loadEarlier(idempotency),
      same: one('command', { uuid }),
      terminal: one('terminal', { id: terminalId }),
      binding: bindingId === null ? nothing(undefined) : one('binding', { terminalId, live: 1 }),
      open: many('command', { terminalId, open: 1 }, coreLimits.commandsPerTerminalMax),
      id: freshId('command'),
    }),
  decide(rows, input) {
    const before = earlierAnswer(rows.earlier, input.idempotency)
    if (before.kind === 'mismatch')
      return refusal('IDEMPOTENCY_MISMATCH') as Decision<OrderCommandResult>
    if (before.kind === 'same' || rows.same !== undefined) {
      const publicId = before.kind === 'same' ? before.madeId : input.publicId
      const commandId = rows.same?.id ?? 0
      return {
        writes: [],
        result: { ok: true, publicId, commandId, claimed: false, replayed: true },
      }
    }
    const code = obstacle(rows, input)
    if (code !== undefined) return { writes: [], result: { ok: false, code } }
    const { terminal } = rows
    if (terminal === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    return ordered({ ...rows, terminal }, input)
  },
})
