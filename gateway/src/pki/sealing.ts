/**
 * Sealing at rest: AES-256-GCM, a fresh data key for each entry, itself sealed under the one key that
 * the operator keeps. Name and kind of the entry are associated data of both, so that a sealed part
 * moved to another entry does not open. Keys that were in force before, and
 * the one that comes next, open and never seal.
 *
 * Layout: version 1 ‖ key id (8) ‖ iv (12) ‖ sealed data key (32) ‖ tag (16) ‖ iv (12) ‖ ciphertext ‖ tag (16).
 * The key id is the first 8 bytes of SHA-256 over a label and the key; it says which key is missing
 * and nothing about it. To reseal is to seal the data key anew: what lies under it stays as it is.
 */
import { ascii, concat, equalBytes } from '@tillgate/protocol'
import { createHash } from 'node:crypto'
import type { Entropy } from '../core/ports/system.js'
import { pkiLimits } from './limits.js'
import { boxOverheadBytes, closeBox, openBox } from './sealed-box.js'

export interface SealedEntry {
  readonly name: string
  readonly kind: string
}

export type Opened =
  | { readonly ok: true; readonly secret: Uint8Array }
  | { readonly ok: false; readonly code: 'other-key'; readonly keyId: Uint8Array }
  | { readonly ok: false; readonly code: 'damaged' }

export type Resealed =
  | { readonly ok: true; readonly sealed: Uint8Array; readonly changed: boolean }
  | Exclude<Opened, { readonly ok: true }>

/** Keys that open and never seal. */
export interface OtherKeys {
  /** In force before: what lies under them is sealed anew. */
  readonly older?: readonly Uint8Array[]
  /** In force on other nodes already, or soon. */
  readonly next?: Uint8Array
}

export interface Sealer {
  /** Of the key that seals. */
  readonly keyId: Uint8Array
  /** Of every key that opens, the one that seals first. */
  readonly keyIds: readonly Uint8Array[]
  /** Of those that were in force before. */
  readonly olderKeyIds: readonly Uint8Array[]
  /** The key that a part lies under; undefined where it has no header of ours. */
  keyIdOf(sealed: Uint8Array): Uint8Array | undefined
  seal(entry: SealedEntry, secret: Uint8Array): Uint8Array
  open(entry: SealedEntry, sealed: Uint8Array): Opened
  reseal(entry: SealedEntry, sealed: Uint8Array): Resealed
}

const version = 1
const keyBytes = pkiLimits.sealingKeyBytes

export const keyIdBytes = 8
const wrappedBytes = keyBytes + boxOverheadBytes
const headerBytes = 1 + keyIdBytes
const overheadBytes = headerBytes + wrappedBytes + boxOverheadBytes

/** Kinds and names are ASCII without NUL, so that the two can't run into each other. */
const associated = (use: 'key' | 'data', { name, kind }: SealedEntry): Uint8Array =>
  ascii(`tillgate/seal/1\0${use}\0${kind}\0${name}`)

export const keyIdOfKey = (label: string, key: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(ascii(label)).update(key).digest()).slice(
    0,
    keyIdBytes,
  )

interface KnownKey {
  readonly id: Uint8Array
  readonly key: Uint8Array
}

const known = (key: Uint8Array): KnownKey => {
  if (key.length !== keyBytes) throw new RangeError('createSealer: a key has 32 bytes')
  return { id: keyIdOfKey('tillgate sealing key id\0', key), key: new Uint8Array(key) }
}

const header = ({ id }: KnownKey): Uint8Array => concat(Uint8Array.of(version), id)

const keyIdOf = (sealed: Uint8Array): Uint8Array | undefined =>
  sealed.length < overheadBytes || sealed[0] !== version ? undefined : sealed.slice(1, headerBytes)

type Unwrapped =
  | { readonly ok: true; readonly dataKey: Uint8Array; readonly under: KnownKey }
  | Exclude<Opened, { readonly ok: true }>

export const createSealer = (
  key: Uint8Array,
  entropy: Entropy,
  { older = [], next }: OtherKeys = {},
): Sealer => {
  const current = known(key)
  const apart = (others: readonly Uint8Array[]): readonly KnownKey[] =>
    others.map(known).filter(({ id }) => !equalBytes(id, current.id))
  const olderKeys = apart(older)
  const keys = [current, ...olderKeys, ...apart(next === undefined ? [] : [next])]

  const unwrap = (entry: SealedEntry, sealed: Uint8Array): Unwrapped => {
    const keyId = keyIdOf(sealed)
    if (keyId === undefined) return { ok: false, code: 'damaged' }
    const under = keys.find(({ id }) => equalBytes(id, keyId))
    if (under === undefined) return { ok: false, code: 'other-key', keyId }
    const wrapped = sealed.subarray(headerBytes, headerBytes + wrappedBytes)
    const dataKey = openBox({ key: under.key, bound: associated('key', entry) }, wrapped)
    return dataKey === undefined ? { ok: false, code: 'damaged' } : { ok: true, dataKey, under }
  }

  const wrap = (entry: SealedEntry, dataKey: Uint8Array): Uint8Array =>
    closeBox({ key: current.key, bound: associated('key', entry) }, entropy, dataKey)

  return {
    keyId: current.id,
    keyIds: keys.map(({ id }) => id),
    olderKeyIds: olderKeys.map(({ id }) => id),
    keyIdOf,
    seal: (entry, secret) => {
      const dataKey = entropy.bytes(keyBytes)
      const box = { key: dataKey, bound: associated('data', entry) }
      return concat(header(current), wrap(entry, dataKey), closeBox(box, entropy, secret))
    },
    open: (entry, sealed) => {
      const unwrapped = unwrap(entry, sealed)
      if (!unwrapped.ok) return unwrapped
      const box = { key: unwrapped.dataKey, bound: associated('data', entry) }
      const secret = openBox(box, sealed.subarray(headerBytes + wrappedBytes))
      return secret === undefined ? { ok: false, code: 'damaged' } : { ok: true, secret }
    },
    reseal: (entry, sealed) => {
      const unwrapped = unwrap(entry, sealed)
      if (!unwrapped.ok) return unwrapped
      if (unwrapped.under === current) return { ok: true, sealed, changed: false }
      const { dataKey } = unwrapped
      const data = sealed.subarray(headerBytes + wrappedBytes)
      // What does not open is not carried on under another key's name.
      if (openBox({ key: dataKey, bound: associated('data', entry) }, data) === undefined)
        return { ok: false, code: 'damaged' }
      const anew = concat(header(current), wrap(entry, dataKey), data)
      return { ok: true, sealed: anew, changed: true }
    },
  }
}
