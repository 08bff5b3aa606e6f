/**
 * Renewal of the certificate, over the session: a new key is made, its CSR goes up signed by both
 * keys, and the certificate that comes back for it takes over with a reboot. The former one is kept
 * until a Welcome has come under the new, and put back where none comes. It waits until no proof is
 * open, so that a proof is verified under the certificate that was in force.
 */
import { renewalBytes, type RenewCertificate } from '@tillgate/protocol'
import type { FlashChange, Identity } from '../../flash/contents.js'
import type { FlashImage } from '../../flash/image.js'
import type { Turn } from '../turn.js'
import { aboutNothing } from '../uplink/compose.js'
import { isProofOpen } from '../uplink/evidence.js'
import { send } from '../uplink/outbox.js'

/** A certificate carries its subject's public key, byte for byte. */
const holds = (certificate: Uint8Array, spki: Uint8Array): boolean => {
  const at = (start: number): boolean => spki.every((byte, i) => certificate[start + i] === byte)
  for (let start = 0; start + spki.length <= certificate.length; start++) if (at(start)) return true
  return false
}

const lineLength = 64

const toPem = (der: Uint8Array): string => {
  const lines = Buffer.from(der)
    .toString('base64')
    .match(new RegExp(`.{1,${String(lineLength)}}`, 'g'))
  return ['-----BEGIN CERTIFICATE-----', ...(lines ?? []), '-----END CERTIFICATE-----', ''].join(
    '\n',
  )
}

/** DER certificates lie one after another, each with its own length in front. */
const splitDer = (bytes: Uint8Array): readonly Uint8Array[] => {
  const parts: Uint8Array[] = []
  for (let at = 0; at + 4 <= bytes.length;) {
    const [tag, long, high = 0, low = 0] = bytes.subarray(at, at + 4)
    if (tag !== 0x30 || long !== 0x82) return parts
    const end = at + 4 + high * 256 + low
    parts.push(bytes.subarray(at, end))
    at = end
  }
  return parts
}

const install = (turn: Turn, certificate: Uint8Array, chain: Uint8Array | undefined): void => {
  const { nextIdentity, identity, certificate: current } = turn.flash.cells
  if (nextIdentity === undefined || !holds(certificate, nextIdentity.spki)) return
  if (identity === undefined || current === undefined) return
  const { sn, alg, spki, sealedKey } = nextIdentity
  const issuers = chain === undefined ? current.chain : splitDer(chain).map(toPem).join('')
  turn.write([
    { cell: 'identity', value: { sn, alg, spki, sealedKey } },
    { cell: 'certificate', value: { certificate: toPem(certificate), chain: issuers } },
    { cell: 'formerIdentity', value: { identity, certificate: current } },
    { cell: 'nextIdentity', value: undefined },
  ])
  turn.show('证书已更新')
  turn.reboot()
}

const sendRequest = (turn: Turn, csr: Uint8Array): void => {
  const { identity } = turn.state
  if (identity === undefined) return
  const { primitives } = turn.world
  const proofOfOldKey = primitives.sign(identity, renewalBytes(primitives, csr))
  send(turn, { kind: 'renewRequest', csr, proofOfOldKey }, aboutNothing)
}

export const onRenewCertificate = (turn: Turn, message: RenewCertificate): void => {
  if (isProofOpen(turn.flash) || turn.state.preparation !== undefined) return
  if (message.certificate !== undefined) return install(turn, message.certificate, message.chain)
  const { nextIdentity } = turn.flash.cells
  if (nextIdentity === undefined) turn.makeKey()
  else sendRequest(turn, nextIdentity.csr)
}

export const onKeyMade = (turn: Turn, identity: Identity, csr: Uint8Array): void => {
  turn.write([{ cell: 'nextIdentity', value: { ...identity, csr } }])
  sendRequest(turn, csr)
}

/** The new certificate has been welcomed. */
export const forgetFormer = (flash: FlashImage): readonly FlashChange[] =>
  flash.cells.formerIdentity === undefined ? [] : [{ cell: 'formerIdentity', value: undefined }]

const triesMax = 4

/** Under the new certificate nobody lets it in: back to the former one. True where it did so. */
export const fallBack = (turn: Turn): boolean => {
  const { formerIdentity } = turn.flash.cells
  if (formerIdentity === undefined || turn.state.session.failedConnects < triesMax) return false
  turn.write([
    { cell: 'identity', value: formerIdentity.identity },
    { cell: 'certificate', value: formerIdentity.certificate },
    { cell: 'formerIdentity', value: undefined },
  ])
  turn.reboot()
  return true
}
