// The tree of RFC 6962 over the eight inputs that Certificate Transparency's own tests publish, with their
// roots, audit paths and consistency proofs; and every proof with any bit of it flipped.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../bytes.js'
import { leafHash, nodeHash } from '../envelope/merkle.js'
import { provesEntry, provesGrowth, rootFromEntry } from './proofs.js'

const p = {
  sha256: (data: Uint8Array) => new Uint8Array(createHash('sha256').update(data).digest()),
}

const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array(0)

const inputs = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map(bytes)

const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
].map(bytes)

const leftOf = (count: number): number => 2 ** Math.floor(Math.log2(count - 1))
const leaves = inputs.map((input) => leafHash(p, input))

/** As the RFC writes it down. */
const treeHash = (from: number, to: number): Uint8Array =>
  to - from === 1
    ? (leaves[from] as Uint8Array)
    : nodeHash(p, treeHash(from, from + leftOf(to - from)), treeHash(from + leftOf(to - from), to))

const auditPath = (index: number, from: number, to: number): Uint8Array[] => {
  if (to - from === 1) return []
  const middle = from + leftOf(to - from)
  return index < middle
    ? [...auditPath(index, from, middle), treeHash(middle, to)]
    : [...auditPath(index, middle, to), treeHash(from, middle)]
}

const growth = (older: number, from: number, to: number, isWhole: boolean): Uint8Array[] => {
  if (older === to) return isWhole ? [] : [treeHash(from, to)]
  const middle = from + leftOf(to - from)
  return older <= middle
    ? [...growth(older, from, middle, isWhole), treeHash(middle, to)]
    : [...growth(older, middle, to, false), treeHash(from, middle)]
}

const flipped = (hash: Uint8Array, bit: number): Uint8Array =>
  hash.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))

describe('the tree of the eight published inputs', () => {
  it('has the published roots', () => {
    for (const [at, root] of roots.entries()) {
      expect(toHex(treeHash(0, at + 1))).toBe(toHex(root))
    }
  })

  it('has the published audit path of the third leaf of five', () => {
    expect(auditPath(2, 0, 5).map(toHex)).toEqual([
      toHex(leaves[3] as Uint8Array),
      toHex(treeHash(0, 2)),
      toHex(leaves[4] as Uint8Array),
    ])
  })

  it('proves every leaf in every size, and none with a bit flipped, at another place or under another root', () => {
    for (let size = 1; size <= 8; size++) {
      const root = roots[size - 1] as Uint8Array
      for (let index = 0; index < size; index++) {
        const leaf = leaves[index] as Uint8Array
        const path = auditPath(index, 0, size)
        const proof = { index, size, path }
        expect(provesEntry(p, leaf, proof, root)).toBe(true)
        for (const at of path.keys()) {
          const wrong = path.map((hash, place) => (place === at ? flipped(hash, 37) : hash))
          expect(provesEntry(p, leaf, { ...proof, path: wrong }, root)).toBe(false)
        }
        expect(provesEntry(p, flipped(leaf, 200), proof, root)).toBe(false)
        expect(provesEntry(p, leaf, { ...proof, path: [...path, leaf] }, root)).toBe(false)
        expect(provesEntry(p, leaf, { ...proof, path: path.slice(1) }, root)).toBe(size === 1)
        expect(rootFromEntry(p, leaf, { ...proof, index: size })).toBeUndefined()
      }
    }
  })

  it('proves every growth, and none with a bit flipped or between other roots', () => {
    for (let from = 1; from <= 8; from++) {
      for (let to = from; to <= 8; to++) {
        const older = { size: from, root: roots[from - 1] as Uint8Array }
        const newer = { size: to, root: roots[to - 1] as Uint8Array }
        const path = growth(from, 0, to, true)
        expect(provesGrowth(p, older, newer, path)).toBe(true)
        for (const at of path.keys()) {
          const wrong = path.map((hash, place) => (place === at ? flipped(hash, 5) : hash))
          expect(provesGrowth(p, older, newer, wrong)).toBe(false)
        }
        const other = { ...older, root: flipped(older.root, 0) }
        expect(provesGrowth(p, other, newer, path)).toBe(false)
        expect(provesGrowth(p, newer, older, path)).toBe(from === to)
      }
    }
  })
})
