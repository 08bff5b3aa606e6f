/**
 * The signer port over keys in this process's memory (opened from the sealed vault). It signs on the
 * event loop, in slices: one ES256 signature costs about 47 µs here and 172 µs by way of the thread
 * pool when it comes alone, and a whole wave of commands is one signature. Asynchronous like every
 * signer, so that an HSM can take its place: what waits too long or too deep is refused, and whoever
 * asked publishes nothing.
 */
import { kidOf, type Primitives, type PrivateKeyHandle } from '@tillgate/protocol'
import type { Signer, SignerKey, SignerPurpose } from '../../core/ports/signing.js'
import type { Clock, Timers } from '../../core/ports/system.js'
import { signerLimits, type SignerLimits } from './limits.js'

export class SignerUnavailable extends Error {
  readonly code = 'SIGNER_UNAVAILABLE'
  readonly reason: 'queue-full' | 'timeout' | 'stopped'
  constructor(reason: 'queue-full' | 'timeout' | 'stopped') {
    super(`the signer is unavailable: ${reason}`)
    this.name = 'SignerUnavailable'
    this.reason = reason
  }
}

export interface SoftwareSignerParts {
  readonly keys: Readonly<Record<SignerPurpose, PrivateKeyHandle>>
  readonly primitives: Pick<Primitives, 'sign' | 'sha256'>
  readonly clock: Pick<Clock, 'monotonic'>
  readonly timers: Timers
  readonly limits?: Partial<SignerLimits>
}

export interface SoftwareSigner extends Signer {
  /** Answers everything that waits with a refusal; nothing is signed after it. */
  stop(): void
}

interface Waiting {
  readonly key: PrivateKeyHandle
  readonly data: Uint8Array
  readonly sinceMs: number
  readonly resolve: (signature: Uint8Array) => void
  readonly reject: (reason: unknown) => void
}

export const softwareSigner = (parts: SoftwareSignerParts): SoftwareSigner => {
  const { keys, primitives, clock, timers } = parts
  const limits = { ...signerLimits, ...parts.limits }
  const described = (key: PrivateKeyHandle): SignerKey => ({
    kid: kidOf(primitives, key.spki),
    alg: key.alg,
  })
  const inForce: Readonly<Record<SignerPurpose, SignerKey>> = {
    ordinary: described(keys.ordinary),
    destructive: described(keys.destructive),
    receipt: described(keys.receipt),
    checkpoint: described(keys.checkpoint),
  }
  let queue: Waiting[] = []
  let turnTaken = false
  let stopped = false

  const signOne = ({ key, data, sinceMs, resolve, reject }: Waiting): void => {
    if (clock.monotonic() - sinceMs > limits.timeoutMs) {
      reject(new SignerUnavailable('timeout'))
      return
    }
    try {
      resolve(primitives.sign(key, data))
    } catch (error) {
      reject(error)
    }
  }

  const takeTurn = (): void => {
    const startMs = clock.monotonic()
    let done = 0
    for (const waiting of queue) {
      signOne(waiting)
      done++
      if (clock.monotonic() - startMs >= limits.sliceMs) break
    }
    queue = queue.slice(done)
    turnTaken = queue.length > 0
    if (turnTaken) timers.after(0, takeTurn)
  }

  return {
    key: (purpose) => inForce[purpose],
    sign: (purpose, data) =>
      new Promise((resolve, reject) => {
        if (stopped) return reject(new SignerUnavailable('stopped'))
        if (queue.length >= limits.queueMax) return reject(new SignerUnavailable('queue-full'))
        queue.push({ key: keys[purpose], data, sinceMs: clock.monotonic(), resolve, reject })
        if (turnTaken) return
        turnTaken = true
        // What is asked for in the same tick is signed together, behind the caller's own work.
        queueMicrotask(takeTurn)
      }),
    stop: () => {
      stopped = true
      const left = queue
      queue = []
      for (const { reject } of left) reject(new SignerUnavailable('stopped'))
    },
  }
}
