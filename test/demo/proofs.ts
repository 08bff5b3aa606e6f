/**
 * Is a proof valid? Checked here from the bytes that the API gives, with nothing but Tillgate's CA: the
 * certificate's chain, the signature over the body, and what the body says.
 */
import { X509Certificate } from 'node:crypto'

import {
  parseEnvelope,
  parseUplink,
  uuidToText,
  verifySignature,
  type Proof,
} from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'

export interface ProofOfApi {
  readonly envelope: string
  readonly partial: boolean
  readonly certificate: { readonly pem: string } | null
}

const publicKeyOf = (pem: string, caPem: string) => {
  const certificate = new X509Certificate(pem)
  const ca = new X509Certificate(caPem)
  if (!certificate.checkIssued(ca) || !certificate.verify(ca.publicKey)) return undefined
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' })
  return nodePrimitives.importPublicKey(new Uint8Array(spki), 'ES256')
}

/** What the proof says, if it is this terminal's, over this command, and signed by its key. */
export const validProof = (
  proof: ProofOfApi,
  expected: { readonly sn: string; readonly commandId: string; readonly caPem: string },
): Proof | undefined => {
  const key =
    proof.certificate === null ? undefined : publicKeyOf(proof.certificate.pem, expected.caPem)
  const envelope = parseEnvelope(new Uint8Array(Buffer.from(proof.envelope, 'base64')))
  if (key === undefined || !envelope.ok || envelope.value.auth?.kind !== 'signature')
    return undefined
  const { body, auth } = envelope.value
  if (!verifySignature(nodePrimitives, key, 'device', body, auth)) return undefined
  const uplink = parseUplink(body)
  if (!uplink.ok || uplink.value.sn !== expected.sn) return undefined
  const { message, commandId } = uplink.value
  const names = commandId !== undefined && uuidToText(commandId) === expected.commandId
  return names && message.kind === 'proof' ? message : undefined
}
