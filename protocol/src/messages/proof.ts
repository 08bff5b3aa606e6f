// Proof (up, signed; kept until its Receipt and until the next binding is active): what was erased,
// slot by slot and area by area. The evidence that everything else is for. README.md §9.
import type { tillgate } from '#generated'
import { printable, token } from '../codec/text-rules.js'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'
import { readKeySlot, writeKeySlot, type KeySlot } from './key-slot.js'
import { areaName } from './ready.js'

export interface SlotErasure {
  readonly before: KeySlot
  readonly after: KeySlot
}

export interface AreaErasure {
  readonly name: string
  readonly recordsBefore: number
  readonly recordsAfter: number
  /** overwrite, block-erase, crypto-erase. */
  readonly method: string
}

export interface Proof {
  readonly kind: 'proof'
  readonly readyNonce: Uint8Array
  /** SHA-256 of the Proceed body. */
  readonly proceedHash: Uint8Array
  readonly assetEpoch: number
  readonly bindingEpoch: number
  /** Erasures of this terminal, rising. */
  readonly counter: number
  readonly firmware: string
  readonly slots: readonly SlotErasure[]
  readonly areas: readonly AreaErasure[]
  /** 0: clock unsure. */
  readonly erasedAtMs: number
  /** Reboots survived while erasing. */
  readonly resumed: number
  /** Something could not be erased. */
  readonly partial: boolean
}

const firmware = printable(1, wireLimits.firmwareLengthMax)
const method = token(1, wireLimits.methodLengthMax)

const readSlotErasure = (
  from: tillgate.v1.SlotErasure.$Properties,
  fields: FieldReader,
): SlotErasure => ({
  before: readKeySlot(from.before ?? {}, fields.within('before')),
  after: readKeySlot(from.after ?? {}, fields.within('after')),
})

const readAreaErasure = (
  from: tillgate.v1.AreaErasure.$Properties,
  fields: FieldReader,
): AreaErasure => ({
  name: fields.text('name', from.name, areaName),
  recordsBefore: fields.uint('recordsBefore', from.recordsBefore, 0, wireLimits.sequenceMax),
  recordsAfter: fields.uint('recordsAfter', from.recordsAfter, 0, wireLimits.sequenceMax),
  method: fields.text('method', from.method, method),
})

export const readProof = (from: tillgate.v1.Proof.$Properties, fields: FieldReader): Proof => ({
  kind: 'proof',
  readyNonce: fields.bytes('readyNonce', from.readyNonce, wireLimits.idBytes),
  proceedHash: fields.bytes('proceedHash', from.proceedHash, wireLimits.hashBytes),
  assetEpoch: fields.uint('assetEpoch', from.assetEpoch, 0, wireLimits.epochMax),
  bindingEpoch: fields.uint('bindingEpoch', from.bindingEpoch, 0, wireLimits.epochMax),
  counter: fields.uint('counter', from.counter, 1, wireLimits.sequenceMax),
  firmware: fields.text('firmware', from.firmware, firmware),
  slots: fields.list('slots', from.slots, wireLimits.keySlotsMax, readSlotErasure),
  areas: fields.list('areas', from.areas, wireLimits.areasMax, readAreaErasure),
  erasedAtMs: fields.uint('erasedAtMs', from.erasedAtMs, 0, wireLimits.sequenceMax),
  resumed: fields.uint('resumed', from.resumed, 0, wireLimits.epochMax),
  partial: fields.flag('partial', from.partial),
})

export const writeProof = (message: Proof): tillgate.v1.Proof.$Properties => ({
  ...message,
  slots: message.slots.map(({ before, after }) => ({
    before: writeKeySlot(before),
    after: writeKeySlot(after),
  })),
  areas: [...message.areas],
})
