// Bind: gives the terminal to a merchant under a new binding epoch. With `keepKeys` it changes
// parameters only (relocation, change of account).
import type { tillgate } from '#generated'
import type { FieldReader } from '../codec/fields.js'
import { unicode } from '../codec/text-rules.js'
import { wireLimits } from '../limits.js'
import { readKeySlot, writeKeySlot, type KeySlot } from '../messages/key-slot.js'
import { acquirerCode, mid, storeId, tid } from './merchant-fields.js'

export interface BindPayload {
  readonly type: 'Bind'
  readonly acquirerCode: string
  readonly mid: string
  readonly tid: string
  /** UTF-8. */
  readonly merchantName: string
  /** Empty where the acquirer has no store level. */
  readonly storeId: string
  readonly keepKeys: boolean
}

export interface BindResult {
  readonly type: 'Bind'
  readonly bindingEpoch: number
  /** SHA-256 of the Bind payload in force. */
  readonly paramsHash: Uint8Array
  readonly keySlots: readonly KeySlot[]
}

const merchantName = unicode(1, wireLimits.merchantNameBytesMax)

export const readBind = (from: tillgate.v1.Bind.$Properties, fields: FieldReader): BindPayload => ({
  type: 'Bind',
  acquirerCode: fields.text('acquirerCode', from.acquirerCode, acquirerCode),
  mid: fields.text('mid', from.mid, mid),
  tid: fields.text('tid', from.tid, tid),
  merchantName: fields.text('merchantName', from.merchantName, merchantName),
  storeId: fields.text('storeId', from.storeId, storeId),
  keepKeys: fields.flag('keepKeys', from.keepKeys),
})

export const readBindResult = (
  from: tillgate.v1.BindResult.$Properties,
  fields: FieldReader,
): BindResult => ({
  type: 'Bind',
  bindingEpoch: fields.uint('bindingEpoch', from.bindingEpoch, 1, wireLimits.epochMax),
  paramsHash: fields.bytes('paramsHash', from.paramsHash, wireLimits.hashBytes),
  keySlots: fields.list('keySlots', from.keySlots, wireLimits.keySlotsMax, readKeySlot),
})

export const writeBindResult = (result: BindResult): tillgate.v1.BindResult.$Properties => ({
  ...result,
  keySlots: result.keySlots.map(writeKeySlot),
})
