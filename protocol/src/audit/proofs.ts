// Proofs over the tree of the ledger (RFC 6962 section 2.1, RFC 9162 section 2.1): what anybody checks
// with nothing but a root that he trusts. Leaf SHA-256(00 || entry), node SHA-256(01 || left || right).
// Sizes and indexes are whole numbers below 2^53: no bit operations, which end at 2^32.
import { equalBytes } from '../bytes.js'
import type { Primitives } from '../crypto/primitives.js'
import { nodeHash } from '../envelope/merkle.js'
import { wireLimits } from '../limits.js'

type Hashing = Pick<Primitives, 'sha256'>

/** No tree of fewer than 2^53 leaves has a longer path; a consistency proof may have one hash more. */
const pathHashesMax = 54

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0
const isOdd = (value: number): boolean => value % 2 === 1
const half = (value: number): number => Math.floor(value / 2)

const areHashes = (path: readonly Uint8Array[]): boolean =>
  path.length <= pathHashesMax && path.every(({ length }) => length === wireLimits.hashBytes)

export interface EntryProof {
  /** From 0. */
  readonly index: number
  readonly size: number
  /** From the leaf's sibling up. */
  readonly path: readonly Uint8Array[]
}

/** The root that an inclusion proof leads to; undefined where no tree of that size has such a proof. */
export const rootFromEntry = (
  p: Hashing,
  leaf: Uint8Array,
  { index, size, path }: EntryProof,
): Uint8Array | undefined => {
  if (!isCount(size) || !isCount(index) || index >= size || !areHashes(path)) return undefined
  if (leaf.length !== wireLimits.hashBytes) return undefined
  let [node, last] = [index, size - 1]
  let hash = leaf
  for (const sibling of path) {
    if (last === 0) return undefined
    if (isOdd(node) || node === last) {
      hash = nodeHash(p, sibling, hash)
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)]
    } else {
      hash = nodeHash(p, hash, sibling)
    }
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 ? hash : undefined
}

/** Whether the entry of this leaf hash stands at that place under that root. */
export const provesEntry = (
  p: Hashing,
  leaf: Uint8Array,
  proof: EntryProof,
  root: Uint8Array,
): boolean => {
  const found = rootFromEntry(p, leaf, proof)
  return found !== undefined && equalBytes(found, root)
}

export interface TreeHead {
  readonly size: number
  readonly root: Uint8Array
}

/** Both roots again, from a proof between two different sizes (RFC 9162 section 2.1.4.2). */
const rootsFromGrowth = (
  p: Hashing,
  from: TreeHead,
  to: TreeHead,
  path: readonly Uint8Array[],
): readonly [Uint8Array, Uint8Array] | undefined => {
  let [node, last] = [from.size - 1, to.size - 1]
  while (isOdd(node)) [node, last] = [half(node), half(last)]
  const isWhole = node === 0
  const [first, ...rest] = isWhole ? [from.root, ...path] : path
  if (first === undefined) return undefined
  let [before, after] = [first, first]
  for (const sibling of rest) {
    if (last === 0) return undefined
    if (isOdd(node) || node === last) {
      before = nodeHash(p, sibling, before)
      after = nodeHash(p, sibling, after)
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)]
    } else {
      after = nodeHash(p, after, sibling)
    }
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 ? [before, after] : undefined
}

/** Whether the larger tree begins with the whole of the smaller one. */
export const provesGrowth = (
  p: Hashing,
  from: TreeHead,
  to: TreeHead,
  path: readonly Uint8Array[],
): boolean => {
  if (!isCount(from.size) || !isCount(to.size) || from.size > to.size || !areHashes(path))
    return false
  if (from.size === to.size) return path.length === 0 && equalBytes(from.root, to.root)
  // Every tree begins with the empty one.
  if (from.size === 0) return path.length === 0
  const roots = rootsFromGrowth(p, from, to, path)
  return roots !== undefined && equalBytes(roots[0], from.root) && equalBytes(roots[1], to.root)
}
