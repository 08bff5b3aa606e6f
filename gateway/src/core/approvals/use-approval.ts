/**
 * Taking one target of a granted approval, in the transaction of whoever takes it: from then on it covers
 * nobody else. An approval whose targets are all taken is USED. Taking it again for the same changes nothing.
 */
import { uuidToText } from '@tillgate/protocol'

import { event } from '../operations/event.js'
import { update, type Write } from '../operations/operation.js'
import type { HeldApproval } from './covers.js'

export interface Taking {
  /** The public id of the case or the command. */
  readonly by: string
  readonly actor: string
  readonly atMs: number
}

/** Only where `covers` has said yes for the same `by`. */
export const useApproval = (
  { approval, target }: HeldApproval,
  { by, actor, atMs }: Taking,
): readonly Write[] => {
  if (target === undefined || target.usedBy === by) return []
  const usedCount = approval.usedCount + 1
  const isLast = usedCount >= approval.targetCount
  return [
    update('approvalTarget', target.id, { usedBy: by }, { usedBy: null }),
    update('approval', approval.id, { usedCount, ...(isLast ? { state: 'USED' as const } : {}) }),
    event({
      atMs,
      kind: 'approval.used',
      actor,
      terminalId: target.terminalId,
      data: { approval: uuidToText(approval.uuid), by, breakGlass: approval.breakGlass === 1 },
    }),
  ]
}
