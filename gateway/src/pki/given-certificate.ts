/**
 * A server certificate that an operator gives as PEM texts: whether it can be shown, and the root that
 * whoever connects has to trust for it. A pure look: it reads no file and remembers nothing. What is
 * wrong is said as a rule, without a word of the texts themselves.
 */
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { isIP } from 'node:net'
import { createSecureContext } from 'node:tls'
import type { EpochMs } from '../core/ports/system.js'
import { validityOf } from './issue-certificate.js'
import { pkiLimits } from './limits.js'

export interface GivenCertificate {
  /** PEM: the server's own certificate first, its issuers behind it, up to the root or not. */
  readonly cert: string
  /** PEM, not encrypted. */
  readonly key: string
}

export interface Wanted {
  /** What this node is called; of these the certificate must name the first, or any one. */
  readonly hosts: readonly string[]
  readonly mustName: 'first' | 'any'
  /** Roots beside those in the certificate's own file, PEM, one certificate each. */
  readonly roots: readonly string[]
}

export type LookedAt =
  | {
      readonly ok: true
      readonly leaf: X509Certificate
      /** The self-signed CA at the end of its chain. */
      readonly root: X509Certificate
      /** Of the wanted hosts, those that it does not name. */
      readonly unnamed: readonly string[]
    }
  | { readonly ok: false; readonly about: 'certificate' | 'key'; readonly rule: string }

const refuse = (about: 'certificate' | 'key', rule: string): LookedAt => ({
  ok: false,
  about,
  rule,
})

const serverAuth = '1.3.6.1.5.5.7.3.1'
const anyUsage = '2.5.29.37.0'

/** Every certificate of a bundle; undefined where one of them is none. */
export const certificatesOf = (pem: string): readonly X509Certificate[] | undefined => {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  try {
    return blocks.map((block) => new X509Certificate(block))
  } catch {
    return undefined
  }
}

const keyIn = (pem: string): KeyObject | undefined => {
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}

export const names = (certificate: X509Certificate, host: string): boolean =>
  (isIP(host) === 0
    ? certificate.checkHost(host, { subject: 'never' })
    : certificate.checkIP(host)) !== undefined

const issued = (by: X509Certificate, one: X509Certificate): boolean =>
  by.ca && one.checkIssued(by) && one.verify(by.publicKey)

const lasts = (certificate: X509Certificate, nowMs: EpochMs): boolean => {
  const { notBeforeMs, notAfterMs } = validityOf(certificate)
  return notBeforeMs <= nowMs && nowMs < notAfterMs
}

/** The root above this one: by the shortest way there is, over certificates in their validity. */
const rootAbove = (
  one: X509Certificate,
  pool: readonly X509Certificate[],
  nowMs: EpochMs,
): X509Certificate | undefined => {
  let level = [one]
  for (let depth = 0; depth < pkiLimits.serverChainDepthMax; depth++) {
    const above = pool.filter((by) => lasts(by, nowMs) && level.some((below) => issued(by, below)))
    const root = above.find((by) => issued(by, by))
    if (root !== undefined) return root
    level = above
  }
  return undefined
}

/** The rule of its own that a leaf breaks; undefined where it is a server's and in its validity. */
const brokenRule = (leaf: X509Certificate, nowMs: EpochMs): string | undefined => {
  const { notBeforeMs, notAfterMs } = validityOf(leaf)
  if (nowMs >= notAfterMs) return `must not have ended: it did on ${leaf.validTo}`
  if (nowMs < notBeforeMs) return `must have begun: it does on ${leaf.validFrom}`
  if (leaf.ca) return "must begin with a server's own certificate, and begins with a CA's"
  // `keyUsage` is what Node calls the extended key usage.
  const usages = leaf.keyUsage as readonly string[] | undefined
  if (usages === undefined || usages.includes(serverAuth) || usages.includes(anyUsage)) {
    return undefined
  }
  return 'must be a server certificate: its extended key usage leaves server authentication out'
}

const isTakenByTls = ({ cert, key }: GivenCertificate): boolean => {
  try {
    createSecureContext({ cert, key, minVersion: 'TLSv1.2' })
    return true
  } catch {
    return false
  }
}

export const lookAtGiven = (given: GivenCertificate, wanted: Wanted, nowMs: EpochMs): LookedAt => {
  const [leaf, ...issuers] = certificatesOf(given.cert) ?? []
  if (leaf === undefined) return refuse('certificate', 'must hold certificates in PEM')
  const key = keyIn(given.key)
  if (key === undefined) return refuse('key', 'must hold an unencrypted private key in PEM')
  if (!leaf.checkPrivateKey(key)) {
    return refuse('key', "must hold the private key of the chain's first certificate")
  }
  const broken = brokenRule(leaf, nowMs)
  if (broken !== undefined) return refuse('certificate', broken)
  const unnamed = wanted.hosts.filter((host) => !names(leaf, host))
  const [first = ''] = wanted.hosts
  if (wanted.mustName === 'first' && unnamed.includes(first)) {
    return refuse('certificate', `must name ${first}: terminals are told to connect there`)
  }
  if (unnamed.length === wanted.hosts.length) {
    return refuse('certificate', `must name one of ${wanted.hosts.join(', ')}`)
  }
  const pool = [...wanted.roots.flatMap((pem) => certificatesOf(pem) ?? []), ...issuers]
  const root = rootAbove(leaf, pool, nowMs)
  if (root === undefined) {
    return refuse('certificate', 'must lead to a root CA that is in the file or named beside it')
  }
  return isTakenByTls(given)
    ? { ok: true, leaf, root, unnamed }
    : refuse('certificate', 'must be one that TLS takes: look at the strength of its keys')
}
