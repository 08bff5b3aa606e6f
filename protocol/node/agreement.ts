// Key agreement on P-256 over node:crypto, from a seed that is given.
import type { AgreementKey } from '@tillgate/protocol'
import { createECDH, createHash, type ECDH } from 'node:crypto'

const curve = 'prime256v1'
const seedBytes = 32
const attemptsMax = 4

/** A seed at or above the curve's order (one in 2^32) is hashed on, so that every seed gives a key. */
const keyPair = (seed: Uint8Array): ECDH => {
  let scalar = Buffer.from(seed)
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const pair = createECDH(curve)
    try {
      pair.setPrivateKey(scalar)
      return pair
    } catch {
      scalar = createHash('sha256').update(scalar).digest()
    }
  }
  throw new RangeError('agreementKey: no key from this seed')
}

export const agreementKey = (seed: Uint8Array): AgreementKey => {
  if (seed.length !== seedBytes) throw new RangeError('agreementKey: the seed has 32 bytes')
  const pair = keyPair(seed)
  return {
    keyShare: new Uint8Array(pair.getPublicKey()),
    agree: (peerShare) => {
      try {
        return new Uint8Array(pair.computeSecret(peerShare))
      } catch {
        return undefined
      }
    },
  }
}
