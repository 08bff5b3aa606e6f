// KeySlot: what one key slot of the terminal holds, in Hello, BindResult and Proof. Never a key.
import type { tillgate } from '#generated'
import { token } from '../codec/text-rules.js'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'
import { orEmpty } from './optional.js'

export const keyStateNumbers = {
  EMPTY: 1,
  PENDING: 2,
  ACTIVE: 3,
  RETIRING: 4,
  ERASED: 5,
  BAD: 6,
} as const

export type KeyState = keyof typeof keyStateNumbers

export interface KeySlot {
  /** TMK, PIK, MAK, TDK, REGISTRY, IDENTITY. */
  readonly purpose: string
  readonly version: number
  readonly state: KeyState
  /** 3 bytes (TDES, SM4) or 5 (AES-CMAC). Undefined where no key is, or none that has one. */
  readonly kcv: Uint8Array | undefined
  /** TDES, AES, SM4, EC, RSA. */
  readonly algorithm: string
}

const purpose = token(1, wireLimits.keyPurposeLengthMax)
const algorithm = token(0, wireLimits.keyAlgorithmLengthMax)
const kcvLengths: readonly number[] = [0, 3, 5]

export const readKeySlot = (
  from: tillgate.v1.KeySlot.$Properties,
  fields: FieldReader,
): KeySlot => {
  const state = fields.name('state', from.state, keyStateNumbers)
  const kcv = fields.blobOrNone('kcv', from.kcv, wireLimits.hashBytes)
  if (!kcvLengths.includes(kcv?.length ?? 0)) fields.refuse('kcv', 'must have 0, 3 or 5 bytes')
  if (kcv !== undefined && (state === 'EMPTY' || state === 'ERASED')) {
    fields.refuse('kcv', 'must be empty where no key is')
  }
  return {
    purpose: fields.text('purpose', from.purpose, purpose),
    version: fields.uint('version', from.version, 0, wireLimits.epochMax),
    state,
    kcv,
    algorithm: fields.text('algorithm', from.algorithm, algorithm),
  }
}

export const writeKeySlot = (slot: KeySlot): tillgate.v1.KeySlot.$Properties => ({
  ...slot,
  state: keyStateNumbers[slot.state],
  kcv: orEmpty(slot.kcv),
})
