/**
 * What goes down is signed, and every terminal checks it. Here all terminals of the process share one
 * memory of the signatures that held: the inclusion proof is checked for every envelope, the signature
 * over a batch's root once per process. Nothing else of the checks is shared or left out.
 */
import {
  openSignerList,
  parseDownlink,
  parseEnvelope,
  purposeOfDownlink,
  rootFromProof,
  signedBytes,
  toHex,
  type Downlink,
  type PublicKeyHandle,
  type Purpose,
  type SignatureAuth,
  type Signer,
} from '@tillgate/protocol'
import { signerPurposeNumbers } from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'

export interface Opened {
  readonly downlink: Downlink
  readonly body: Uint8Array
}

/** Roots that are remembered; a batch's envelopes come close together. */
const rootsKeptMax = 4_096

interface Listed {
  readonly purpose: number
  readonly key: PublicKeyHandle
}

export class Trust {
  readonly #signers = new Map<string, Listed>()
  readonly #held = new Set<string>()
  /** Signatures verified, each over another root. */
  rootsVerified = 0

  constructor(offlineRoot: Uint8Array, signerList: Uint8Array) {
    const root = nodePrimitives.importPublicKey(offlineRoot, 'ES256')
    if (root === undefined) throw new Error('the offline root is no key')
    const list = openSignerList(nodePrimitives, root, signerList)
    if (!list.ok) throw new Error(`the signer list: ${list.code}`)
    for (const signer of list.value.signers) this.#add(signer)
  }

  /** Throws where a terminal would raise an alarm: none of it may happen here. */
  open(payload: Uint8Array, sn: string): Opened {
    const envelope = parseEnvelope(payload)
    if (!envelope.ok) throw new Error(`${sn}: ${envelope.code} ${envelope.field}`)
    const { body, auth } = envelope.value
    const downlink = parseDownlink(body)
    if (!downlink.ok) throw new Error(`${sn}: ${downlink.code} ${downlink.field}`)
    if (downlink.value.sn !== sn) throw new Error(`${sn}: a downlink for ${downlink.value.sn}`)
    if (auth?.kind !== 'signature') throw new Error(`${sn}: a downlink that is not signed`)
    this.#check(purposeOfDownlink(downlink.value.message), body, auth)
    return { downlink: downlink.value, body }
  }

  #add({ kid, purpose, publicKey }: Signer): void {
    const key = nodePrimitives.importPublicKey(publicKey, 'ES256')
    if (key !== undefined) this.#signers.set(toHex(kid), { purpose, key })
  }

  #check(purpose: Purpose, body: Uint8Array, auth: SignatureAuth): void {
    const root = rootFromProof(nodePrimitives, body, auth)
    if (root === undefined) throw new Error('a proof that leads to no root')
    const { alg, kid, treeSize, signature } = auth
    const signed = signedBytes({ purpose, alg, kid, treeSize, root })
    const name = Buffer.concat([signed, signature]).toString('latin1')
    if (this.#held.has(name)) return
    const listed = this.#signers.get(toHex(kid))
    if (listed === undefined) throw new Error('a signer that is not listed')
    if (listed.purpose !== signerPurposeNumbers[purpose as keyof typeof signerPurposeNumbers]) {
      throw new Error(`a signer that may not sign ${purpose}`)
    }
    if (!nodePrimitives.verify(listed.key, signed, signature)) throw new Error('a bad signature')
    this.rootsVerified += 1
    if (this.#held.size >= rootsKeptMax) this.#held.clear()
    this.#held.add(name)
  }
}
