// What the identity key in force signs in a RenewRequest, so that the old key vouches for the new.
import { ascii, concat } from '../bytes.js'
import type { Primitives } from '../crypto/primitives.js'

const renewLabel = ascii('tillgate/1/renew\0')

/** label || SHA-256(csr) */
export const renewalBytes = (p: Pick<Primitives, 'sha256'>, csr: Uint8Array): Uint8Array =>
  concat(renewLabel, p.sha256(csr))
