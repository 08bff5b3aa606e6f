/**
 * What this node shows as its own: a certificate that our CA issues, or one from files that the operator
 * gives. Asked again it looks again: what ends soon is issued anew, files are read again. What the files
 * hold is taken only when it can be shown; until then the one before stays, and that is said.
 */
import { readFile, stat } from 'node:fs/promises'
import type { X509Certificate } from 'node:crypto'
import type { Log } from '../core/ports/log.js'
import type { Clock, EpochMs } from '../core/ports/system.js'
import type { CertificateAuthority } from './certificate-authority.js'
import {
  lookAtGiven,
  type GivenCertificate,
  type LookedAt,
  type Wanted,
} from './given-certificate.js'
import { validityOf, type ServerNames } from './issue-certificate.js'
import { pkiLimits } from './limits.js'
import { PkiRefused } from './refused.js'
import { ensureServerTls, type ServerTls } from './server-certificate.js'
import type { Vault } from './vault.js'

export interface ServerFiles {
  readonly certFile: string
  readonly keyFile: string
}

export interface ServerIdentityConfig {
  /** Of a certificate that our CA issues. */
  readonly names: ServerNames
  /** In the place of that one. */
  readonly given?: ServerFiles & Omit<Wanted, 'roots'>
  /** CAs that terminals are told to trust for servers, beside ours; PEM, one certificate each. */
  readonly roots: readonly string[]
  readonly vendorCas: readonly string[]
}

export interface ServerState {
  /** Undefined until it was asked for. */
  readonly endsAtMs: EpochMs | undefined
  /** False: the files hold another one, which can't be shown. */
  readonly current: boolean
  /** What is not well, in words for whoever asks; no path, no secret. */
  readonly reason: string | undefined
}

export interface ServerIdentity {
  /** Looks again. Rejects only where there is nothing to show at all. */
  tls(): Promise<ServerTls>
  /** The CA at the end of the chain that was shown last. */
  root(): X509Certificate
  state(): ServerState
}

interface Machine {
  readonly vault: Vault
  readonly clock: Clock
  readonly ca: CertificateAuthority
  readonly log: Log
}

const readBounded = async (file: string): Promise<string | undefined> => {
  try {
    const { size } = await stat(file)
    return size > pkiLimits.serverFileBytesMax ? undefined : await readFile(file, 'utf8')
  } catch {
    return undefined
  }
}

type Read = GivenCertificate | Extract<LookedAt, { readonly ok: false }>

const readGiven = async ({ certFile, keyFile }: ServerFiles): Promise<Read> => {
  const [cert, key] = await Promise.all([readBounded(certFile), readBounded(keyFile)])
  const rule = 'must be a file that can be read, and not too large'
  if (cert === undefined) return { ok: false, about: 'certificate', rule }
  if (key === undefined) return { ok: false, about: 'key', rule }
  return { cert, key }
}

/** What the files hold now, and what is to be said of it. */
export const lookAtFiles = async (
  files: ServerFiles,
  wanted: Wanted,
  nowMs: EpochMs,
): Promise<{ readonly given?: GivenCertificate; readonly looked: LookedAt }> => {
  const read = await readGiven(files)
  if ('ok' in read) return { looked: read }
  return { given: read, looked: lookAtGiven(read, wanted, nowMs) }
}

const endingReason = (endsAtMs: EpochMs, nowMs: EpochMs): string | undefined => {
  const leftMs = endsAtMs - nowMs
  if (leftMs >= pkiLimits.serverEndsSoonMs) return undefined
  const at = new Date(endsAtMs).toISOString()
  return leftMs <= 0 ? `ended at ${at}` : `ends at ${at}`
}

const issuedIdentity = (
  { names, vendorCas }: ServerIdentityConfig,
  { vault, clock, ca }: Machine,
): ServerIdentity => {
  let shown: ServerTls | undefined
  return {
    tls: async () => (shown = await ensureServerTls(names, vendorCas, { vault, clock, ca })),
    root: () => ca.certificate,
    state: () => {
      const endsAtMs = shown?.notAfterMs
      const reason = endsAtMs === undefined ? undefined : endingReason(endsAtMs, clock.now())
      return { endsAtMs, current: true, reason }
    },
  }
}

class GivenIdentity implements ServerIdentity {
  readonly #given: NonNullable<ServerIdentityConfig['given']>
  readonly #config: ServerIdentityConfig
  readonly #machine: Machine
  #shown: { readonly tls: ServerTls; readonly root: X509Certificate } | undefined
  #fault: string | undefined

  constructor(
    given: NonNullable<ServerIdentityConfig['given']>,
    config: ServerIdentityConfig,
    machine: Machine,
  ) {
    this.#given = given
    this.#config = config
    this.#machine = machine
  }

  async tls(): Promise<ServerTls> {
    const { clock } = this.#machine
    const wanted = { ...this.#given, roots: this.#config.roots }
    const { given, looked } = await lookAtFiles(this.#given, wanted, clock.now())
    if (looked.ok && given !== undefined) this.#take(given, looked)
    else if (!looked.ok) this.#leave(looked)
    return this.#inForce().tls
  }

  root(): X509Certificate {
    return this.#inForce().root
  }

  state(): ServerState {
    const endsAtMs = this.#inForce().tls.notAfterMs
    const ending = endingReason(endsAtMs, this.#machine.clock.now())
    const spoiled = this.#fault && `what the files hold can not be shown (${this.#fault})`
    const reasons = [spoiled, ending].filter((reason) => reason !== undefined)
    const reason = reasons.length === 0 ? undefined : reasons.join(', ')
    return { endsAtMs, current: this.#fault === undefined, reason }
  }

  #inForce() {
    if (this.#shown === undefined) throw new Error('the server certificate was not looked at')
    return this.#shown
  }

  #take({ key, cert }: GivenCertificate, looked: Extract<LookedAt, { readonly ok: true }>): void {
    this.#fault = undefined
    const before = this.#shown?.tls
    if (before?.cert === cert && before.key === key) return
    const { leaf, root, unnamed } = looked
    const { ca, log } = this.#machine
    const clientCas = [ca.pem, ...this.#config.vendorCas]
    const { notAfterMs } = validityOf(leaf)
    this.#shown = { tls: { key, cert, clientCas, notAfterMs }, root }
    const about = { file: this.#given.certFile, ends: leaf.validTo, issuer: leaf.issuer }
    if (before !== undefined) log.info('the server certificate was read anew', about)
    if (unnamed.length > 0) {
      log.warn('the server certificate does not name all public hosts', { ...about, unnamed })
    }
  }

  /** What can't be shown is said once for each fault that it has. */
  #leave({ about, rule }: Extract<LookedAt, { readonly ok: false }>): void {
    const { certFile, keyFile } = this.#given
    const file = about === 'key' ? keyFile : certFile
    if (this.#shown === undefined) {
      throw new PkiRefused('SERVER_CERTIFICATE_UNFIT', `${file} ${rule}.`)
    }
    const fault = `${about}: ${rule}`
    if (fault === this.#fault) return
    this.#fault = fault
    this.#machine.log.error(
      'the server certificate in the files can not be shown, the one before stays',
      {
        file,
        rule,
        ends: new Date(this.#shown.tls.notAfterMs).toISOString(),
      },
    )
  }
}

/** Throws PkiRefused where the files hold nothing that can be shown. */
export const openServerIdentity = async (
  config: ServerIdentityConfig,
  machine: Machine,
): Promise<ServerIdentity> => {
  if (config.given === undefined) return issuedIdentity(config, machine)
  const identity = new GivenIdentity(config.given, config, machine)
  await identity.tls()
  return identity
}
