/**
 * Master/Session keys as a Chinese acquirer hands them out: a master key (TMK) per terminal from
 * manufacture, working keys PIK, MAK and TDK at each sign-on, enciphered TDES-ECB under the TMK with
 * a four-byte check value each (domain §2.1, `master-session.json`). Shared by host and terminal.
 * Pure. It never keeps a key, and nothing of it may come near the gateway.
 */
import { ascii, concat } from '@tillgate/protocol'
import type { Primitives } from '@tillgate/protocol'

export type KeyCrypto = Pick<
  Primitives,
  'hmacSha256' | 'tdesEncrypt' | 'tdesDecrypt' | 'equal' | 'sha256'
>

export type WorkingKeyName = 'pik' | 'mak' | 'tdk'

export interface WorkingKey {
  readonly key: Uint8Array
  /** First four bytes of a zero block under the key. Show and compare three (domain §2.3). */
  readonly checkValue: Uint8Array
}

export interface WorkingKeys {
  readonly pik: WorkingKey
  readonly mak: WorkingKey
  /** Absent where the host's field 62 has 40 bytes. */
  readonly tdk: WorkingKey | undefined
}

export type UnwrappedKeys =
  | { readonly ok: true; readonly keys: WorkingKeys }
  | { readonly ok: false; readonly code: 'LENGTH' }
  | { readonly ok: false; readonly code: 'KCV_MISMATCH'; readonly key: WorkingKeyName }

const blockBytes = 8
const doubleBytes = 16
const checkBytes = 4
const partBytes = doubleBytes + checkBytes

/** What `makeWorkingKeys` eats. */
export const workingKeyRandomBytes = doubleBytes + blockBytes + doubleBytes

/** DES keys carry odd parity in each byte's lowest bit; hardware refuses others. */
export const withOddParity = (key: Uint8Array): Uint8Array =>
  key.map((byte) => {
    let ones = 0
    for (let bits = byte >> 1; bits > 0; bits >>= 1) ones += bits & 1
    return (byte & 0xfe) | (ones % 2 === 0 ? 1 : 0)
  })

/** The secret that factory and acquirer share in this simulation; a seed makes it reproducible. */
export const manufactureKeyOf = (p: KeyCrypto, seed: string | number): Uint8Array =>
  p.hmacSha256(ascii('tillgate-sim/manufacture/1'), ascii(String(seed)))

/** The terminal's TMK, double length: the factory injects it, the host derives it. */
export const terminalMasterKey = (
  p: KeyCrypto,
  manufactureKey: Uint8Array,
  sn: string,
): Uint8Array =>
  withOddParity(p.hmacSha256(manufactureKey, ascii(`tmk/1/${sn}`)).slice(0, doubleBytes))

export const checkValueOf = (p: KeyCrypto, key: Uint8Array): Uint8Array =>
  p.tdesEncrypt('ECB', key, undefined, new Uint8Array(blockBytes)).slice(0, checkBytes)

const workingKey = (p: KeyCrypto, key: Uint8Array): WorkingKey => ({
  key,
  checkValue: checkValueOf(p, key),
})

/** PIK and TDK of double length, MAK of single length: that is what field 62 has room for. */
export const makeWorkingKeys = (p: KeyCrypto, random: Uint8Array): WorkingKeys => {
  if (random.length !== workingKeyRandomBytes) throw new RangeError('working keys: 40 random bytes')
  const part = (from: number, length: number): WorkingKey =>
    workingKey(p, withOddParity(random.slice(from, from + length)))
  return {
    pik: part(0, doubleBytes),
    mak: part(doubleBytes, blockBytes),
    tdk: part(doubleBytes + blockBytes, doubleBytes),
  }
}

const wrapOne = (p: KeyCrypto, tmk: Uint8Array, { key, checkValue }: WorkingKey): Uint8Array => {
  const cryptogram = p.tdesEncrypt('ECB', tmk, undefined, key)
  return concat(cryptogram, new Uint8Array(doubleBytes - cryptogram.length), checkValue)
}

/** Field 62: PIK 16 + 4, MAK 8 + 8 zero + 4, and TDK 16 + 4 where there is one. */
export const wrapWorkingKeys = (p: KeyCrypto, tmk: Uint8Array, keys: WorkingKeys): Uint8Array =>
  concat(
    wrapOne(p, tmk, keys.pik),
    wrapOne(p, tmk, keys.mak),
    ...(keys.tdk === undefined ? [] : [wrapOne(p, tmk, keys.tdk)]),
  )

/** A MAK of single length is padded with zeros; one of double length fills the place. */
const cryptogramOf = (part: Uint8Array, name: WorkingKeyName): Uint8Array => {
  const isSingle = name === 'mak' && part.slice(blockBytes, doubleBytes).every((byte) => byte === 0)
  return part.slice(0, isSingle ? blockBytes : doubleBytes)
}

export const unwrapWorkingKeys = (
  p: KeyCrypto,
  tmk: Uint8Array,
  field62: Uint8Array,
): UnwrappedKeys => {
  if (field62.length !== 2 * partBytes && field62.length !== 3 * partBytes) {
    return { ok: false, code: 'LENGTH' }
  }
  const unwrapped: WorkingKey[] = []
  for (const [index, name] of (['pik', 'mak', 'tdk'] as const).entries()) {
    const part = field62.slice(index * partBytes, (index + 1) * partBytes)
    if (part.length === 0) break
    const one = workingKey(p, p.tdesDecrypt('ECB', tmk, undefined, cryptogramOf(part, name)))
    if (!p.equal(one.checkValue, part.slice(doubleBytes))) {
      return { ok: false, code: 'KCV_MISMATCH', key: name }
    }
    unwrapped.push(one)
  }
  const [pik, mak, tdk] = unwrapped
  if (pik === undefined || mak === undefined) return { ok: false, code: 'LENGTH' }
  return { ok: true, keys: { pik, mak, tdk } }
}
