/**
 * Bodies into signed envelopes: what is asked for in one turn, or while a signature is being made, goes
 * under one signature as a Merkle tree, so that an HSM that signs 1,000 a second feeds a dispatcher
 * that sends many more. Never keeps anything: what can't be signed is rejected, and stays queued in
 * the records.
 */
import { encodeEnvelope, merkleTree, signedBytes } from '@tillgate/protocol'

import { coreLimits } from '../limits.js'
import type { Digest, Signer, SignerPurpose } from '../ports/signing.js'

export interface BatchSigner {
  /**
   * The whole envelope. Rejects when the signer is down or too much waits. `signed` is told how many bodies
   * went under the same signature.
   */
  envelope(
    purpose: SignerPurpose,
    body: Uint8Array,
    signed?: (wave: number) => void,
  ): Promise<Uint8Array>
}

/** With what waits in it, for who watches. */
export interface WatchedBatchSigner extends BatchSigner {
  /** Bodies asked for and not answered. */
  waiting(): number
}

interface Waiting {
  readonly body: Uint8Array
  readonly resolve: (envelope: Uint8Array) => void
  readonly reject: (reason: unknown) => void
  readonly signed: ((wave: number) => void) | undefined
}

/** One signature over all of `wave`. */
const signWave = async (
  { signer, digest }: { readonly signer: Signer; readonly digest: Digest },
  purpose: SignerPurpose,
  wave: readonly Waiting[],
): Promise<void> => {
  const { kid, alg } = signer.key(purpose)
  const { root, proofs } = merkleTree(
    digest,
    wave.map(({ body }) => body),
  )
  const treeSize = wave.length
  const signature = await signer.sign(purpose, signedBytes({ purpose, alg, kid, treeSize, root }))
  wave.forEach(({ body, resolve, reject, signed }, i) => {
    const proof = proofs[i]
    if (proof === undefined) return reject(new Error('a body without a proof'))
    const { index, path } = proof
    const auth = { kind: 'signature', alg, kid, treeSize, index, path, signature } as const
    signed?.(treeSize)
    resolve(encodeEnvelope({ body, auth }))
  })
}

/** One purpose's queue: at most one signature under way. */
const queueFor = (
  ports: { readonly signer: Signer; readonly digest: Digest },
  purpose: SignerPurpose,
): ((body: Uint8Array, signed?: (wave: number) => void) => Promise<Uint8Array>) => {
  const waiting: Waiting[] = []
  let running = false

  const run = async (): Promise<void> => {
    running = true
    // Whatever else this turn asks for shares the signature.
    await Promise.resolve()
    while (waiting.length > 0) {
      const wave = waiting.splice(0, coreLimits.signBatchMax)
      try {
        await signWave(ports, purpose, wave)
      } catch (error) {
        for (const { reject } of wave) reject(error)
      }
    }
    running = false
  }

  return (body, signed) =>
    new Promise((resolve, reject) => {
      if (waiting.length >= coreLimits.signWaitingMax) {
        reject(new Error(`too many bodies wait for a signature (${purpose})`))
        return
      }
      waiting.push({ body, resolve, reject, signed })
      if (!running) void run()
    })
}

export const createBatchSigner = (ports: {
  readonly signer: Signer
  readonly digest: Digest
}): WatchedBatchSigner => {
  let asked = 0
  const queues = {
    ordinary: queueFor(ports, 'ordinary'),
    destructive: queueFor(ports, 'destructive'),
    receipt: queueFor(ports, 'receipt'),
    checkpoint: queueFor(ports, 'checkpoint'),
  } satisfies Record<SignerPurpose, unknown>
  const answered = (): void => {
    asked -= 1
  }
  return {
    envelope(purpose, body, signed) {
      const envelope = queues[purpose](body, signed)
      asked += 1
      envelope.then(answered, answered)
      return envelope
    },
    waiting: () => asked,
  }
}
