// Ready (up, signed; kept until its Receipt): the prepare is over, nothing is lost yet, and this
// fresh nonce opens a lease. README.md §9.
import type { tillgate } from '#generated'
import { token } from '../codec/text-rules.js'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'
import { orEmpty } from './optional.js'

/** What one data area holds. */
export interface Area {
  /** batch, offline, reversal, slip, params, receipts, log, crash_dump, cache. */
  readonly name: string
  readonly records: number
  /** Total in minor units of the currency; may be negative. */
  readonly amountMinor: number
  /** Over the records, in the terminal's own form. */
  readonly hash: Uint8Array | undefined
}

export interface Ready {
  readonly kind: 'ready'
  readonly readyNonce: Uint8Array
  readonly leaseS: number
  /** After the settlement. */
  readonly areas: readonly Area[]
  /** What this prepare settled and sent. */
  readonly settled: readonly Area[]
  readonly batchNumber: number
}

export const areaName = token(1, wireLimits.areaNameLengthMax)

export const readArea = (from: tillgate.v1.Area.$Properties, fields: FieldReader): Area => ({
  name: fields.text('name', from.name, areaName),
  records: fields.uint('records', from.records, 0, wireLimits.sequenceMax),
  amountMinor: fields.int('amountMinor', from.amountMinor),
  hash: fields.bytesOrNone('hash', from.hash, wireLimits.hashBytes),
})

export const readReady = (from: tillgate.v1.Ready.$Properties, fields: FieldReader): Ready => ({
  kind: 'ready',
  readyNonce: fields.bytes('readyNonce', from.readyNonce, wireLimits.idBytes),
  leaseS: fields.uint('leaseS', from.leaseS, 1, wireLimits.leaseSMax),
  areas: fields.list('areas', from.areas, wireLimits.areasMax, readArea),
  settled: fields.list('settled', from.settled, wireLimits.areasMax, readArea),
  batchNumber: fields.uint('batchNumber', from.batchNumber, 0, wireLimits.epochMax),
})

export const writeArea = (area: Area): tillgate.v1.Area.$Properties => ({
  ...area,
  hash: orEmpty(area.hash),
})

export const writeReady = (message: Ready): tillgate.v1.Ready.$Properties => ({
  ...message,
  areas: message.areas.map(writeArea),
  settled: message.settled.map(writeArea),
})

const mustBeEmpty: readonly string[] = ['batch', 'offline', 'reversal']

/** Areas that still hold money after a settlement that should have emptied them. */
export const unsettledAreas = (ready: Pick<Ready, 'areas'>): readonly string[] =>
  mustBeEmpty.filter((name) => {
    const area = ready.areas.find((one) => one.name === name)
    return area === undefined || area.records > 0 || area.amountMinor !== 0
  })
