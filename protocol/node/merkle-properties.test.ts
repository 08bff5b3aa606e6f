// Merkle proofs over trees of any size: each leads to the root, and none of them can be bent.
import { leafHash, merkleTree, rootFromProof, toHex } from '@tillgate/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nodePrimitives as p } from './index.js'

// The same cases at every run; fast-check prints the path of one that fails.
fc.configureGlobal({ seed: 20_260_101 })

const trees = fc.array(fc.uint8Array({ maxLength: 8 }), { minLength: 1, maxLength: 70 })
const treeAndIndex = trees.chain((bodies) =>
  fc.tuple(fc.constant(bodies), fc.nat({ max: bodies.length - 1 })),
)

const proofOf = (bodies: readonly Uint8Array[], index: number) => {
  const tree = merkleTree(p, bodies)
  return { root: toHex(tree.root), proof: { treeSize: bodies.length, ...tree.proofs[index]! } }
}

const rootHex = (body: Uint8Array, proof: Parameters<typeof rootFromProof>[2]): string => {
  const root = rootFromProof(p, body, proof)
  return root === undefined ? 'refused' : toHex(root)
}

test('every body of every tree has a way to the root, no longer than the tree is deep', () => {
  fc.assert(
    fc.property(treeAndIndex, ([bodies, index]) => {
      const { root, proof } = proofOf(bodies, index)
      expect(rootHex(bodies[index]!, proof)).toBe(root)
      expect(proof.path.length / 32).toBeLessThanOrEqual(Math.ceil(Math.log2(bodies.length)))
    }),
    { numRuns: 100 },
  )
})

test('a changed path, body or index leads elsewhere or nowhere', () => {
  const bend = fc.nat({ max: 10_000 })
  fc.assert(
    fc.property(treeAndIndex, bend, ([bodies, index], at) => {
      const { root, proof } = proofOf(bodies, index)
      const body = bodies[index]!
      if (proof.path.length > 0) {
        const path = proof.path.slice()
        path[at % path.length]! ^= 1 << (at % 8)
        expect(rootHex(body, { ...proof, path })).not.toBe(root)
        expect(rootHex(body, { ...proof, path: proof.path.slice(0, -1) })).toBe('refused')
        expect(rootHex(body, { ...proof, path: proof.path.slice(32) })).toBe('refused')
      }
      const longer = new Uint8Array(proof.path.length + 32)
      longer.set(proof.path)
      expect(rootHex(body, { ...proof, path: longer })).toBe('refused')
      expect(rootHex(Uint8Array.of(...body, 0), proof)).not.toBe(root)
      expect(rootHex(body, { ...proof, index: bodies.length })).toBe('refused')
    }),
    { numRuns: 100 },
  )
})

test('a node of the tree is never taken for a leaf', () => {
  const [left, right] = [Uint8Array.of(1), Uint8Array.of(2)]
  const { root } = merkleTree(p, [left, right])
  const asBody = Uint8Array.of(1, ...leafHash(p, left), ...leafHash(p, right))
  expect(rootHex(asBody, { treeSize: 1, index: 0, path: new Uint8Array(0) })).not.toBe(toHex(root))
})

test('a tree has at least one body', () => {
  expect(() => merkleTree(p, [])).toThrow(RangeError)
})
