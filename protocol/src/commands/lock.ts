// Lock: the terminal sells no more until Unlock; nothing is erased. Done again, it is done.
import type { tillgate } from '#generated'
import type { FieldReader } from '../codec/fields.js'
import { printable } from '../codec/text-rules.js'
import { wireLimits } from '../limits.js'

export interface LockPayload {
  readonly type: 'Lock'
  readonly reason: string
}

export interface LockResult {
  readonly type: 'Lock'
}

const reason = printable(1, wireLimits.reasonLengthMax)

export const readLock = (from: tillgate.v1.Lock.$Properties, fields: FieldReader): LockPayload => ({
  type: 'Lock',
  reason: fields.text('reason', from.reason, reason),
})
