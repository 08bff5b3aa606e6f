// Self-signed certificates, written as DER by hand: the listener asks for possession of a key and for
// a fingerprint, so these few fields are all that its tests need.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

export interface TestCertificate {
  readonly key: string
  readonly cert: string
  readonly sha256: string
}

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  const { length } = body
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), body])
}

const SEQUENCE = 0x30
const SET = 0x31
const INTEGER = 0x02
const BIT_STRING = 0x03
const UTF8_STRING = 0x0c
const UTC_TIME = 0x17
const CONTEXT_0 = 0xa0

/** ecdsa-with-SHA256, 1.2.840.10045.4.3.2. */
const signatureAlgorithm = der(SEQUENCE, Buffer.from('06082a8648ce3d040302', 'hex'))
/** commonName, 2.5.4.3. */
const commonName = Buffer.from('0603550403', 'hex')

const nameOf = (cn: string): Buffer =>
  der(SEQUENCE, der(SET, der(SEQUENCE, commonName, der(UTF8_STRING, Buffer.from(cn)))))

const pem = (bytes: Buffer): string => {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

export const selfSigned = (cn: string): TestCertificate => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(8)])
  const [from, until] = ['200101000000Z', '491231235959Z'].map((t) => der(UTC_TIME, Buffer.from(t)))
  const body = der(
    SEQUENCE,
    der(CONTEXT_0, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, serial),
    signatureAlgorithm,
    nameOf(cn),
    der(SEQUENCE, from!, until!),
    nameOf(cn),
    publicKey.export({ format: 'der', type: 'spki' }),
  )
  const signature = sign('sha256', body, privateKey)
  const bits = der(BIT_STRING, Buffer.from([0]), signature)
  const certificate = der(SEQUENCE, body, signatureAlgorithm, bits)
  return {
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    cert: pem(certificate),
    sha256: createHash('sha256').update(certificate).digest('hex'),
  }
}
