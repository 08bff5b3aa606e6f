import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { serialNumberOf, tokenHash, tokenText } from './enrolment-token.js'

const entropy = { bytes: (length: number) => new Uint8Array(length).fill(0xfb) }
const ca = new Uint8Array([1, 2, 3])

it('carries the serial number, dots and all, and the hash of the CA as a shell computes it', () => {
  const text = tokenText('SN.1-a.b', ca, entropy)
  expect(serialNumberOf(text)).toBe('SN.1-a.b')
  expect(text.split('.').at(-1)).toBe(createHash('sha256').update(ca).digest('hex'))
})

it('is no token when a part is missing, longer, or of another form', () => {
  const text = tokenText('T1', ca, entropy)
  const [prefix, sn, random, hash] = text.split('.') as [string, string, string, string]
  for (const bad of [
    '',
    `tg2.${sn}.${random}.${hash}`,
    `${prefix}.${random}.${hash}`,
    `${prefix}..${random}.${hash}`,
    `${prefix}.${sn}.${random}x.${hash}`,
    `${prefix}.${sn}.${random}.${hash.toUpperCase()}`,
    `${prefix}.${sn} .${random}.${hash}`,
    `${prefix}.${'s'.repeat(51)}.${random}.${hash}`,
    ` ${text}`,
    `${text}\n`,
    `tg1.${'s.'.repeat(100_000)}`,
  ]) {
    expect(serialNumberOf(bad), bad.slice(0, 40)).toBeUndefined()
  }
})

it('is another token as soon as any part of its text is another', () => {
  const text = tokenText('T1', ca, entropy)
  expect(tokenHash(text.replace('T1', 'T2'))).not.toEqual(tokenHash(text))
  expect(tokenHash(text).length).toBe(32)
})
