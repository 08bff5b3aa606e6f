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

/** What TLS is shown, as a PEM of the sealed bytes: nobody needs the key parsed on the way there. */
const pemOf = (pkcs8: Uint8Array): string => {
  const lines =
    Buffer.from(pkcs8)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n')
}

/** A terminal connects again and again with the same certificate: its key is unsealed once. */
const shown = new WeakMap<Certificate, TlsIdentity>()

export const nodeCrypto: TerminalCrypto = {
  primitives: nodePrimitives,
  openIdentity: (flash, identity) => importPrivateKey(pkcs8Of(flash, identity), identity.alg),
  makeIdentity: (flash, sn, alg) => {
    const key = generatePrivateKey(alg)
    const sealedKey = seal(nodePrimitives, sealKeyOf(flash), context, exportPrivateKey(key))
    return { identity: { sn, alg, spki: key.spki, sealedKey }, csr: makeCsr(key, sn) }
  },
  tlsIdentity: (flash, identity, certificate) => {
    const known = shown.get(certificate)
    if (known !== undefined) return known
    const key = pemOf(pkcs8Of(flash, identity))
    const { serverCa } = flash.cells.enrolment ?? {}
    const made = { key, ...certificate, ...(serverCa === undefined ? {} : { serverCa }) }
    shown.set(certificate, made)
    return made
  },
}
