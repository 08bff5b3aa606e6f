/**
 * The key slots: what Hello and Proof may tell of them, and what a sign-on, a Bind and an erasure do
 * to them. TMK, the registry's serial-number key and the identity stay through an unbind (domain §1.4).
 */
import { toHex, type KeySlot, type Primitives } from '@tillgate/protocol'
import type { FlashChange, KeySlotRecord, SlotBefore } from '../../flash/contents.js'
import type { FlashImage } from '../../flash/image.js'
import type { WorkingKey, WorkingKeys } from '../../host/working-keys.js'
import { seal, unseal } from './seal.js'

export const workingPurposes = ['PIK', 'MAK', 'TDK'] as const
export type WorkingPurpose = (typeof workingPurposes)[number]

/** A TDES check value is shown at three bytes at most (domain §2.3). */
const kcvBytes = 3

export const sealKeyOf = (flash: FlashImage): Uint8Array => {
  const { sealKey } = flash.cells
  if (sealKey === undefined) throw new Error('terminal: it was never manufactured')
  return sealKey
}

export const shownSlot = ({ purpose, version, state, kcv, algorithm }: SlotBefore): KeySlot => ({
  purpose,
  version,
  state,
  kcv,
  algorithm,
})

export const shownSlots = (flash: FlashImage): readonly KeySlot[] =>
  [...flash.areas.slots.values()].map(shownSlot)

const contextOf = (purpose: string, version: number): string => `slot/${purpose}/${String(version)}`

/** The clear key, inside the secure processor. */
export const keyIn = (
  p: Primitives,
  flash: FlashImage,
  purpose: string,
): Uint8Array | undefined => {
  const slot = flash.areas.slots.get(purpose)
  if (slot?.sealed === undefined || slot.state !== 'ACTIVE') return undefined
  return unseal(p, sealKeyOf(flash), contextOf(purpose, slot.version), slot.sealed)
}

export const loadedSlot = (
  p: Primitives,
  flash: FlashImage,
  { purpose, key, checkValue }: { purpose: string } & WorkingKey,
): FlashChange => {
  const before = flash.areas.slots.get(purpose)
  const version = (before?.version ?? 0) + 1
  const value: KeySlotRecord = {
    purpose,
    version,
    state: 'ACTIVE',
    kcv: checkValue.slice(0, kcvBytes),
    algorithm: 'TDES',
    sealed: seal(p, sealKeyOf(flash), contextOf(purpose, version), key),
  }
  return { area: 'slots', id: purpose, value }
}

export const loadWorkingKeys = (
  p: Primitives,
  flash: FlashImage,
  keys: WorkingKeys,
): readonly FlashChange[] => {
  const loads = [loadedSlot(p, flash, { purpose: 'PIK', ...keys.pik })]
  loads.push(loadedSlot(p, flash, { purpose: 'MAK', ...keys.mak }))
  if (keys.tdk !== undefined) loads.push(loadedSlot(p, flash, { purpose: 'TDK', ...keys.tdk }))
  return loads
}

const isThere = (slot: KeySlotRecord | undefined): slot is KeySlotRecord =>
  slot !== undefined && slot.state !== 'EMPTY' && slot.state !== 'ERASED'

export const erasedSlot = (slot: KeySlotRecord): FlashChange => ({
  area: 'slots',
  id: slot.purpose,
  value: { ...slot, state: 'ERASED', kcv: undefined, sealed: undefined },
})

/** The slots that an unbind erases and that still hold something. */
export const workingSlotsHeld = (flash: FlashImage): readonly KeySlotRecord[] =>
  workingPurposes.map((purpose) => flash.areas.slots.get(purpose)).filter(isThere)

/** Every key that is said to be there opens, and is the one that its check value says. */
export const areKeysOk = (p: Primitives, flash: FlashImage): boolean => {
  const zeros = new Uint8Array(8)
  return [...flash.areas.slots.values()].every((slot) => {
    if (slot.state === 'BAD') return false
    if (slot.state !== 'ACTIVE' || slot.sealed === undefined || slot.kcv === undefined) return true
    const key = keyIn(p, flash, slot.purpose)
    if (key === undefined) return false
    const checkValue = p.tdesEncrypt('ECB', key, undefined, zeros).slice(0, slot.kcv.length)
    return toHex(checkValue) === toHex(slot.kcv)
  })
}
