/**
 * A certificate request (PKCS #10, RFC 2986) with nothing in it but the serial number as common name
 * and the key. Written as DER by hand: a fleet makes thousands of them, and no library is as quick.
 */
import type { PrivateKeyHandle } from '@tillgate/protocol'
import { keyObjectOf } from '@tillgate/protocol/node'
import { sign } from 'node:crypto'

const tagged = (tag: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const content = Buffer.concat(parts)
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const digits = length.subarray(length.findIndex((byte) => byte !== 0))
  return Buffer.concat([Buffer.from([tag, 0x80 | digits.length]), digits, content])
}

const sequence = (...parts: readonly Uint8Array[]): Uint8Array => tagged(0x30, ...parts)
const oid = (hex: string): Uint8Array => tagged(0x06, Buffer.from(hex, 'hex'))

const commonName = oid('550403')
/** ecdsa-with-SHA256; sha256WithRSAEncryption with its NULL. */
const ecdsa = sequence(oid('2a8648ce3d040302'))
const rsa = sequence(oid('2a864886f70d01010b'), tagged(0x05))

const subjectOf = (sn: string): Uint8Array =>
  sequence(tagged(0x31, sequence(commonName, tagged(0x0c, Buffer.from(sn, 'utf8')))))

/** DER. Ed25519 keys get no certificate here. */
export const makeCsr = (key: PrivateKeyHandle, sn: string): Uint8Array => {
  if (key.alg === 'ED25519') throw new RangeError('makeCsr: EC or RSA keys only')
  const version = tagged(0x02, Buffer.from([0]))
  const noAttributes = tagged(0xa0)
  const info = sequence(version, subjectOf(sn), key.spki, noAttributes)
  const signature = sign('sha256', info, keyObjectOf(key))
  const algorithm = key.alg === 'ES256' ? ecdsa : rsa
  const bits = tagged(0x03, Buffer.from([0]), signature)
  return new Uint8Array(sequence(info, algorithm, bits))
}

const lineLength = 64

export const csrToPem = (der: Uint8Array): string => {
  const text = Buffer.from(der).toString('base64')
  const lines = text.match(new RegExp(`.{1,${String(lineLength)}}`, 'g')) ?? []
  const label = 'CERTIFICATE REQUEST'
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
