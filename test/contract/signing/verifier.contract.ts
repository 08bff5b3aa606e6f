// What every verifier must keep. An adapter's own test file hands its maker to `verifierContract`.
import type { AlgorithmName } from '@tillgate/protocol'
import { generatePrivateKey, nodePrimitives } from '@tillgate/protocol/node'
import { generateKeyPairSync } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Verifier, VerifyItem } from '../../../gateway/src/core/ports/signing.js'

const algorithms: readonly AlgorithmName[] = ['ES256', 'ED25519', 'PS256']
const data = new Uint8Array(Buffer.from('a body'))

const spkiOf = (pair: { publicKey: { export(o: { type: 'spki'; format: 'der' }): Buffer } }) =>
  new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' }))

export const verifierContract = (adapter: string, make: () => Verifier): void => {
  describe(`the verifier port over ${adapter}`, () => {
    const keys = algorithms.map((alg) => generatePrivateKey(alg))
    let verifier: Verifier

    const itemFor = (at: number, change: Partial<VerifyItem> = {}): VerifyItem => {
      const key = keys[at % keys.length]!
      const handle = verifier.importKey(key.spki)!
      return { key: handle, data, signature: nodePrimitives.sign(key, data), ...change }
    }

    beforeAll(() => {
      verifier = make()
    })

    it('tells the algorithm from the key', () => {
      expect(keys.map((key) => verifier.importKey(key.spki)?.alg)).toEqual(algorithms)
    })

    it('takes no key that the wire has no algorithm for', () => {
      const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
      const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
      expect(verifier.importKey(spkiOf(p384))).toBeUndefined()
      expect(verifier.importKey(spkiOf(weak))).toBeUndefined()
      expect(verifier.importKey(new Uint8Array([0x30, 0]))).toBeUndefined()
      expect(verifier.importKey(new Uint8Array(0))).toBeUndefined()
      expect(verifier.importKey(new Uint8Array(100_000))).toBeUndefined()
    })

    it('answers in order, right and wrong mixed', async () => {
      const wrong = new Uint8Array(Buffer.from('another body'))
      const items = Array.from({ length: 600 }, (_, i) =>
        i % 7 === 3 ? itemFor(i, { data: wrong }) : itemFor(i),
      )
      const answers = await verifier.verify(items)
      expect(answers).toEqual(items.map((_, i) => i % 7 !== 3))
    })

    it('keeps callers that come together apart', async () => {
      const good = [itemFor(0), itemFor(1)]
      const bad = [itemFor(0, { signature: new Uint8Array(64) })]
      const answers = await Promise.all([verifier.verify(good), verifier.verify(bad)])
      expect(answers).toEqual([[true, true], [false]])
    })

    it('calls a signature of any length or content false, and never rejects', async () => {
      const lengths = [0, 1, 63, 64, 65, 255, 256, 257, 5_000]
      const items = lengths.flatMap((length) =>
        keys.map((_, at) => itemFor(at, { signature: new Uint8Array(length).fill(0xff) })),
      )
      expect(await verifier.verify(items)).toEqual(items.map(() => false))
    })

    it("does not take another key's signature", async () => {
      const other = nodePrimitives.sign(generatePrivateKey('ES256'), data)
      expect(await verifier.verify([itemFor(0, { signature: other })])).toEqual([false])
    })

    it('answers nothing to nothing', async () => {
      expect(await verifier.verify([])).toEqual([])
    })
  })
}
