/**
 * record-forced-block: what the host said to the block call of a forced case. Blocked, or a TID that it
 * does not know: nothing under it is honoured any more, and the case is CLOSED_UNPROVEN, with the binding
 * released unproven and the terminal where the reason leaves it. Anything else leaves it FORCED.
 * A certificate of a depot is a recorded physical erase; no other reason claims one. What else was ordered
 * for the terminal is superseded: should it appear again, the erase is all that it gets.
 * Results: CaseMoveResult | NOT_FOUND. An answer to an earlier call changes nothing.
 * Events: case.closed_unproven, case.force_waits; binding.released_unproven, terminal.state,
 * command.superseded, command.superseded_outcome_unknown.
 */
import { terminalAfterForce } from '../cases/forced.js'
import { coreLimits } from '../limits.js'
import type {
  BindingRow,
  CommandRow,
  ForcedCloseRow,
  TerminalRow,
  UnbindCaseRow,
} from '../records/tables.js'
import { loadForcedBlock, type Rows as BlockRows } from './begin-forced-block.js'
import { decideCaseMove, type CaseMoveResult } from './case-move.js'
import { decideMove } from './command-move.js'
import { event } from './event.js'
import { many, one, operation, together, update, type Decision, type Write } from './operation.js'

export interface RecordForcedBlockInput {
  readonly caseId: number
  /** Whose lane it is. */
  readonly terminalId: number
  readonly callNumber: number
  readonly answer: 'blocked' | 'refused' | 'unknown-tid' | 'stale' | 'unavailable'
  /** With `stale`: the number that the host has seen. */
  readonly seenNumber: number
  readonly atMs: number
}

export interface Rows extends Omit<BlockRows, 'freshTidId'> {
  readonly terminal: TerminalRow | undefined
  readonly open: readonly CommandRow[]
}

interface Closing {
  readonly unbindCase: UnbindCaseRow
  readonly forced: ForcedCloseRow
  readonly binding: BindingRow
  readonly terminal: TerminalRow
}

const closing = (
  { unbindCase, forced, binding, terminal }: Closing,
  { answer, atMs }: RecordForcedBlockInput,
): readonly Write[] => {
  const about = { atMs, actor: 'host', terminalId: terminal.id, caseId: unbindCase.id }
  const state = terminalAfterForce(terminal.state, {
    reason: forced.reason,
    unbindReason: unbindCase.reason,
  })
  const isErased = forced.reason === 'FORCE_DEPOT_ERASED'
  return [
    update('forcedClose', forced.id, {
      hostAnswer: answer === 'blocked' ? 'blocked' : 'unknown-tid',
      blockedAtMs: atMs,
      ...(isErased ? { pending: 0, erasedBy: 'depot', erasedAtMs: atMs } : {}),
    }),
    update('binding', binding.id, { state: 'RELEASED_UNPROVEN', live: 0, endedAtMs: atMs }),
    event({
      ...about,
      kind: 'binding.released_unproven',
      bindingId: binding.id,
      data: { epoch: binding.epoch, reason: forced.reason },
    }),
    ...(state === terminal.state
      ? []
      : [
          update('terminal', terminal.id, { state }),
          event({
            ...about,
            kind: 'terminal.state',
            data: { from: terminal.state, to: state, reason: forced.reason },
          }),
        ]),
  ]
}

/** The case's own command has ended when it was forced. */
const superseded = ({ open, terminal }: Rows, atMs: number): readonly Write[] =>
  open.flatMap((command) => {
    const rows = { command, terminal, binding: undefined }
    return decideMove(rows, { on: 'forced' }, { atMs, actor: 'gateway' }).writes
  })

const waits = (
  { forced, tid }: Rows,
  { answer, seenNumber }: RecordForcedBlockInput,
): readonly Write[] => [
  // Unavailable: asked again with the same number. Answered: the next call has one of its own.
  ...(forced !== undefined && answer !== 'unavailable'
    ? [update('forcedClose', forced.id, { callNumber: null })]
    : []),
  ...(tid !== undefined && answer === 'stale' && seenNumber > tid.callNumber
    ? [update('tid', tid.id, { callNumber: seenNumber })]
    : []),
]

const answered = (rows: Rows, input: RecordForcedBlockInput): Decision<CaseMoveResult> => {
  const { unbindCase, forced, binding, terminal } = rows
  if (!unbindCase || !forced || !binding || !terminal) {
    return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
  }
  const context = { atMs: input.atMs, actor: 'host' }
  const isOpenCall = unbindCase.state === 'FORCED' && forced.callNumber === input.callNumber
  if (!isOpenCall) {
    return { writes: [], result: { ok: true, moved: false, state: unbindCase.state } }
  }
  if (input.answer === 'blocked' || input.answer === 'unknown-tid') {
    const also = [
      ...closing({ unbindCase, forced, binding, terminal }, input),
      ...superseded(rows, input.atMs),
    ]
    return decideCaseMove(unbindCase, { on: 'force-blocked' }, { ...context, also })
  }
  const because = input.answer === 'refused' ? 'HOST_REFUSED' : 'HOST_UNREACHABLE'
  const { writes, result } = decideCaseMove(unbindCase, { on: 'force-waits', because }, context)
  return { writes: [...writes, ...waits(rows, input)], result }
}

export const recordForcedBlock = operation<RecordForcedBlockInput, Rows, CaseMoveResult>({
  name: 'record-forced-block',
  *load({ caseId, terminalId }) {
    const { found, terminal, open } = yield* together({
      found: loadForcedBlock(caseId),
      terminal: one('terminal', { id: terminalId }),
      open: many('command', { terminalId, open: 1 }, coreLimits.commandsPerTerminalMax),
    })
    return { ...found, terminal, open }
  },
  decide: answered,
})
