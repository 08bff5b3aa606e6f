/**
 * Opens the PKI of a node: makes what a first start needs, or reads it, and hands out what the rest of
 * the node works with. Private keys leave only as opaque handles, and the server's as the PEM that
 * node:tls wants. Timers are the node's: it asks `serverTlsDueMs` and `ticketKeyDueMs` when.
 */
import type { Log } from '../core/ports/log.js'
import type { Records } from '../core/ports/records.js'
import type { Renewals } from '../core/ports/renewals.js'
import type { Verifier } from '../core/ports/signing.js'
import type { Clock, Entropy, Ids } from '../core/ports/system.js'
import type { CertificateRow } from '../core/records/tables.js'
import type { CaConfig, CertificateAuthority } from './certificate-authority.js'
import { createCertificates, type Certificates } from './certificates.js'
import type { SignerConfig, SignerKeys } from './command-signers.js'
import { createEnrolment, type Endpoint, type Enrolment } from './enrolment.js'
import { ensureFoundation } from './first-start.js'
import type { ServerNames } from './issue-certificate.js'
import { pkiLimits } from './limits.js'
import { certificatePem } from './pem.js'
import { createRenewals } from './renewal.js'
import type { Sealer } from './sealing.js'
import { serverTlsDueMs, type ServerTls } from './server-certificate.js'
import {
  openServerIdentity,
  type ServerIdentityConfig,
  type ServerState,
} from './server-identity.js'
import { ensureTicketKey, ticketDueMs } from './ticket-key.js'
import { createTrust } from './trust.js'
import { openVault } from './vault.js'

export interface PkiConfig {
  /** Where `offline-root.key` is made. */
  readonly dataFolder: string
  readonly server: ServerNames
  /** In the place of a server certificate that our CA issues. */
  readonly givenServer?: ServerIdentityConfig['given']
  /** CAs that terminals are told to trust for servers, beside ours; PEM, one certificate each. */
  readonly serverRoots?: readonly string[]
  /** Asked at each enrolment: the listener knows its port only once it listens. */
  readonly endpoint: () => Endpoint
  readonly ca?: CaConfig
  readonly signers?: SignerConfig
  /** A private key made elsewhere; read at the first start only. */
  readonly offlineRootFile?: string
  /** CAs of makers whose certificates may be registered, PEM. */
  readonly vendorCas?: readonly string[]
  readonly terminalLifeMs?: number
  /** Hour of the day, UTC, at which the TLS ticket key changes. */
  readonly quietHourUtc?: number
}

export interface PkiParts {
  readonly records: Records
  readonly sealer: Sealer
  readonly verifier: Verifier
  readonly clock: Clock
  readonly entropy: Entropy
  readonly ids: Ids
  readonly log: Log
}

export interface Pki {
  readonly ca: Pick<CertificateAuthority, 'der' | 'pem'>
  /** For the signer adapter. */
  readonly signerKeys: SignerKeys
  readonly signerList: { readonly version: number; readonly envelope: Uint8Array }
  readonly offlineRootSpki: Uint8Array
  /** The server's certificate in force; asked again, it is renewed or read anew where it is due. */
  serverTls(): Promise<ServerTls>
  serverTlsDueMs(tls: ServerTls): number
  serverState(): ServerState
  /** The root of what this node shows: whoever connects is to trust it, and tokens name it. PEM. */
  serverRootPem(): string
  /** Who issues certificates to terminals, and the makers that are trusted: PEM, one after another. */
  readonly terminalCas: string
  /** The key of today, made where there is none. */
  ticketKey(): Promise<Uint8Array>
  ticketKeyDueMs(): number
  /** For `mayConnect`: the CA behind a certificate is trusted still. */
  trusts(certificate: CertificateRow): boolean
  readonly enrolment: Enrolment
  readonly certificates: Certificates
  readonly renewals: Renewals
}

/** 03:00 in China. */
const quietHourUtcDefault = 19

export const openPki = async (config: PkiConfig, parts: PkiParts): Promise<Pki> => {
  const { records, sealer, verifier, clock, entropy, ids } = parts
  const vault = openVault(records, sealer, clock)
  const given = config.offlineRootFile
  const foundation = await ensureFoundation(
    {
      ca: config.ca ?? {},
      signers: config.signers ?? {},
      offlineRoot: {
        dataFolder: config.dataFolder,
        ...(given === undefined ? {} : { givenFile: given }),
      },
    },
    { ...parts, vault },
  )
  const { ca, offlineRootSpki, signerKeys, signerList } = foundation
  const trust = createTrust(ca.certificate, config.vendorCas ?? [])
  const terminalLifeMs = config.terminalLifeMs ?? pkiLimits.terminalLifeMs
  const quietHourUtc = config.quietHourUtc ?? quietHourUtcDefault
  const issuing = { records, ca, terminalLifeMs }
  const serverRoots = config.serverRoots ?? []
  const server = await openServerIdentity(
    {
      names: config.server,
      ...(config.givenServer === undefined ? {} : { given: config.givenServer }),
      roots: serverRoots,
      vendorCas: trust.vendorCas,
    },
    { ...parts, vault, ca },
  )
  const { endpoint } = config
  return {
    ca,
    signerKeys,
    signerList,
    offlineRootSpki,
    serverTls: () => server.tls(),
    serverTlsDueMs,
    serverState: () => server.state(),
    terminalCas: [ca.pem, ...trust.vendorCas].join('\n'),
    serverRootPem: () => certificatePem(server.root().raw),
    ticketKey: () => ensureTicketKey(quietHourUtc, { vault, clock, entropy }),
    ticketKeyDueMs: () => ticketDueMs(clock.now(), quietHourUtc),
    trusts: trust.trusts,
    enrolment: createEnrolment({
      ...issuing,
      signerList,
      offlineRootSpki,
      endpoint,
      serverRoot: () => server.root().raw,
      serverRoots,
      entropy,
      ids,
    }),
    certificates: createCertificates(records, trust),
    renewals: createRenewals({ ...issuing, verifier }),
  }
}
