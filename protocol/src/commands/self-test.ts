// SelfTest: looks at keys, flash and clock; changes nothing.
import type { tillgate } from '#generated'
import type { FieldReader } from '../codec/fields.js'
import { printable } from '../codec/text-rules.js'
import { wireLimits } from '../limits.js'

export interface SelfTestPayload {
  readonly type: 'SelfTest'
}

export interface SelfTestResult {
  readonly type: 'SelfTest'
  readonly keysOk: boolean
  readonly flashOk: boolean
  readonly clockOk: boolean
  readonly firmware: string
}

const firmware = printable(1, wireLimits.firmwareLengthMax)

export const readSelfTest = (): SelfTestPayload => ({ type: 'SelfTest' })

export const readSelfTestResult = (
  from: tillgate.v1.SelfTestResult.$Properties,
  fields: FieldReader,
): SelfTestResult => ({
  type: 'SelfTest',
  keysOk: fields.flag('keysOk', from.keysOk),
  flashOk: fields.flag('flashOk', from.flashOk),
  clockOk: fields.flag('clockOk', from.clockOk),
  firmware: fields.text('firmware', from.firmware, firmware),
})
