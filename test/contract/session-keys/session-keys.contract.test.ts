// What seals the MAC keys of sessions: only the session that a key was sealed for gets it back.
import { createSealer, createSessionKeys, systemEntropy } from '@tillgate/gateway'
import { expect, test } from 'vitest'

const sealer = (fill: number) => createSealer(new Uint8Array(32).fill(fill), systemEntropy)
const keys = createSessionKeys(sealer(1))
const owner = { sn: 'SN1', sessionId: new Uint8Array(16).fill(7) }
const macKey = new Uint8Array(32).fill(9)

test('a sealed key opens for the session that it was sealed for, and shows nothing of itself', () => {
  const sealed = keys.seal(owner, macKey)
  expect(keys.open(owner, sealed)).toEqual(macKey)
  expect(Buffer.from(sealed).includes(Buffer.from(macKey))).toBe(false)
  expect(keys.seal(owner, macKey)).not.toEqual(sealed)
})

test('it opens for no other terminal or session, under no other key, and not damaged', () => {
  const sealed = keys.seal(owner, macKey)
  expect(keys.open({ ...owner, sn: 'SN2' }, sealed)).toBeUndefined()
  expect(keys.open({ ...owner, sessionId: new Uint8Array(16) }, sealed)).toBeUndefined()
  expect(createSessionKeys(sealer(2)).open(owner, sealed)).toBeUndefined()
  for (const place of [0, 5, 40, sealed.length - 1]) {
    const damaged = sealed.map((byte, at) => (at === place ? byte ^ 1 : byte))
    expect(keys.open(owner, damaged)).toBeUndefined()
  }
  expect(keys.open(owner, new Uint8Array(3))).toBeUndefined()
})
