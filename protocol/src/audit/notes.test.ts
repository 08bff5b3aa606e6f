// Signed notes and checkpoints: what one key has signed opens with that key and with no other.
import { createHash, generateKeyPairSync, sign, verify, createPublicKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { AlgorithmName, PublicKeyHandle } from '../crypto/primitives.js'
import { fromBase64, toBase64 } from './base64.js'
import { canonicalJson } from './canonical-json.js'
import { checkpointText, openCheckpoint, parseCheckpoint } from './checkpoint.js'
import { entryOfExport, entryText } from './entries.js'
import {
  noteBytes,
  openNote,
  parseVerifierKey,
  signedNote,
  verifierKeyText,
} from './signed-note.js'

const objectOf = (spki: Uint8Array) =>
  createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })

const p = {
  sha256: (data: Uint8Array) => new Uint8Array(createHash('sha256').update(data).digest()),
  importPublicKey: (spki: Uint8Array, alg: AlgorithmName): PublicKeyHandle => ({ alg, spki }),
  verify: ({ alg, spki }: PublicKeyHandle, data: Uint8Array, signature: Uint8Array) =>
    alg === 'ED25519'
      ? verify(null, data, objectOf(spki), signature)
      : verify('sha256', data, { key: objectOf(spki), dsaEncoding: 'ieee-p1363' }, signature),
}

const made = (alg: 'ED25519' | 'ES256') => {
  const pair =
    alg === 'ED25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }))
  const key = { name: 'example.com/log', alg, spki }
  const signed = (text: string) =>
    alg === 'ED25519'
      ? sign(null, noteBytes(text), pair.privateKey)
      : sign('sha256', noteBytes(text), { key: pair.privateKey, dsaEncoding: 'ieee-p1363' })
  const note = (text: string) =>
    signedNote(p, { text, key, signature: new Uint8Array(signed(text)) })
  return { key, note }
}

const root = new Uint8Array(32).fill(7)

describe.each(['ED25519', 'ES256'] as const)('a checkpoint that %s signed', (alg) => {
  it('opens with its key, and with the key read from its text', () => {
    for (let time = 0; time < 20; time++) {
      const { key, note } = made(alg)
      const text = checkpointText({ origin: key.name, size: 20852163, root })
      const read = parseVerifierKey(p, verifierKeyText(p, key))
      expect(read).toEqual(key)
      expect(openCheckpoint(p, note(text), key)).toEqual({ origin: key.name, size: 20852163, root })
    }
  })

  it('opens with no other key, and not when a letter was changed', () => {
    const { key, note } = made(alg)
    const whole = note(checkpointText({ origin: key.name, size: 5, root }))
    expect(openNote(p, whole, made(alg).key)).toBeUndefined()
    expect(openNote(p, whole.replace('\n5\n', '\n6\n'), key)).toBeUndefined()
    expect(openCheckpoint(p, note(`other\n5\n${toBase64(root)}\n`), key)).toBeUndefined()
  })
})

it('reads the verifier key and the note that Go publishes', () => {
  // golang.org/x/mod/sumdb/note, its documentation's example.
  const text = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
  const key = parseVerifierKey(p, text)
  expect(key?.name).toBe('PeterNeumann')
  const note =
    'If you think cryptography is the answer to your problem,\n' +
    "then you don't know what your problem is.\n\n" +
    '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
  expect(key && openNote(p, note, key)).toContain('cryptography')
})

it('takes no checkpoint whose size or root is written another way', () => {
  for (const size of ['05', '-1', '1.0', '1e3', '']) {
    expect(parseCheckpoint(`o\n${size}\n${toBase64(root)}\n`)).toBeUndefined()
  }
  expect(parseCheckpoint(`o\n5\n${toBase64(root.slice(1))}\n`)).toBeUndefined()
  expect(parseCheckpoint(`o\n5\n${toBase64(root)}\nmore\n`)?.size).toBe(5)
})

it('writes and reads base 64 as everybody does', () => {
  for (let length = 0; length < 20; length++) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 37 + length) & 0xff)
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
    expect(fromBase64(toBase64(bytes))).toEqual(bytes)
  }
  for (const text of ['A', 'AB=', 'AB==x', 'AA=A', 'A===', 'QR=='])
    expect(fromBase64(text)).toBeUndefined()
})

it('has one text for an event, in whatever order its members come', () => {
  const event = { id: 7, at: '2026-03-01T09:00:00.123Z', kind: 'a.b', actor: 'é"\n', sn: null }
  const more = { data: { b: 1, a: 'x' }, evidence: 'AAE=', commandId: null, bindingId: null }
  const entry = entryOfExport(p, { ...event, ...more })
  expect(entry && entryText(entry)).toBe(
    '{"actor":"é\\"\\n","atMs":1772355600123,"bindingId":null,"caseId":null,"commandId":null,' +
      '"data":{"a":"x","b":1},"evidenceSha256":"b413f47d13ee2fe6c845b2ee141af81de858df4ec549a58b7970bb96645bc8d2",' +
      '"id":7,"kind":"a.b","sn":null}',
  )
  expect(canonicalJson({ b: [1, { d: null, c: 'é' }], a: 1e21 })).toBe(
    '{"a":1e+21,"b":[1,{"c":"é","d":null}]}',
  )
})
