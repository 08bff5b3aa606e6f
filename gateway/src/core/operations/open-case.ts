/**
 * open-case: somebody wants a terminal taken from its merchant. U1: a binding has one open case; asked for
 * a second one, the answer names the first and nothing changes.
 * Results: ok, `existing` where the case stood already | NOT_FOUND | TERMINAL_NOT_BOUND (no binding is
 * active) | CONFLICT (another binding than was read) | COMMAND_IN_FLIGHT (an Unbind without a case is
 * under way) | IDEMPOTENCY_MISMATCH.
 * Events: case.opened.
 */
import { commandTypeNumbers } from '@tillgate/protocol'

import { coreLimits } from '../limits.js'
import type {
  BindingRow,
  CommandRow,
  IdempotencyRow,
  TerminalRow,
  UnbindCaseRow,
} from '../records/tables.js'
import { event } from './event.js'
import { earlierAnswer, loadEarlier, remember, type IdempotencyClaim } from './idempotency.js'
import { freshId, insert, many, one, operation, together, type Decision } from './operation.js'

export interface OpenCaseInput {
  readonly uuid: Uint8Array
  readonly publicId: string
  readonly terminalId: number
  /** The binding that the wish was about. */
  readonly bindingId: number
  readonly reason: string
  readonly note: string
  readonly startsAtMs: number
  readonly deadlineMs: number
  readonly actor: string
  readonly atMs: number
  readonly idempotency?: IdempotencyClaim
}

export interface Rows {
  readonly earlier: IdempotencyRow | undefined
  readonly terminal: TerminalRow | undefined
  readonly binding: BindingRow | undefined
  readonly standing: UnbindCaseRow | undefined
  readonly open: readonly CommandRow[]
  readonly id: number
}

export type OpenCaseResult =
  | {
      readonly ok: true
      /** Of an earlier request's case; undefined where the row itself is at hand. */
      readonly madeId: string | undefined
      readonly uuid: Uint8Array
      readonly existing: boolean
    }
  | {
      readonly ok: false
      readonly code:
        | 'NOT_FOUND'
        | 'TERMINAL_NOT_BOUND'
        | 'CONFLICT'
        | 'COMMAND_IN_FLIGHT'
        | 'IDEMPOTENCY_MISMATCH'
    }

const refused = (
  code: Extract<OpenCaseResult, { ok: false }>['code'],
): Decision<OpenCaseResult> => ({ writes: [], result: { ok: false, code } })

const opened = (input: OpenCaseInput, id: number, binding: BindingRow): UnbindCaseRow => ({
  id,
  uuid: input.uuid,
  terminalId: input.terminalId,
  bindingId: binding.id,
  merchantId: binding.merchantId,
  reason: input.reason,
  note: input.note,
  state: 'OPENED',
  open: 1,
  waitsFor: '[]',
  waivers: '[]',
  approvalHash: null,
  commandId: null,
  orders: 0,
  postponements: 0,
  partialProofs: 0,
  reboots: 0,
  startsAtMs: input.startsAtMs,
  deadlineMs: input.deadlineMs,
  dueAtMs: input.atMs,
  createdBy: input.actor,
  createdAtMs: input.atMs,
  endedAtMs: null,
  confirmedAtMs: null,
  confirmedHow: null,
  confirmedBy: null,
  confirmedByUserId: null,
  papers: '[]',
  reschedules: 0,
})

export const openCase = operation<OpenCaseInput, Rows, OpenCaseResult>({
  name: 'open-case',
  load: ({ idempotency, terminalId, bindingId }) =>
    together({
      earlier: loadEarlier(idempotency),
      terminal: one('terminal', { id: terminalId }),
      binding: one('binding', { terminalId, live: 1 }),
      standing: one('unbindCase', { bindingId, open: 1 }),
      open: many('command', { terminalId, open: 1 }, coreLimits.commandsPerTerminalMax),
      id: freshId('unbindCase'),
    }),
  decide(rows, input) {
    const { terminal, binding, standing, id } = rows
    const { uuid, publicId, actor, atMs } = input
    const before = earlierAnswer(rows.earlier, input.idempotency)
    if (before.kind === 'mismatch') return refused('IDEMPOTENCY_MISMATCH')
    if (before.kind === 'same') {
      const result = { ok: true, madeId: before.madeId, uuid, existing: true } as const
      return { writes: [], result }
    }
    if (standing !== undefined) {
      const result = { ok: true, madeId: undefined, uuid: standing.uuid, existing: true } as const
      return { writes: [], result }
    }
    if (terminal === undefined) return refused('NOT_FOUND')
    if (binding === undefined) return refused('TERMINAL_NOT_BOUND')
    if (binding.id !== input.bindingId) return refused('CONFLICT')
    if (rows.open.some(({ type }) => type === commandTypeNumbers.Unbind)) {
      return refused('COMMAND_IN_FLIGHT')
    }
    if (binding.state !== 'ACTIVE') return refused('TERMINAL_NOT_BOUND')
    return {
      writes: [
        insert('unbindCase', opened(input, id, binding)),
        event({
          atMs,
          actor,
          kind: 'case.opened',
          terminalId: terminal.id,
          bindingId: binding.id,
          caseId: id,
          data: { case: publicId, reason: input.reason, startsAtMs: input.startsAtMs },
        }),
        ...remember(input.idempotency, { kind: 'case', id: publicId, atMs }),
      ],
      result: { ok: true, madeId: undefined, uuid, existing: false },
    }
  },
})
