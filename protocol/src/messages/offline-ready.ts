// OfflineReady (up, signed; carried by a person): a Ready without a network. It stands for Hello as
// well, so its one nonce is session nonce and ready nonce, and it names no command yet. README.md §9a.
import type { tillgate } from '#generated'
import { printable } from '../codec/text-rules.js'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'
import { readArea, writeArea, type Area } from './ready.js'

export interface OfflineReady {
  readonly kind: 'offlineReady'
  readonly nonce: Uint8Array
  readonly leaseS: number
  readonly firmware: string
  readonly model: string
  readonly assetEpoch: number
  readonly bindingEpoch: number
  /** The highest downlink sequence that is stored. */
  readonly lastSeq: number
  readonly signerListVersion: number
  /** After the settlement. */
  readonly areas: readonly Area[]
  /** What this prepare settled and sent. */
  readonly settled: readonly Area[]
  readonly batchNumber: number
}

const firmware = printable(1, wireLimits.firmwareLengthMax)
const model = printable(1, wireLimits.modelLengthMax)

export const readOfflineReady = (
  from: tillgate.v1.OfflineReady.$Properties,
  fields: FieldReader,
): OfflineReady => ({
  kind: 'offlineReady',
  nonce: fields.bytes('nonce', from.nonce, wireLimits.idBytes),
  leaseS: fields.uint('leaseS', from.leaseS, 1, wireLimits.leaseSMax),
  firmware: fields.text('firmware', from.firmware, firmware),
  model: fields.text('model', from.model, model),
  assetEpoch: fields.uint('assetEpoch', from.assetEpoch, 0, wireLimits.epochMax),
  bindingEpoch: fields.uint('bindingEpoch', from.bindingEpoch, 0, wireLimits.epochMax),
  lastSeq: fields.uint('lastSeq', from.lastSeq, 0, wireLimits.sequenceMax),
  signerListVersion: fields.uint(
    'signerListVersion',
    from.signerListVersion,
    0,
    wireLimits.epochMax,
  ),
  areas: fields.list('areas', from.areas, wireLimits.areasMax, readArea),
  settled: fields.list('settled', from.settled, wireLimits.areasMax, readArea),
  batchNumber: fields.uint('batchNumber', from.batchNumber, 0, wireLimits.epochMax),
})

export const writeOfflineReady = (message: OfflineReady): tillgate.v1.OfflineReady.$Properties => ({
  ...message,
  areas: message.areas.map(writeArea),
  settled: message.settled.map(writeArea),
})
