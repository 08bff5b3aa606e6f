// Hello (up, signed): first uplink of every connection; what the terminal is and holds.
// README.md §5.
import type { tillgate } from '#generated'
import { printable, token } from '../codec/text-rules.js'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'
import { readKeyShare } from './key-share.js'
import { readKeySlot, writeKeySlot, type KeySlot } from './key-slot.js'

export interface Hello {
  readonly kind: 'hello'
  /** Drawn before CONNECT; the will carries it too. */
  readonly sessionNonce: Uint8Array
  readonly firmware: string
  /** Names of the command types that this firmware knows. */
  readonly capabilities: readonly string[]
  readonly assetEpoch: number
  readonly bindingEpoch: number
  /** The highest downlink sequence that is stored. */
  readonly lastSeq: number
  readonly keySlots: readonly KeySlot[]
  readonly keyShare: Uint8Array
  readonly signerListVersion: number
  readonly model: string
  readonly locked: boolean
}

const firmware = printable(1, wireLimits.firmwareLengthMax)
const model = printable(1, wireLimits.modelLengthMax)
const capability = token(1, wireLimits.capabilityLengthMax)

export const readHello = (from: tillgate.v1.Hello.$Properties, fields: FieldReader): Hello => ({
  kind: 'hello',
  sessionNonce: fields.bytes('sessionNonce', from.sessionNonce, wireLimits.idBytes),
  firmware: fields.text('firmware', from.firmware, firmware),
  capabilities: fields.list(
    'capabilities',
    from.capabilities,
    wireLimits.capabilitiesMax,
    (name, _, index) => fields.text(`capabilities[${String(index)}]`, name, capability),
  ),
  assetEpoch: fields.uint('assetEpoch', from.assetEpoch, 0, wireLimits.epochMax),
  bindingEpoch: fields.uint('bindingEpoch', from.bindingEpoch, 0, wireLimits.epochMax),
  lastSeq: fields.uint('lastSeq', from.lastSeq, 0, wireLimits.sequenceMax),
  keySlots: fields.list('keySlots', from.keySlots, wireLimits.keySlotsMax, readKeySlot),
  keyShare: readKeyShare('keyShare', from.keyShare, fields),
  signerListVersion: fields.uint(
    'signerListVersion',
    from.signerListVersion,
    0,
    wireLimits.epochMax,
  ),
  model: fields.text('model', from.model, model),
  locked: fields.flag('locked', from.locked),
})

export const writeHello = (message: Hello): tillgate.v1.Hello.$Properties => ({
  ...message,
  capabilities: [...message.capabilities],
  keySlots: message.keySlots.map(writeKeySlot),
})
