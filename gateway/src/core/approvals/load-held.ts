/**
 * An approval as an operation reads it beside its own rows: by its uuid or by the hash of its subject, with
 * the target of one terminal. Of several with one subject the first that was granted counts.
 */
import { many, one, type Load } from '../operations/operation.js'
import type { HeldApproval } from './covers.js'
import { approvalLimits } from './policy.js'

export type ApprovalKey = { readonly uuid: Uint8Array } | { readonly subjectHash: Uint8Array }

export function* loadHeldApproval(
  key: ApprovalKey,
  terminalId: number,
): Load<HeldApproval | undefined> {
  const found =
    'uuid' in key
      ? yield* many('approval', { uuid: key.uuid }, 1)
      : yield* many('approval', { subjectHash: key.subjectHash }, approvalLimits.sameSubjectMax)
  const approval = found.find(({ state }) => state === 'GRANTED' || state === 'USED') ?? found[0]
  if (approval === undefined) return undefined
  const target = yield* one('approvalTarget', { approvalId: approval.id, terminalId })
  return { approval, target }
}
