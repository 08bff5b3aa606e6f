/**
 * The text of an enrolment token: `tg1.<serial number>.<32 random bytes>.<SHA-256 of the CA certificate>`.
 * The random part is base64url, the hash lower-case hex, so that a shell can compare it:
 * `openssl x509 -in ca.pem -outform DER | sha256sum`. Only the SHA-256 over the whole text is kept.
 */
import { isSerialNumber } from '@tillgate/protocol'
import { createHash } from 'node:crypto'
import type { Entropy } from '../core/ports/system.js'
import { pkiLimits } from './limits.js'

const prefix = 'tg1'
// A serial number may hold dots, so the two parts behind it are told by their own forms.
const shape = /^tg1\.([A-Za-z0-9._-]{1,50})\.[A-Za-z0-9_-]{43}\.[0-9a-f]{64}$/

export const tokenText = (sn: string, caDer: Uint8Array, entropy: Entropy): string => {
  const random = Buffer.from(entropy.bytes(pkiLimits.enrolmentTokenBytes)).toString('base64url')
  return [prefix, sn, random, createHash('sha256').update(caDer).digest('hex')].join('.')
}

export const tokenHash = (text: string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(text).digest())

/** The serial number that a token is for; undefined where the text is no token. */
export const serialNumberOf = (text: string): string | undefined => {
  if (text.length > pkiLimits.tokenLengthMax) return undefined
  const sn = shape.exec(text)?.[1]
  return sn !== undefined && isSerialNumber(sn) ? sn : undefined
}
