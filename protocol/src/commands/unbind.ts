// Unbind: takes the terminal from its merchant, in two phases: settle and prepare, then erase and
// prove. It names the merchant that it is meant for, beside the epoch. Its evidence is Proof, so
// a Result of it exists only as a failure and has no payload.
import type { tillgate } from '#generated'
import type { FieldReader } from '../codec/fields.js'
import { printable } from '../codec/text-rules.js'
import { wireLimits } from '../limits.js'
import { mid, tid } from './merchant-fields.js'

export interface UnbindPayload {
  readonly type: 'Unbind'
  readonly reason: string
  readonly mid: string
  readonly tid: string
  /** The terminal gives up its prepare after this. */
  readonly settleTimeoutS: number
  /**
   * After a forced close alone: nothing is sent or settled, Ready names what is left, and it is erased with
   * the rest. Left out where settlement is wanted.
   */
  readonly withoutSettlement?: true
}

export interface UnbindResult {
  readonly type: 'Unbind'
}

const reason = printable(1, wireLimits.reasonLengthMax)

export const readUnbind = (
  from: tillgate.v1.Unbind.$Properties,
  fields: FieldReader,
): UnbindPayload => ({
  type: 'Unbind',
  reason: fields.text('reason', from.reason, reason),
  mid: fields.text('mid', from.mid, mid),
  tid: fields.text('tid', from.tid, tid),
  settleTimeoutS: fields.uint(
    'settleTimeoutS',
    from.settleTimeoutS,
    1,
    wireLimits.settleTimeoutSMax,
  ),
  ...(fields.flag('withoutSettlement', from.withoutSettlement) ? { withoutSettlement: true } : {}),
})
