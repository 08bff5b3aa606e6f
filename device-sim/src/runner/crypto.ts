/**
 * The secure processor's part that the pure machine cannot have: key handles out of sealed bytes, new
 * identity keys. Real over node:crypto; simulation brings its own.
 */
import { toHex } from '@tillgate/protocol'
import type {
  AlgorithmName,
  Primitives,
  PrivateKeyHandle,
  PublicKeyHandle,
} from '@tillgate/protocol'
import {
  exportPrivateKey,
  generatePrivateKey,
  importPrivateKey,
  nodePrimitives,
} from '@tillgate/protocol/node'
import { createPrivateKey } from 'node:crypto'
import { makeCsr } from '../enrol/csr.js'
import type { Certificate, Identity } from '../flash/contents.js'
import type { FlashImage } from '../flash/image.js'
import { seal, unseal } from '../terminal/keys/seal.js'
import { sealKeyOf } from '../terminal/keys/slots.js'
import type { TlsIdentity } from '../transport/transport.js'

export interface TerminalCrypto {
  readonly primitives: Primitives
  /** Opens the sealed identity key; undefined where the bytes are none. */
  readonly openIdentity: (flash: FlashImage, identity: Identity) => PrivateKeyHandle | undefined
  readonly makeIdentity: (
    flash: FlashImage,
    sn: string,
    alg: AlgorithmName,
  ) => { readonly identity: Identity; readonly csr: Uint8Array }
  readonly tlsIdentity: (
    flash: FlashImage,
    identity: Identity,
    certificate: Certificate,
  ) => TlsIdentity
}

/** For a fleet: the same few signers are imported once a process, not once a terminal. */
export const withSharedKeys = (crypto: TerminalCrypto): TerminalCrypto => {
  const known = new Map<string, PublicKeyHandle | undefined>()
  const importPublicKey: Primitives['importPublicKey'] = (spki, alg) => {
    const name = `${alg} ${toHex(spki)}`
    if (!known.has(name)) known.set(name, crypto.primitives.importPublicKey(spki, alg))
    return known.get(name)
  }
  return { ...crypto, primitives: { ...crypto.primitives, importPublicKey } }
}

const context = 'identity'

const pkcs8Of = (flash: FlashImage, identity: Identity): Uint8Array =>
  unseal(nodePrimitives, sealKeyOf(flash), context, identity.sealedKey)

export const nodeCrypto: TerminalCrypto = {
  primitives: nodePrimitives,
  openIdentity: (flash, identity) => importPrivateKey(pkcs8Of(flash, identity), identity.alg),
  makeIdentity: (flash, sn, alg) => {
    const key = generatePrivateKey(alg)
    const sealedKey = seal(nodePrimitives, sealKeyOf(flash), context, exportPrivateKey(key))
    return { identity: { sn, alg, spki: key.spki, sealedKey }, csr: makeCsr(key, sn) }
  },
  tlsIdentity: (flash, identity, { certificate, chain }) => {
    const der = Buffer.from(pkcs8Of(flash, identity))
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    return { key: key.export({ format: 'pem', type: 'pkcs8' }).toString(), certificate, chain }
  },
}
