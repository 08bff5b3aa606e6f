/**
 * Whether an approval allows this, for this terminal, now. Asked before a case orders, and again in the
 * transaction that commits `Proceed`. Pure. A target that was taken covers whoever took it and nobody else.
 */
import type { EpochMs } from '../ports/system.js'
import { sameBytes } from '../records/same-bytes.js'
import type { ApprovalRow, ApprovalTargetRow } from '../records/tables.js'

export interface HeldApproval {
  readonly approval: ApprovalRow
  /** Of the terminal in question; undefined: it is not on the list. */
  readonly target: ApprovalTargetRow | undefined
}

export interface Wanted {
  readonly kind: string
  readonly sn: string
  readonly bindingUuid: Uint8Array
  readonly epoch: number
  readonly atMs: EpochMs
  /** Who takes it, or has taken it: a case's or a command's public id. */
  readonly by?: string
}

export type Coverage =
  | { readonly ok: true; readonly brakeCap: number | null }
  /** Not granted, not on the list, another binding or epoch, taken by another | over. */
  | { readonly ok: false; readonly code: 'APPROVAL_MISSING' | 'APPROVAL_EXPIRED' }

const missing: Coverage = { ok: false, code: 'APPROVAL_MISSING' }

export const covers = ({ approval, target }: HeldApproval, wanted: Wanted): Coverage => {
  if (approval.state !== 'GRANTED' && approval.state !== 'USED') return missing
  if (approval.kind !== wanted.kind || target === undefined) return missing
  const isItsTarget =
    target.approvalId === approval.id &&
    target.sn === wanted.sn &&
    target.bindingEpoch === wanted.epoch &&
    sameBytes(target.bindingUuid, wanted.bindingUuid)
  if (!isItsTarget) return missing
  if (target.usedBy !== null && target.usedBy !== wanted.by) return missing
  if (wanted.atMs >= approval.expiresAtMs) return { ok: false, code: 'APPROVAL_EXPIRED' }
  return { ok: true, brakeCap: approval.brakeCap }
}
