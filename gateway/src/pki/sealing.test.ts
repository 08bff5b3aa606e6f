import { describe, expect, it } from 'vitest'
import { createSealer } from './sealing.js'

let drawn = 0
/** Differs at each call, like the real one, and is the same in each run. */
const entropy = { bytes: (length: number) => new Uint8Array(length).fill(++drawn % 251) }
const key = new Uint8Array(32).fill(7)
const entry = { name: 'ca/1', kind: 'ca' }
const secret = new Uint8Array([1, 2, 3, 4, 5])

describe('a sealed part', () => {
  const sealer = createSealer(key, entropy)

  it('opens to the bytes that were sealed, the empty ones too', () => {
    for (const bytes of [secret, new Uint8Array(0), new Uint8Array(5_000).fill(9)]) {
      expect(sealer.open(entry, sealer.seal(entry, bytes))).toEqual({ ok: true, secret: bytes })
    }
  })

  it('shows nothing of the secret and never looks the same twice', () => {
    const long = new Uint8Array(64).fill(0x5a)
    const first = sealer.seal(entry, long)
    expect(Buffer.from(first).includes(Buffer.from(long.subarray(0, 8)))).toBe(false)
    expect(sealer.seal(entry, long)).not.toEqual(first)
  })

  it('does not open when any one byte of it was changed', () => {
    const sealed = sealer.seal(entry, secret)
    for (let at = 0; at < sealed.length; at++) {
      const tampered = sealed.slice()
      tampered[at]! ^= 1
      expect(sealer.open(entry, tampered).ok, `byte ${String(at)}`).toBe(false)
    }
  })

  it('does not open when it was cut, at any length', () => {
    const sealed = sealer.seal(entry, secret)
    for (let length = 0; length < sealed.length; length++) {
      expect(sealer.open(entry, sealed.subarray(0, length)).ok).toBe(false)
    }
  })

  it('does not open under another name or another kind', () => {
    const sealed = sealer.seal(entry, secret)
    expect(sealer.open({ ...entry, name: 'ca/2' }, sealed)).toEqual({ ok: false, code: 'damaged' })
    expect(sealer.open({ ...entry, kind: 'signer' }, sealed).ok).toBe(false)
    // The border between kind and name is part of what is bound.
    const shifted = sealer.seal({ kind: 'a', name: 'bc' }, secret)
    expect(sealer.open({ kind: 'ab', name: 'c' }, shifted).ok).toBe(false)
  })

  it('says which key it wants where another one is tried', () => {
    const other = createSealer(new Uint8Array(32).fill(8), entropy)
    const answer = other.open(entry, sealer.seal(entry, secret))
    expect(answer).toEqual({ ok: false, code: 'other-key', keyId: sealer.keyId })
    expect(other.keyId).not.toEqual(sealer.keyId)
  })
})
