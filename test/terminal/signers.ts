// The gateway's keys, as a terminal meets them: one per purpose, listed by an offline root. Made once
// for a test file.
import {
  encodeDownlink,
  fleetSn,
  kidOf,
  signBody,
  signerPurposeNumbers,
  algorithmNumbers,
  type PrivateKeyHandle,
  type SignerPurpose,
} from '@tillgate/protocol'
import { generatePrivateKey, nodePrimitives } from '@tillgate/protocol/node'

export interface Signers {
  readonly root: PrivateKeyHandle
  readonly ordinary: PrivateKeyHandle
  readonly destructive: PrivateKeyHandle
  readonly receipt: PrivateKeyHandle
}

export const makeSigners = (): Signers => ({
  root: generatePrivateKey('ES256'),
  ordinary: generatePrivateKey('ES256'),
  destructive: generatePrivateKey('ES256'),
  receipt: generatePrivateKey('ES256'),
})

const purposes = ['ordinary', 'destructive', 'receipt'] as const satisfies readonly SignerPurpose[]

/** The envelope of a SignerList. */
export const signerListOf = (
  signers: Signers,
  listVersion: number,
  { notAfterMs = 4e12 }: { readonly notAfterMs?: number } = {},
): Uint8Array => {
  const body = encodeDownlink({
    sn: fleetSn,
    messageId: new Uint8Array(16).fill(listVersion),
    message: {
      kind: 'signerList',
      listVersion,
      issuedAtMs: 1,
      signers: purposes.map((purpose) => ({
        kid: kidOf(nodePrimitives, signers[purpose].spki),
        purpose: signerPurposeNumbers[purpose],
        alg: algorithmNumbers.ES256,
        publicKey: signers[purpose].spki,
        notBeforeMs: 1,
        notAfterMs,
      })),
    },
  })
  return signBody(nodePrimitives, signers.root, 'signers', body)
}
