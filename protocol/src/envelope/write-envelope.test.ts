import { tillgate } from '#generated'
import { expect, it } from 'vitest'
import { algorithmNumbers } from '../crypto/primitives.js'
import type { Envelope } from './envelope.js'
import { writeEnvelope } from './write-envelope.js'

const bytes = (length: number, fill = 7): Uint8Array => new Uint8Array(length).fill(fill)

/** As protobufjs writes it. */
const generated = ({ body, auth }: Envelope): Uint8Array => {
  const shape =
    auth === undefined
      ? { body }
      : {
          body,
          auth:
            auth.kind === 'mac'
              ? { mac: auth }
              : { signature: { ...auth, alg: algorithmNumbers[auth.alg] } },
        }
  return new Uint8Array(tillgate.v1.Envelope.encode(shape).finish())
}

it('writes byte for byte what protobufjs writes, whatever the lengths and numbers', () => {
  for (const length of [1, 127, 128, 300, 16_383, 16_384]) {
    const body = bytes(length)
    expect(writeEnvelope({ body, auth: undefined })).toEqual(generated({ body, auth: undefined }))
    for (const number of [1, 127, 128, 2 ** 31, 2 ** 32 + 5, Number.MAX_SAFE_INTEGER]) {
      const auth = {
        kind: 'mac',
        sessionId: bytes(16, 1),
        counter: number,
        tag: bytes(32, 2),
      } as const
      expect(writeEnvelope({ body, auth })).toEqual(generated({ body, auth }))
    }
    for (const depth of [0, 1, 4, 20]) {
      const auth = {
        kind: 'signature',
        alg: depth === 1 ? 'PS256' : 'ES256',
        kid: bytes(8, 3),
        treeSize: 2 ** depth,
        index: 2 ** depth - 1,
        path: bytes(depth * 32, 4),
        signature: bytes(depth === 1 ? 512 : 64, 5),
      } as const
      expect(writeEnvelope({ body, auth })).toEqual(generated({ body, auth }))
    }
  }
})
