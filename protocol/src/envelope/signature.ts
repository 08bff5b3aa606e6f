// Signatures over bodies: one over the root of a Merkle tree of bodies, an inclusion proof in each
// envelope. A single body is a tree of one leaf. README.md §4.
import { concat, equalBytes, u32be } from '../bytes.js'
import {
  algorithmNumbers,
  kidOf,
  type AlgorithmName,
  type Primitives,
  type PrivateKeyHandle,
  type PublicKeyHandle,
} from '../crypto/primitives.js'
import { wireLimits } from '../limits.js'
import { encodeEnvelope, type SignatureAuth } from './envelope.js'
import { merkleTree, rootFromProof } from './merkle.js'
import { purposeLabels, type Purpose } from './purpose.js'

export interface SignedParts {
  readonly purpose: Purpose
  readonly alg: AlgorithmName
  readonly kid: Uint8Array
  readonly treeSize: number
  readonly root: Uint8Array
}

/** label || alg (1) || kid (8) || treeSize (4, big-endian) || root (32) */
export const signedBytes = ({ purpose, alg, kid, treeSize, root }: SignedParts): Uint8Array => {
  if (kid.length !== wireLimits.kidBytes) throw new RangeError('signedBytes: a kid has 8 bytes')
  if (root.length !== wireLimits.hashBytes) throw new RangeError('signedBytes: a root has 32 bytes')
  return concat(
    purposeLabels[purpose],
    Uint8Array.of(algorithmNumbers[alg]),
    kid,
    u32be(treeSize),
    root,
  )
}

/** Whole envelopes, in the order of the bodies, under one signature. */
export const signBodies = (
  p: Primitives,
  key: PrivateKeyHandle,
  purpose: Purpose,
  bodies: readonly Uint8Array[],
): readonly Uint8Array[] => {
  const { root, proofs } = merkleTree(p, bodies)
  const treeSize = bodies.length
  const kid = kidOf(p, key.spki)
  const signature = p.sign(key, signedBytes({ purpose, alg: key.alg, kid, treeSize, root }))
  return bodies.map((body, i) => {
    const proof = proofs[i]
    if (proof === undefined) throw new Error('signBodies: a body without a proof')
    return encodeEnvelope({
      body,
      auth: { kind: 'signature', alg: key.alg, kid, treeSize, ...proof, signature },
    })
  })
}

export const signBody = (
  p: Primitives,
  key: PrivateKeyHandle,
  purpose: Purpose,
  body: Uint8Array,
): Uint8Array => {
  const [envelope] = signBodies(p, key, purpose, [body])
  if (envelope === undefined) throw new Error('signBody: no envelope')
  return envelope
}

/** True only for this very key, this purpose and this body. */
export const verifySignature = (
  p: Primitives,
  publicKey: PublicKeyHandle,
  purpose: Purpose,
  body: Uint8Array,
  auth: SignatureAuth,
): boolean => {
  const { alg, kid, treeSize, signature } = auth
  if (alg !== publicKey.alg || !equalBytes(kid, kidOf(p, publicKey.spki))) return false
  const root = rootFromProof(p, body, auth)
  if (root === undefined) return false
  return p.verify(publicKey, signedBytes({ purpose, alg, kid, treeSize, root }), signature)
}
