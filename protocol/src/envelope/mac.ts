// The session MAC: HMAC-SHA-256 under a key that Hello and Welcome agreed, with a counter. It proves
// the session and nothing beyond it; evidence is always a signature. README.md §6.
import { ascii, concat, u64be, writeU64be } from '../bytes.js'
import { hkdf32 } from '../crypto/hkdf.js'
import type { Primitives } from '../crypto/primitives.js'
import { wireLimits } from '../limits.js'
import { encodeEnvelope, type MacAuth } from './envelope.js'

const macLabel = ascii('tillgate/1/mac\0')
const sessionLabel = ascii('tillgate/1/session\0')

type Macs = Pick<Primitives, 'hmacSha256' | 'equal'>

const idOrThrow = (bytes: Uint8Array, length: number, name: string): Uint8Array => {
  if (bytes.length !== length) throw new RangeError(`${name}: must have ${String(length)} bytes`)
  return bytes
}

/** label || sessionId (16) || counter (8, big-endian) || body */
export const macBytes = (sessionId: Uint8Array, counter: number, body: Uint8Array): Uint8Array =>
  concat(macLabel, idOrThrow(sessionId, wireLimits.idBytes, 'sessionId'), u64be(counter), body)

/** Filled anew for each short body, as most are; what is authenticated is no secret. */
const shortBytes = new Uint8Array(1_024)
shortBytes.set(macLabel)
const counterAt = macLabel.length + wireLimits.idBytes
const bodyAt = counterAt + 8

/** As `macBytes`, until the next call. */
const macBytesNow = (sessionId: Uint8Array, counter: number, body: Uint8Array): Uint8Array => {
  const length = bodyAt + body.length
  if (length > shortBytes.length) return macBytes(sessionId, counter, body)
  shortBytes.set(idOrThrow(sessionId, wireLimits.idBytes, 'sessionId'), macLabel.length)
  writeU64be(shortBytes, counterAt, counter)
  shortBytes.set(body, bodyAt)
  return shortBytes.subarray(0, length)
}

/** The whole envelope. */
export const macBody = (
  p: Macs,
  key: Uint8Array,
  sessionId: Uint8Array,
  counter: number,
  body: Uint8Array,
): Uint8Array => {
  idOrThrow(key, wireLimits.sessionKeyBytes, 'session key')
  const tag = p.hmacSha256(key, macBytesNow(sessionId, counter, body))
  return encodeEnvelope({ body, auth: { kind: 'mac', sessionId, counter, tag } })
}

/** The counter is the caller's to judge: it must rise within the session. */
export const verifyMac = (p: Macs, key: Uint8Array, body: Uint8Array, auth: MacAuth): boolean =>
  p.equal(auth.tag, p.hmacSha256(key, macBytesNow(auth.sessionId, auth.counter, body)))

export interface SessionKeyParts {
  /** The shared x-coordinate, 32 bytes. */
  readonly agreed: Uint8Array
  readonly sn: string
  readonly sessionNonce: Uint8Array
  readonly sessionId: Uint8Array
  /** SHA-256 of the Hello's body. */
  readonly helloHash: Uint8Array
}

/** HKDF-SHA-256: salt is the session nonce, info is label || sessionId || helloHash || sn. */
export const sessionKey = (p: Pick<Primitives, 'hmacSha256'>, parts: SessionKeyParts): Uint8Array =>
  hkdf32(p, {
    salt: idOrThrow(parts.sessionNonce, wireLimits.idBytes, 'sessionNonce'),
    ikm: idOrThrow(parts.agreed, wireLimits.sessionKeyBytes, 'agreed'),
    info: concat(
      sessionLabel,
      idOrThrow(parts.sessionId, wireLimits.idBytes, 'sessionId'),
      idOrThrow(parts.helloHash, wireLimits.hashBytes, 'helloHash'),
      ascii(parts.sn),
    ),
  })
