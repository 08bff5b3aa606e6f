import { nodePrimitives } from '@tillgate/protocol/node'
import { parseEnvelope, rootFromProof } from '@tillgate/protocol'
import { describe, expect, it } from 'vitest'

import { coreLimits } from '../limits.js'
import type { Signer } from '../ports/signing.js'
import { createBatchSigner } from './batch-signer.js'

interface Call {
  readonly purpose: string
  sign(): void
  fail(): void
}

/** A signer whose signatures are made when the test says so. */
const heldSigner = () => {
  const calls: Call[] = []
  const signer: Signer = {
    key: () => ({ kid: new Uint8Array(8), alg: 'ES256' }),
    sign: (purpose) =>
      new Promise((resolve, reject) => {
        calls.push({
          purpose,
          sign: () => resolve(new Uint8Array(64).fill(calls.length)),
          fail: () => reject(new Error('the HSM is down')),
        })
      }),
  }
  return { calls, batch: createBatchSigner({ signer, digest: nodePrimitives }) }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const body = (n: number): Uint8Array => Uint8Array.of(n >> 8, n & 255)

const proofOf = (envelope: Uint8Array) => {
  const parsed = parseEnvelope(envelope)
  if (!parsed.ok || parsed.value.auth?.kind !== 'signature') throw new Error('not signed')
  return { body: parsed.value.body, auth: parsed.value.auth }
}

describe('bodies that wait together', () => {
  it('share one signature, each with its own proof of the same root', async () => {
    const { calls, batch } = heldSigner()
    const asked = [1, 2, 3].map((n) => batch.envelope('ordinary', body(n)))
    await turn()
    calls[0]?.sign()
    const envelopes = (await Promise.all(asked)).map(proofOf)
    expect(calls).toHaveLength(1)
    expect(envelopes.map((one) => [...one.body])).toEqual([1, 2, 3].map((n) => [...body(n)]))
    const roots = envelopes.map((one) => rootFromProof(nodePrimitives, one.body, one.auth))
    expect(roots[0]).toBeDefined()
    expect(roots[1]).toEqual(roots[0])
    expect(roots[2]).toEqual(roots[0])
  })

  it('that come while a signature is made go under the next one', async () => {
    const { calls, batch } = heldSigner()
    const first = batch.envelope('ordinary', body(1))
    await turn()
    const rest = [2, 3].map((n) => batch.envelope('ordinary', body(n)))
    await turn()
    expect(calls).toHaveLength(1)
    calls[0]?.sign()
    await first
    await turn()
    expect(calls).toHaveLength(2)
    calls[1]?.sign()
    expect((await Promise.all(rest)).map((one) => proofOf(one).auth.treeSize)).toEqual([2, 2])
  })

  it('never share one across purposes', async () => {
    const { calls, batch } = heldSigner()
    const asked = [batch.envelope('ordinary', body(1)), batch.envelope('destructive', body(2))]
    await turn()
    expect(calls.map(({ purpose }) => purpose)).toEqual(['ordinary', 'destructive'])
    for (const call of calls) call.sign()
    expect((await Promise.all(asked)).map((one) => proofOf(one).auth.treeSize)).toEqual([1, 1])
  })
})

describe('a signer that fails', () => {
  it('rejects its wave, and the next wave is signed', async () => {
    const { calls, batch } = heldSigner()
    const lost = Promise.allSettled([1, 2].map((n) => batch.envelope('ordinary', body(n))))
    await turn()
    const next = batch.envelope('ordinary', body(3))
    calls[0]?.fail()
    expect((await lost).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await turn()
    calls[1]?.sign()
    expect(proofOf(await next).auth.treeSize).toBe(1)
  })
})

describe('too much', () => {
  it('is cut into trees of a bounded size, and rejected beyond what may wait', async () => {
    const { calls, batch } = heldSigner()
    const asked = Array.from({ length: coreLimits.signWaitingMax }, (_, n) =>
      batch.envelope('ordinary', body(n)),
    )
    await expect(batch.envelope('ordinary', body(0))).rejects.toThrow('too many')
    await turn()
    calls[0]?.sign()
    expect(proofOf((await asked[0]) ?? body(0)).auth.treeSize).toBe(coreLimits.signBatchMax)
    void Promise.allSettled(asked)
  })
})
