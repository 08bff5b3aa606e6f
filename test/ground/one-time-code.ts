// What an authenticator app shows: TOTP (RFC 6238) over HMAC-SHA-1, six digits, steps of 30 s.
import { createHmac } from 'node:crypto'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648 §6, without padding. */
const fromBase32 = (text: string): Buffer => {
  const bits = [...text].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** The code of an otpauth:// URI at a moment, in ms. */
export const oneTimeCode = (otpauthUri: string, atMs: number): string => {
  const secret = fromBase32(new URL(otpauthUri).searchParams.get('secret') ?? '')
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)))
  const mac = createHmac('sha1', secret).update(counter).digest()
  // RFC 4226 §5.3: dynamic truncation.
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 0x0f) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}
