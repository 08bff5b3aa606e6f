/**
 * begin-host-call: a call to the host gets its number before it leaves. The number rises per TID,
 * whoever calls and why, so the host can refuse a late one (architecture §5, rule 2).
 * Results: ok with verb, number and TID | NOT_FOUND | TERMINAL_NOT_BOUND | ILLEGAL_STATE.
 * Events: command.tid_blocking, command.host_called.
 */
import type { ErrorCode } from '@tillgate/protocol'

import type { TidRef } from '../ports/host.js'
import type { TidRow } from '../records/tables.js'
import { decideMove, loadCommand, type CommandRows } from './command-move.js'
import { freshId, insert, one, operation, together, update, type Load } from './operation.js'

export interface BeginHostCallInput {
  readonly commandId: number
  readonly atMs: number
}

export interface Rows extends CommandRows {
  readonly tid: TidRow | undefined
  readonly freshTidId: number
}

export type BeginHostCallResult =
  | {
      readonly ok: true
      readonly verb: 'block' | 'unblock'
      readonly callNumber: number
      readonly target: TidRef
    }
  | { readonly ok: false; readonly code: ErrorCode }

function* load(input: BeginHostCallInput): Load<Rows> {
  const { rows, freshTidId } = yield* together({
    rows: loadCommand({ commandId: input.commandId }),
    freshTidId: freshId('tid'),
  })
  const { binding } = rows
  const tid =
    binding === undefined
      ? undefined
      : yield* one('tid', {
          acquirerCode: binding.acquirerCode,
          mid: binding.mid,
          tid: binding.tid,
        })
  return { ...rows, tid, freshTidId }
}

export const beginHostCall = operation<BeginHostCallInput, Rows, BeginHostCallResult>({
  name: 'begin-host-call',
  load,
  decide(rows, input) {
    const { binding, tid } = rows
    if (binding === undefined)
      return { writes: [], result: { ok: false, code: 'TERMINAL_NOT_BOUND' } }
    const target: TidRef = {
      acquirerCode: binding.acquirerCode,
      mid: binding.mid,
      tid: binding.tid,
    }
    const callNumber = (tid?.callNumber ?? 0) + 1
    const moved = decideMove(
      rows,
      { on: 'host-call-begun', callNumber },
      {
        atMs: input.atMs,
        actor: 'gateway',
        data: { callNumber },
        also: [
          tid === undefined
            ? insert('tid', { id: rows.freshTidId, ...target, callNumber })
            : update('tid', tid.id, { callNumber }),
        ],
      },
    )
    const { writes, result } = moved
    if (!result.ok) return { writes, result }
    // It has ended since the caller looked: a call without a number of its own must not leave.
    if (!result.moved) return { writes, result: { ok: false, code: 'ILLEGAL_STATE' } }
    const verb = result.standing.phase === 'tid_unblocking' ? 'unblock' : 'block'
    return { writes, result: { ok: true, verb, callNumber, target } }
  },
})
