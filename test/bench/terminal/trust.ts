/**
 * What goes down is signed, and every terminal checks it. Here all terminals of the process share one
 * memory of the signatures that held: the inclusion proof is checked for every envelope, the signature
 * over a batch's root once per process. Nothing else of the checks is shared or left out.
 */
import {
  algorithmNumbers,
  commandTypeNumbers,
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

import { readLeanCommand, type LeanCommand, type Span } from './lean-command.js'
import { rootText } from './lean-hash.js'

export interface Opened {
  readonly downlink: Downlink
  readonly body: Uint8Array
}

/** Roots that are remembered; a batch's envelopes come close together. */
const rootsKeptMax = 4_096

const idBytes = 16

interface Held {
  readonly purpose: string
  readonly alg: number
  /** The texts have one byte a character. */
  readonly kid: string
  readonly treeSize: number
  readonly root: string
  readonly signature: string
}

/** What was signed and how, as one text: two signatures have the same name only where they are the same. */
const nameOf = ({ purpose, alg, kid, treeSize, root, signature }: Held): string =>
  `${purpose} ${String(alg)} ${String(treeSize)} ${kid}${root}${signature}`

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

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

  /**
   * The same for a SelfTest whose batch has been verified before, at a quarter of the price. Undefined where
   * it is anything else: `open` says then what it is, or what is wrong with it.
   */
  openLean(payload: Buffer, sn: string): LeanCommand | undefined {
    const command = readLeanCommand(payload)
    if (command === undefined) return undefined
    const text = ({ at, end }: Span): string => payload.toString('latin1', at, end)
    const { type, version, seq, commandId } = command
    const isSelfTest = type === commandTypeNumbers.SelfTest && version === 1 && seq >= 1
    const isOurs = commandId.end - commandId.at === idBytes && text(command.sn) === sn
    if (!isSelfTest || !isOurs) return undefined
    const root = rootText(payload, command)
    if (root === undefined) return undefined
    const { alg, treeSize } = command
    const kid = text(command.kid)
    const signature = text(command.signature)
    const name = nameOf({ purpose: 'ordinary', alg, kid, treeSize, root, signature })
    return this.#held.has(name) ? command : undefined
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
    const name = nameOf({
      purpose,
      alg: algorithmNumbers[alg],
      kid: latin1(kid),
      treeSize,
      root: latin1(root),
      signature: latin1(signature),
    })
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
