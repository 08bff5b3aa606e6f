/**
 * The certificate that the listener and the API show: by our own CA, for the names and addresses of
 * the configuration, of short life. It is made anew when its end is near or the names have changed;
 * nodes with the same names share one.
 */
import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import type { Clock } from '../core/ports/system.js'
import type { VaultRow } from '../core/records/tables.js'
import type { CertificateAuthority } from './certificate-authority.js'
import { validityOf, type ServerNames } from './issue-certificate.js'
import { pkiLimits } from './limits.js'
import { certificatePem } from './pem.js'
import type { Vault } from './vault.js'

/** As node:tls takes it. */
export interface ServerTls {
  /** PKCS #8 PEM. In memory only; never logged, never written. */
  readonly key: string
  /** The server's certificate and our CA behind it, PEM. */
  readonly cert: string
  /** The CAs whose client certificates may be shown: ours and the vendors'. PEM. */
  readonly clientCas: readonly string[]
  readonly notAfterMs: number
}

interface Machine {
  readonly vault: Vault
  readonly clock: Clock
  readonly ca: CertificateAuthority
}

const namesIn = (certificate: X509Certificate, prefix: string): readonly string[] =>
  (certificate.subjectAltName ?? '')
    .split(', ')
    .filter((entry) => entry.startsWith(prefix))
    .map((entry) => entry.slice(prefix.length))

const hasNames = (certificate: X509Certificate, { names, addresses }: ServerNames): boolean => {
  const dns = namesIn(certificate, 'DNS:')
  const ips = namesIn(certificate, 'IP Address:')
  return (
    dns.length === names.length &&
    ips.length === addresses.length &&
    names.every((name) => dns.includes(name)) &&
    addresses.every((address) => certificate.checkIP(address) !== undefined)
  )
}

const fits = (row: VaultRow, names: ServerNames, { vault, clock, ca }: Machine): boolean => {
  const certificate = new X509Certificate(vault.publicPart(row))
  return (
    hasNames(certificate, names) &&
    certificate.verify(ca.certificate.publicKey) &&
    clock.now() + pkiLimits.serverRenewBeforeMs < validityOf(certificate).notAfterMs
  )
}

const prefixOf = (names: ServerNames): string => {
  const text = JSON.stringify([[...names.names].sort(), [...names.addresses].sort()])
  return `server/${createHash('sha256').update(text).digest('hex').slice(0, 16)}/`
}

/** `seen`: what was there when none fitted; its number names the next, so of two nodes one stores. */
const make = async (
  names: ServerNames,
  seen: readonly VaultRow[],
  machine: Machine,
): Promise<VaultRow> => {
  const { vault, clock, ca } = machine
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
  const publicPart = await ca.issueServer({ spki, names, nowMs: clock.now() })
  const secret = new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }))
  const prefix = prefixOf(names)
  const before = seen.filter((row) => row.name.startsWith(prefix))
  return vault.keep({
    name: `${prefix}${String(before.length + 1)}`,
    kind: 'server',
    publicPart,
    secret,
    retires: before.filter((row) => row.retiredAtMs === null).map((row) => row.name),
  })
}

export const ensureServerTls = async (
  names: ServerNames,
  vendorCas: readonly string[],
  machine: Machine,
): Promise<ServerTls> => {
  const { vault, ca } = machine
  const seen = await vault.all('server')
  const row = seen.findLast((one) => one.retiredAtMs === null && fits(one, names, machine))
  const used = row ?? (await make(names, seen, machine))
  const der = vault.publicPart(used)
  const key = createPrivateKey({
    key: Buffer.from(vault.reveal(used)),
    format: 'der',
    type: 'pkcs8',
  })
  return {
    key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: certificatePem(der) + ca.pem,
    clientCas: [ca.pem, ...vendorCas],
    notAfterMs: validityOf(new X509Certificate(der)).notAfterMs,
  }
}

/** When it should be asked for again. */
export const serverTlsDueMs = (tls: ServerTls): number =>
  tls.notAfterMs - pkiLimits.serverRenewBeforeMs
