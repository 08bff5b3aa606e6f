/**
 * The root over neighbouring hashes of one height, of which the last may stand for fewer leaves: pairs are
 * joined, an odd last one moves up as it is, which gives the tree of RFC 6962 section 2.1.
 */
import { nodeHash } from '@tillgate/protocol'

import type { Digest } from '../ports/signing.js'

export type Hashing = Pick<Digest, 'sha256'>

/** Of at least one hash. */
export const rootOf = (digest: Hashing, hashes: readonly Uint8Array[]): Uint8Array => {
  let level = hashes
  while (level.length > 1) {
    const above: Uint8Array[] = []
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at], level[at + 1]]
      if (left !== undefined) above.push(right === undefined ? left : nodeHash(digest, left, right))
    }
    level = above
  }
  const [root] = level
  if (root === undefined) throw new RangeError('a root over no hash')
  return root
}

/** Of the empty tree: the hash of nothing. */
export const emptyRoot = (digest: Hashing): Uint8Array => digest.sha256(new Uint8Array(0))

export const hashesIn = (bytes: Uint8Array, from: number, through: number): Uint8Array[] => {
  const hashes: Uint8Array[] = []
  for (let place = from; place < through; place++) {
    hashes.push(bytes.subarray(place * 32, place * 32 + 32))
  }
  return hashes
}
