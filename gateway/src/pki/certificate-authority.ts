/**
 * The CA of the terminals and of the listener: made at the first start, or given. Its key lies sealed
 * in the vault and is in memory only as a handle that signs. It issues what enrolment, renewal and the
 * server certificate ask for; it must never sign anything whose key did not sign first.
 */
import { createPrivateKey, generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto'
import type { Clock, Entropy } from '../core/ports/system.js'
import type { VaultRow } from '../core/records/tables.js'
import type { CheckedCertificate } from '../core/terminals/certificates.js'
import { checkedCertificate } from './checked-certificate.js'
import {
  issueCertificate,
  newIssuer,
  openIssuer,
  validityOf,
  type ServerNames,
} from './issue-certificate.js'
import { pkiLimits } from './limits.js'
import { certificatePem } from './pem.js'
import { readGivenFile, readPrivateKey } from './private-key-file.js'
import { PkiRefused } from './refused.js'
import type { Vault } from './vault.js'

export type CaKeyKind = 'EC-P256' | 'RSA-3072'

export interface CaConfig {
  /** Of a CA made here; EC-P256 where left out. */
  readonly keyKind?: CaKeyKind
  /** PEM files of a CA that is given instead. */
  readonly given?: { readonly certificateFile: string; readonly keyFile: string }
}

export interface CertificateAuthority {
  readonly der: Uint8Array
  readonly pem: string
  readonly certificate: X509Certificate
  issueTerminal(order: {
    readonly sn: string
    readonly spki: Uint8Array
    readonly nowMs: number
    readonly lifeMs: number
  }): Promise<CheckedCertificate>
  issueServer(order: {
    readonly spki: Uint8Array
    readonly names: ServerNames
    readonly nowMs: number
    readonly commonName?: string
    readonly lifeMs?: number
  }): Promise<Uint8Array>
}

interface Machine {
  readonly vault: Vault
  readonly clock: Clock
  readonly entropy: Entropy
}

const { serverLifeMs } = pkiLimits
const name = 'ca/1'
const rsaBits = 3072
const commonNameBytes = 4

const generate = (kind: CaKeyKind): KeyObject =>
  kind === 'RSA-3072'
    ? generateKeyPairSync('rsa', { modulusLength: rsaBits }).privateKey
    : generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey

const pkcs8Of = (key: KeyObject): Uint8Array =>
  new Uint8Array(key.export({ type: 'pkcs8', format: 'der' }))

const make = async (kind: CaKeyKind, { clock, entropy }: Machine) => {
  const key = generate(kind)
  // A name of its own per installation, so that two of them in one trust store are told apart.
  const suffix = Buffer.from(entropy.bytes(commonNameBytes)).toString('hex')
  const issuer = await newIssuer(`Tillgate CA ${suffix}`, key)
  const notBeforeMs = clock.now() - pkiLimits.backdateMs
  const certificate = await issueCertificate(
    issuer,
    {
      spki: issuer.spki,
      notBeforeMs,
      notAfterMs: notBeforeMs + pkiLimits.caLifeMs,
      for: { profile: 'ca' },
    },
    entropy,
  )
  return { certificate, key }
}

const given = ({ certificateFile, keyFile }: { certificateFile: string; keyFile: string }) => {
  const key = readPrivateKey(keyFile)
  const pem = readGivenFile(certificateFile)
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(pem)
  } catch (cause) {
    throw new PkiRefused('GIVEN_KEY_UNFIT', `${certificateFile} is not a certificate.`, { cause })
  }
  if (!certificate.ca || !certificate.checkPrivateKey(key)) {
    throw new PkiRefused(
      'GIVEN_KEY_UNFIT',
      `${certificateFile} must be a CA certificate, and ${keyFile} its private key.`,
    )
  }
  return { certificate: new Uint8Array(certificate.raw), key }
}

const ensureRow = async (config: CaConfig, machine: Machine): Promise<VaultRow> => {
  const [row] = await machine.vault.live('ca')
  if (row !== undefined) return row
  const { certificate, key } =
    config.given === undefined
      ? await make(config.keyKind ?? 'EC-P256', machine)
      : given(config.given)
  return machine.vault.keep({ name, kind: 'ca', publicPart: certificate, secret: pkcs8Of(key) })
}

const checkGiven = (config: CaConfig, certificate: X509Certificate): void => {
  if (config.given === undefined) return
  const wanted = new X509Certificate(given(config.given).certificate)
  if (wanted.fingerprint256 === certificate.fingerprint256) return
  throw new PkiRefused(
    'GIVEN_KEY_DIFFERS',
    'The configuration gives another CA than the one in the vault. Terminals trust the one in the ' +
      'vault; start without the given CA, or with fresh records.',
  )
}

export const ensureCertificateAuthority = async (
  config: CaConfig,
  machine: Machine,
): Promise<CertificateAuthority> => {
  const row = await ensureRow(config, machine)
  const der = machine.vault.publicPart(row)
  const certificate = new X509Certificate(der)
  checkGiven(config, certificate)
  const pkcs8 = Buffer.from(machine.vault.reveal(row))
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const issuer = await openIssuer(der, key)
  const endMs = validityOf(certificate).notAfterMs
  const { entropy } = machine
  return {
    der,
    pem: certificatePem(der),
    certificate,
    issueTerminal: async ({ sn, spki, nowMs, lifeMs }) => {
      const notBeforeMs = nowMs - pkiLimits.backdateMs
      const notAfterMs = Math.min(nowMs + lifeMs, endMs)
      const order = { commonName: sn, spki, notBeforeMs, notAfterMs } as const
      const issued = await issueCertificate(
        issuer,
        { ...order, for: { profile: 'terminal' } },
        entropy,
      )
      return checkedCertificate(new X509Certificate(issued), 'tillgate')
    },
    issueServer: ({ spki, names, nowMs, commonName = 'tillgate', lifeMs = serverLifeMs }) =>
      issueCertificate(
        issuer,
        {
          commonName,
          spki,
          notBeforeMs: nowMs - pkiLimits.backdateMs,
          notAfterMs: Math.min(nowMs + lifeMs, endMs),
          for: { profile: 'server', ...names },
        },
        entropy,
      ),
  }
}
