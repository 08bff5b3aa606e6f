/**
 * The sealing port in software. Under the sealing key a value has the layout of `sealing.ts`; under a
 * scope's key: version 2 ‖ id of that key (8) ‖ iv (12) ‖ ciphertext ‖ tag (16). A scope's key is a secret of
 * 32 bytes sealed under the sealing key; it is in clear only while one value is sealed or opened.
 */
import { ascii, concat, equalBytes, toHex } from '@tillgate/protocol'
import type { Entropy } from '../core/ports/system.js'
import {
  sealingLimits,
  type Belonging,
  type OpenAnswer,
  type Sealing,
  type SealingKeys,
} from '../core/ports/sealing.js'
import { pkiLimits } from './limits.js'
import { boxOverheadBytes, closeBox, openBox } from './sealed-box.js'
import { keyIdBytes, keyIdOfKey, type Opened, type SealedEntry, type Sealer } from './sealing.js'

const scopedVersion = 2
const scopedHeaderBytes = 1 + keyIdBytes

const isLabel = (text: string): boolean =>
  text.length <= sealingLimits.labelLengthMax && /^[\x20-\x7e]+$/.test(text)

const entryOf = ({ what, whose }: Belonging): SealedEntry => {
  if (isLabel(what) && isLabel(whose)) return { kind: what, name: whose }
  throw new RangeError('sealing: what and whose are printable ASCII of a bounded length')
}

const tooLarge = { ok: false, code: 'TOO_LARGE' } as const
const damaged = { ok: false, code: 'DAMAGED' } as const

const isTooLarge = (secret: Uint8Array): boolean => secret.length > sealingLimits.secretBytesMax

const refused = (opened: Exclude<Opened, { readonly ok: true }>) =>
  opened.code === 'other-key'
    ? ({ ok: false, code: 'KEY_MISSING', kid: toHex(opened.keyId) } as const)
    : damaged

/** Seals and opens under one scope's key. */
const underKey = (key: Uint8Array, entropy: Entropy): Sealing => {
  const head = concat(Uint8Array.of(scopedVersion), keyIdOfKey('tillgate scope key id\0', key))
  const boxOf = (of: Belonging) => {
    const { kind, name } = entryOf(of)
    return { key, bound: ascii(`tillgate/seal/2\0${kind}\0${name}`) }
  }
  const open = (of: Belonging, sealed: Uint8Array): OpenAnswer => {
    const box = boxOf(of)
    if (sealed.length < scopedHeaderBytes + boxOverheadBytes) return damaged
    if (!equalBytes(sealed.subarray(0, scopedHeaderBytes), head)) return damaged
    const secret = openBox(box, sealed.subarray(scopedHeaderBytes))
    return secret === undefined ? damaged : { ok: true, secret }
  }
  return {
    seal: async (of, secret) => {
      const box = boxOf(of)
      if (isTooLarge(secret)) return tooLarge
      return { ok: true, sealed: concat(head, closeBox(box, entropy, secret)) }
    },
    open: async (of, sealed) => open(of, sealed),
  }
}

export const softwareSealing = (sealer: Sealer, entropy: Entropy): SealingKeys => {
  const seal: SealingKeys['seal'] = async (of, secret) => {
    const entry = entryOf(of)
    return isTooLarge(secret) ? tooLarge : { ok: true, sealed: sealer.seal(entry, secret) }
  }
  return {
    kid: toHex(sealer.keyId),
    kids: sealer.keyIds.map((id) => toHex(id)),
    olderKids: sealer.olderKeyIds.map((id) => toHex(id)),
    kidOf: (sealed) => {
      const id = sealer.keyIdOf(sealed)
      return id === undefined ? undefined : toHex(id)
    },
    seal,
    open: async (of, sealed) => {
      const opened = sealer.open(entryOf(of), sealed)
      return opened.ok ? opened : refused(opened)
    },
    reseal: async (of, sealed) => {
      const resealed = sealer.reseal(entryOf(of), sealed)
      return resealed.ok ? resealed : refused(resealed)
    },
    makeKey: (of) => seal(of, entropy.bytes(pkiLimits.sealingKeyBytes)),
    under: async (of, sealedKey) => {
      const opened = sealer.open(entryOf(of), sealedKey)
      if (!opened.ok) return refused(opened)
      if (opened.secret.length !== pkiLimits.sealingKeyBytes) return damaged
      return { ok: true, sealing: underKey(opened.secret, entropy) }
    },
  }
}
