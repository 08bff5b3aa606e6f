/**
 * begin-forced-block: the host is to block the TID of a case that was forced, for good. The call has a
 * number of the TID's own before it leaves, as every call has (architecture §5, rule 2); one without an
 * answer is repeated with the same.
 * Results: ok with number and TID | NOT_FOUND | ILLEGAL_STATE (not forced, or not any more).
 * Events: case.forced_block_called.
 */
import type { TidRef } from '../ports/host.js'
import type { BindingRow, ForcedCloseRow, TidRow, UnbindCaseRow } from '../records/tables.js'
import { decideCaseMove } from './case-move.js'
import { event } from './event.js'
import {
  freshId,
  insert,
  one,
  operation,
  together,
  update,
  type Load,
  type Write,
} from './operation.js'

export interface BeginForcedBlockInput {
  readonly caseId: number
  /** Whose lane it is. */
  readonly terminalId: number
  readonly atMs: number
}

export interface Rows {
  readonly unbindCase: UnbindCaseRow | undefined
  readonly forced: ForcedCloseRow | undefined
  readonly binding: BindingRow | undefined
  readonly tid: TidRow | undefined
  readonly freshTidId: number
}

export type BeginForcedBlockResult =
  | { readonly ok: true; readonly callNumber: number; readonly target: TidRef }
  | { readonly ok: false; readonly code: 'NOT_FOUND' | 'ILLEGAL_STATE' }

const refOf = ({ acquirerCode, mid, tid }: BindingRow): TidRef => ({ acquirerCode, mid, tid })

export function* loadForcedBlock(caseId: number): Load<Omit<Rows, 'freshTidId'>> {
  const { unbindCase, forced } = yield* together({
    unbindCase: one('unbindCase', { id: caseId }),
    forced: one('forcedClose', { caseId }),
  })
  const binding = forced === undefined ? undefined : yield* one('binding', { id: forced.bindingId })
  const tid = binding === undefined ? undefined : yield* one('tid', refOf(binding))
  return { unbindCase, forced, binding, tid }
}

export const beginForcedBlock = operation<BeginForcedBlockInput, Rows, BeginForcedBlockResult>({
  name: 'begin-forced-block',
  *load({ caseId }) {
    const { found, freshTidId } = yield* together({
      found: loadForcedBlock(caseId),
      freshTidId: freshId('tid'),
    })
    return { ...found, freshTidId }
  },
  decide({ unbindCase, forced, binding, tid, freshTidId }, { atMs }) {
    if (unbindCase === undefined || forced === undefined || binding === undefined) {
      return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    }
    const calling = decideCaseMove(unbindCase, { on: 'force-calling' }, { atMs, actor: 'gateway' })
    if (calling.writes.length === 0) {
      return { writes: [], result: { ok: false, code: 'ILLEGAL_STATE' } }
    }
    const target = refOf(binding)
    if (forced.callNumber !== null) {
      const { callNumber } = forced
      return { writes: calling.writes, result: { ok: true, callNumber, target } }
    }
    const callNumber = (tid?.callNumber ?? 0) + 1
    const writes: readonly Write[] = [
      ...calling.writes,
      tid === undefined
        ? insert('tid', { id: freshTidId, ...target, callNumber })
        : update('tid', tid.id, { callNumber }),
      update('forcedClose', forced.id, { callNumber }),
      event({
        atMs,
        kind: 'case.forced_block_called',
        actor: 'gateway',
        terminalId: forced.terminalId,
        bindingId: binding.id,
        caseId: unbindCase.id,
        data: { callNumber },
      }),
    ]
    return { writes, result: { ok: true, callNumber, target } }
  },
})
