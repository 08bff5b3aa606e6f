/**
 * The verifier port over node:crypto: every check is a job of libuv's thread pool, so the event loop
 * pays about 20 µs of the 97 µs that one costs, and batches run on all cores. README.md has the
 * figures, and why not worker threads. It never rejects because of what a terminal sent.
 */
import type { AlgorithmName, PublicKeyHandle } from '@tillgate/protocol'
import { keyObjectOf, nodePrimitives } from '@tillgate/protocol/node'
import { constants, createHash, verify, type KeyObject } from 'node:crypto'
import type { Verifier, VerifyItem } from '../../core/ports/signing.js'
import { verifierLimits } from './limits.js'

const algorithms: readonly AlgorithmName[] = ['ES256', 'PS256', 'ED25519']
const pssSaltBytes = 32

const importSpki = (spki: Uint8Array): PublicKeyHandle | undefined => {
  if (spki.length > verifierLimits.spkiBytesMax) return undefined
  for (const alg of algorithms) {
    const handle = nodePrimitives.importPublicKey(spki, alg)
    if (handle !== undefined) return handle
  }
  return undefined
}

const optionsFor = (alg: AlgorithmName, key: KeyObject) => {
  switch (alg) {
    case 'ES256':
      return { hash: 'sha256', options: { key, dsaEncoding: 'ieee-p1363' as const } }
    case 'ED25519':
      return { hash: null, options: { key } }
    case 'PS256':
      return {
        hash: 'sha256',
        options: { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: pssSaltBytes },
      }
    default:
      return alg satisfies never
  }
}

interface Waiting {
  readonly item: VerifyItem
  readonly done: (valid: boolean) => void
}

/** Our own overload, never a terminal's doing: nothing may be acknowledged meanwhile. */
export class VerifierUnavailable extends Error {
  readonly code = 'VERIFIER_UNAVAILABLE'
  constructor() {
    super('the verifier is unavailable: too many checks wait')
    this.name = 'VerifierUnavailable'
  }
}

export const threadPoolVerifier = (): Verifier => {
  const keys = new Map<string, PublicKeyHandle>()
  let inPool = 0
  let waiting: Waiting[] = []
  let next = 0

  const importKey = (spki: Uint8Array): PublicKeyHandle | undefined => {
    // In one piece: a text put together of many keeps them all.
    const name = createHash('sha256').update(spki).digest('base64')
    const known = keys.get(name)
    if (known !== undefined) return known
    const handle = importSpki(spki)
    if (handle === undefined) return undefined
    if (keys.size >= verifierLimits.keysKeptMax) keys.clear()
    keys.set(name, handle)
    return handle
  }

  const finish = (done: (valid: boolean) => void, valid: boolean): void => {
    inPool--
    done(valid)
    feed()
  }

  const start = ({ item, done }: Waiting): void => {
    inPool++
    const { hash, options } = optionsFor(item.key.alg, keyObjectOf(item.key))
    try {
      verify(hash, item.data, options, item.signature, (error, valid) => {
        finish(done, error === null && valid)
      })
    } catch {
      finish(done, false)
    }
  }

  const feed = (): void => {
    while (inPool < verifierLimits.inPoolMax && next < waiting.length) {
      const first = waiting[next++]
      if (first !== undefined) start(first)
    }
    if (next < waiting.length) return
    waiting = []
    next = 0
  }

  const check = (item: VerifyItem): Promise<boolean> =>
    new Promise((done) => {
      waiting.push({ item, done })
    })

  return {
    importKey,
    verify: async (items) => {
      if (waiting.length - next + items.length > verifierLimits.waitingMax) {
        throw new VerifierUnavailable()
      }
      const answers = items.map(check)
      feed()
      return Promise.all(answers)
    },
  }
}
