// What every signer must keep, whatever holds the keys. An adapter's own test file hands its maker to
// `signerContract`; the algorithms are checked through the protocol's own verification.
import { kidOf, type AlgorithmName, type PublicKeyHandle } from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Signer, SignerPurpose } from '../../../gateway/src/core/ports/signing.js'

export interface SignerUnderTest {
  readonly signer: Signer
  readonly alg: AlgorithmName
  /** The public half of each purpose's key. */
  readonly publicKeys: Readonly<Record<SignerPurpose, PublicKeyHandle>>
}

const purposes: readonly SignerPurpose[] = ['ordinary', 'destructive', 'receipt', 'checkpoint']
const data = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))

export const signerContract = (
  adapter: string,
  make: () => SignerUnderTest | Promise<SignerUnderTest>,
): void => {
  describe(`the signer port over ${adapter}`, () => {
    let under: SignerUnderTest

    beforeAll(async () => {
      under = await make()
    })

    it.each(purposes)('signs for %s with the key that it names', async (purpose) => {
      const { signer, alg, publicKeys } = under
      const signature = await signer.sign(purpose, data('hello'))
      const { spki } = publicKeys[purpose]
      expect(signer.key(purpose)).toEqual({ kid: kidOf(nodePrimitives, spki), alg })
      expect(nodePrimitives.verify(publicKeys[purpose], data('hello'), signature)).toBe(true)
      expect(nodePrimitives.verify(publicKeys[purpose], data('hallo'), signature)).toBe(false)
    })

    it('has a key of its own for each purpose', async () => {
      const { signer, publicKeys } = under
      const signature = await signer.sign('ordinary', data('wipe'))
      expect(nodePrimitives.verify(publicKeys.destructive, data('wipe'), signature)).toBe(false)
      const kids = purposes.map((purpose) => Buffer.from(signer.key(purpose).kid).toString('hex'))
      expect(new Set(kids).size).toBe(purposes.length)
    })

    it('answers every one of many at once, each with its own signature', async () => {
      const { signer, publicKeys } = under
      const texts = Array.from({ length: 200 }, (_, i) => `message ${String(i)}`)
      const signatures = await Promise.all(texts.map((text) => signer.sign('receipt', data(text))))
      const valid = signatures.map((signature, i) =>
        nodePrimitives.verify(publicKeys.receipt, data(texts[i] ?? ''), signature),
      )
      expect(valid.every(Boolean)).toBe(true)
    })

    it('gives bytes that own their buffer', async () => {
      const signature = await under.signer.sign('checkpoint', data('root'))
      expect(signature.buffer.byteLength).toBe(signature.length)
    })
  })
}
