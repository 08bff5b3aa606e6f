// HKDF-SHA-256 (RFC 5869) for an output of one hash, which is all this wire needs.
import { concat } from '../bytes.js'
import type { Primitives } from './primitives.js'

export const hkdf32 = (
  primitives: Pick<Primitives, 'hmacSha256'>,
  {
    salt,
    ikm,
    info,
  }: { readonly salt: Uint8Array; readonly ikm: Uint8Array; readonly info: Uint8Array },
): Uint8Array => {
  const extracted = primitives.hmacSha256(salt, ikm)
  return primitives.hmacSha256(extracted, concat(info, Uint8Array.of(1)))
}
