// The Merkle tree over bodies, in the shape of RFC 6962: leaf SHA-256(00 || body), node
// SHA-256(01 || left || right), the left subtree of n leaves holding the largest power of two
// below n. A lone leaf is its own root. README.md §4.
import type { Primitives } from '../crypto/primitives.js'
import { wireLimits } from '../limits.js'

type Hashing = Pick<Primitives, 'sha256'>

export interface InclusionProof {
  readonly treeSize: number
  readonly index: number
  /** Sibling hashes from leaf to root, concatenated. */
  readonly path: Uint8Array
}

export interface MerkleTree {
  readonly root: Uint8Array
  /** In the order of the bodies. */
  readonly proofs: readonly { readonly index: number; readonly path: Uint8Array }[]
}

const hashBytes = wireLimits.hashBytes

/** Filled anew for each leaf that fits, as most bodies do. The mark of a leaf is 0. */
const leafBytes = new Uint8Array(1_024)

export const leafHash = (p: Hashing, body: Uint8Array): Uint8Array => {
  const length = 1 + body.length
  const leaf = length <= leafBytes.length ? leafBytes.subarray(0, length) : new Uint8Array(length)
  leaf.set(body, 1)
  return p.sha256(leaf)
}

/** Filled anew for each node: a wave of commands has as many nodes as commands. */
const nodeBytes = new Uint8Array(1 + 2 * hashBytes)
nodeBytes[0] = 1

export const nodeHash = (p: Hashing, left: Uint8Array, right: Uint8Array): Uint8Array => {
  nodeBytes.set(left, 1)
  nodeBytes.set(right, 1 + hashBytes)
  return p.sha256(nodeBytes)
}

/** The levels from the leaves up; an odd last node moves up as it is, which gives RFC 6962's tree. */
const levelsOf = (
  p: Hashing,
  leaves: readonly Uint8Array[],
): readonly (readonly Uint8Array[])[] => {
  const levels = [leaves]
  for (let below = leaves; below.length > 1;) {
    const level: Uint8Array[] = []
    for (let i = 0; i < below.length; i += 2) {
      const [left, right] = [below[i], below[i + 1]]
      if (left !== undefined) level.push(right === undefined ? left : nodeHash(p, left, right))
    }
    levels.push(level)
    below = level
  }
  return levels
}

/** The siblings on the way up. A node that moved up as it is has none on its level. */
const pathOf = (levels: readonly (readonly Uint8Array[])[], index: number): Uint8Array => {
  const path = new Uint8Array((levels.length - 1) * hashBytes)
  let length = 0
  let place = index
  for (const level of levels) {
    const sibling = level[place ^ 1]
    if (sibling !== undefined) {
      path.set(sibling, length)
      length += hashBytes
    }
    place >>= 1
  }
  return length === path.length ? path : path.slice(0, length)
}

export const merkleTree = (p: Hashing, bodies: readonly Uint8Array[]): MerkleTree => {
  if (bodies.length < 1 || bodies.length > wireLimits.treeSizeMax) {
    throw new RangeError('merkleTree: from 1 to 2^20 bodies')
  }
  const levels = levelsOf(
    p,
    bodies.map((body) => leafHash(p, body)),
  )
  const proofs = bodies.map((_, index) => ({ index, path: pathOf(levels, index) }))
  const root = levels.at(-1)?.[0]
  if (root === undefined) throw new Error('merkleTree: a tree without a root')
  return { root, proofs }
}

/**
 * The root that this proof leads to; undefined for a proof that no tree of that size has: index
 * not below size, deeper than 20, too short, or bytes left over (RFC 9162 section 2.1.3.2).
 */
export const rootFromProof = (
  p: Hashing,
  body: Uint8Array,
  { treeSize, index, path }: InclusionProof,
): Uint8Array | undefined => {
  if (!Number.isInteger(treeSize) || treeSize < 1 || treeSize > wireLimits.treeSizeMax)
    return undefined
  if (!Number.isInteger(index) || index < 0 || index >= treeSize) return undefined
  let hash = leafHash(p, body)
  let at = 0
  // Position of this node and of the last one, level by level.
  for (let node = index, last = treeSize - 1; last > 0; node >>= 1, last >>= 1) {
    if (node === last && node % 2 === 0) continue // no sibling: it moved up as it is
    const sibling = path.subarray(at, at + hashBytes)
    if (sibling.length !== hashBytes) return undefined
    at += hashBytes
    hash = node % 2 === 1 ? nodeHash(p, sibling, hash) : nodeHash(p, hash, sibling)
  }
  return at === path.length ? hash : undefined
}
