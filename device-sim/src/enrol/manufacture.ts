/**
 * What the factory puts into a terminal: the key of its secure processor, the TMK that it shares with
 * the acquirer's host, and the registry's serial-number key. It has no identity yet: that comes with
 * enrolment, or from the vendor.
 */
import type { Primitives } from '@tillgate/protocol'
import type { FlashChange } from '../flash/contents.js'
import type { Flash } from '../flash/flash.js'
import { applyChanges, emptyImage } from '../flash/image.js'
import { checkValueOf, terminalMasterKey, withOddParity } from '../host/working-keys.js'
import type { Entropy } from '../system/system.js'
import { loadedSlot } from '../terminal/keys/slots.js'

export interface Factory {
  readonly primitives: Primitives
  readonly entropy: Entropy
  /** Shared with the acquirer's host; see `manufactureKeyOf`. */
  readonly manufactureKey: Uint8Array
  readonly model: string
  /** Rises when a terminal is provisioned again. */
  readonly assetEpoch?: number
}

const sealKeyBytes = 32
const registryKeyBytes = 16

export const manufactured = (factory: Factory, sn: string): readonly FlashChange[] => {
  const { primitives, entropy, manufactureKey, model, assetEpoch = 1 } = factory
  const tmk = terminalMasterKey(primitives, manufactureKey, sn)
  const registry = withOddParity(entropy.bytes(registryKeyBytes))
  const base: readonly FlashChange[] = [
    { cell: 'sealKey', value: entropy.bytes(sealKeyBytes) },
    { cell: 'model', value: model },
    { cell: 'epochs', value: { asset: assetEpoch, binding: 0 } },
  ]
  const image = applyChanges(emptyImage, base)
  const slot = (purpose: string, key: Uint8Array): FlashChange =>
    loadedSlot(primitives, image, { purpose, key, checkValue: checkValueOf(primitives, key) })
  return [...base, slot('TMK', tmk), slot('REGISTRY', registry)]
}

/** Once in a terminal's life: a flash that has its seal key is left as it is. */
export const manufacture = (factory: Factory, sn: string, flash: Flash): Promise<void> =>
  new Promise((resolve, reject) => {
    if (flash.read().cells.sealKey === undefined) flash.write(manufactured(factory, sn))
    flash.sync((failure) => (failure === undefined ? resolve() : reject(failure)))
  })
