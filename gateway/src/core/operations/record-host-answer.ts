/**
 * record-host-answer: what the host said to one call. Only the answer to the call that is open counts.
 * `stale` means that the host has seen a higher number than ours: the next call goes above it.
 * Results: MoveResult | NOT_FOUND | ILLEGAL_STATE.
 * Events: command.tid_blocked, command.tid_block_refused, command.host_call_stale, and the end that
 * waited for the unblocking.
 */
import type { TidRow } from '../records/tables.js'
import { decideMove, loadCommand, type CommandRows, type MoveResult } from './command-move.js'
import { one, operation, update, type Load } from './operation.js'

export interface RecordHostAnswerInput {
  readonly commandId: number
  readonly callNumber: number
  readonly answer: 'blocked' | 'open' | 'refused' | 'unknown-tid' | 'stale'
  /** With `stale`: the number that the host has seen. */
  readonly seenNumber: number
  readonly detail: string
  readonly atMs: number
}

export interface Rows extends CommandRows {
  readonly tid: TidRow | undefined
}

function* load(input: RecordHostAnswerInput): Load<Rows> {
  const rows = yield* loadCommand({ commandId: input.commandId })
  const { binding } = rows
  return {
    ...rows,
    tid:
      binding === undefined || input.answer !== 'stale'
        ? undefined
        : yield* one('tid', {
            acquirerCode: binding.acquirerCode,
            mid: binding.mid,
            tid: binding.tid,
          }),
  }
}

export const recordHostAnswer = operation<RecordHostAnswerInput, Rows, MoveResult>({
  name: 'record-host-answer',
  load,
  decide(rows, input) {
    const { tid } = rows
    const raise = tid !== undefined && input.seenNumber > tid.callNumber
    return decideMove(
      rows,
      { on: 'host-answered', callNumber: input.callNumber, answer: input.answer },
      {
        atMs: input.atMs,
        actor: 'host',
        data: { callNumber: input.callNumber, answer: input.answer, detail: input.detail },
        also: raise ? [update('tid', tid.id, { callNumber: input.seenNumber })] : [],
      },
    )
  },
})
