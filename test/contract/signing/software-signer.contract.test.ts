import type { AlgorithmName, PrivateKeyHandle } from '@tillgate/protocol'
import { generatePrivateKey, nodePrimitives, publicKeyOf } from '@tillgate/protocol/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { softwareSigner } from '../../../gateway/src/adapters/signer/index.js'
import { systemClock, systemTimers } from '../../../gateway/src/adapters/system/index.js'
import type { SignerPurpose } from '../../../gateway/src/core/ports/signing.js'
import { signerContract } from './signer.contract.js'

type Keys = Readonly<Record<SignerPurpose, PrivateKeyHandle>>

const keysOf = (alg: AlgorithmName): Keys => ({
  ordinary: generatePrivateKey(alg),
  destructive: generatePrivateKey(alg),
  receipt: generatePrivateKey(alg),
  checkpoint: generatePrivateKey(alg),
})

for (const alg of ['ES256', 'ED25519', 'PS256'] as const) {
  signerContract(`software keys (${alg})`, () => {
    const keys = keysOf(alg)
    const publicKeys = {
      ordinary: publicKeyOf(keys.ordinary),
      destructive: publicKeyOf(keys.destructive),
      receipt: publicKeyOf(keys.receipt),
      checkpoint: publicKeyOf(keys.checkpoint),
    }
    const parts = { keys, primitives: nodePrimitives, clock: systemClock, timers: systemTimers }
    return { signer: softwareSigner(parts), alg, publicKeys }
  })
}

describe('a software signer under load', () => {
  const keys = keysOf('ES256')
  let nowMs = 0
  let timers: (() => void)[] = []
  let signatures = 0
  let costMs = 1
  const parts = {
    keys,
    primitives: {
      sha256: nodePrimitives.sha256,
      sign: () => {
        signatures++
        nowMs += costMs
        return new Uint8Array(64)
      },
    },
    clock: { monotonic: () => nowMs },
    timers: {
      after: (_: number, action: () => void) => {
        timers.push(action)
        return { cancel: () => undefined }
      },
    },
  }
  const data = new Uint8Array(1)
  const turn = async (): Promise<void> => {
    await Promise.resolve()
    const due = timers
    timers = []
    for (const action of due) action()
    await Promise.resolve()
  }

  beforeEach(() => {
    nowMs = 0
    signatures = 0
    costMs = 1
    timers = []
  })
  afterEach(() => {
    expect(timers).toEqual([])
  })

  it('gives everybody else a turn after each slice', async () => {
    const signer = softwareSigner({ ...parts, limits: { sliceMs: 4 } })
    const all = Promise.all(Array.from({ length: 10 }, () => signer.sign('ordinary', data)))
    await Promise.resolve()
    expect(signatures).toBe(4)
    await turn()
    expect(signatures).toBe(8)
    await turn()
    expect(await all).toHaveLength(10)
  })

  it('refuses what comes when the queue is full, and keeps what is in it', async () => {
    const signer = softwareSigner({ ...parts, limits: { queueMax: 2 } })
    const kept = [signer.sign('ordinary', data), signer.sign('ordinary', data)]
    await expect(signer.sign('ordinary', data)).rejects.toMatchObject({
      code: 'SIGNER_UNAVAILABLE',
      reason: 'queue-full',
    })
    expect(await Promise.all(kept)).toHaveLength(2)
    await signer.sign('ordinary', data)
  })

  it('does not sign what has waited too long', async () => {
    const signer = softwareSigner({ ...parts, limits: { sliceMs: 1, timeoutMs: 50 } })
    costMs = 100
    const first = signer.sign('destructive', data)
    const late = signer.sign('destructive', data)
    const refused = expect(late).rejects.toMatchObject({ reason: 'timeout' })
    await first
    await turn()
    await refused
    expect(signatures).toBe(1)
  })

  it('answers everything that waits when it is stopped, and signs nothing more', async () => {
    const signer = softwareSigner({ ...parts, limits: { sliceMs: 1 } })
    const first = signer.sign('receipt', data)
    const second = expect(signer.sign('receipt', data)).rejects.toMatchObject({ reason: 'stopped' })
    await first
    signer.stop()
    await second
    await expect(signer.sign('receipt', data)).rejects.toMatchObject({ reason: 'stopped' })
    await turn()
    expect(signatures).toBe(1)
  })
})
