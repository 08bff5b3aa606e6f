/**
 * A server certificate by our CA for something that stands beside Tillgate. It is good for server
 * authentication alone, and its common name holds an @, which no serial number has: it can be nobody's
 * terminal. What is issued is kept in the vault, without its key, and so in the ledger, before anybody
 * gets it.
 */
import { createHash } from 'node:crypto'
import type { Clock, Entropy } from '../core/ports/system.js'
import { ensureCertificateAuthority } from './certificate-authority.js'
import type { ServerNames } from './issue-certificate.js'
import { PkiRefused } from './refused.js'
import type { Vault } from './vault.js'

export interface OutsideOrder {
  readonly names: ServerNames
  readonly spki: Uint8Array
  readonly lifeMs: number
}

export interface IssuedOutside {
  readonly der: Uint8Array
  readonly caPem: string
}

const commonName = 'server@tillgate'
const nameHexLength = 32

/** Throws PkiRefused where these records have no CA: none is made here. */
export const issueOutside = async (
  { names, spki, lifeMs }: OutsideOrder,
  parts: { readonly vault: Vault; readonly clock: Clock; readonly entropy: Entropy },
): Promise<IssuedOutside> => {
  const { vault, clock } = parts
  const [row] = await vault.live('ca')
  if (row === undefined) {
    throw new PkiRefused('CONFIG', 'These records have no CA yet: start Tillgate once.')
  }
  const ca = await ensureCertificateAuthority({}, parts)
  const der = await ca.issueServer({ spki, names, nowMs: clock.now(), commonName, lifeMs })
  const sha256 = createHash('sha256').update(der).digest('hex')
  const name = `issued-server/${sha256.slice(0, nameHexLength)}`
  await vault.keep({ name, kind: 'issued-server', publicPart: der, secret: null })
  return { der, caPem: ca.pem }
}
