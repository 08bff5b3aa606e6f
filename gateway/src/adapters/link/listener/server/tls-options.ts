/**
 * TLS as both ports speak it. The peer has to show a certificate and prove its key; chain, validity and
 * revocation are for the records, asked on every connection, because a resumed session proves a ticket
 * and no certificate is looked at again (measured on 1.2 and 1.3). So Node's own verdict is not asked.
 */
import { createHash, constants } from 'node:crypto'
import type { TLSSocket, TlsOptions } from 'node:tls'
import type { ListenerLimits } from '../limits.js'

export interface ServerCertificate {
  /** PEM. */
  readonly key: string | Buffer
  /** PEM, with its chain. */
  readonly cert: string | Buffer
  /** Named to the peer so that it picks the right certificate; never what lets it in. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[]
}

export type TlsVersion = 'TLSv1.2' | 'TLSv1.3'

export interface TlsSettings {
  readonly certificate: ServerCertificate
  readonly minVersion: TlsVersion
  readonly maxVersion: TlsVersion
  /** 48 bytes; random where left out. */
  readonly ticketKeys: Buffer | undefined
}

export const ticketKeysBytes = 48

/** The same wherever a session may be resumed: on every node, on both ports. */
const sessionIdContext = 'tillgate'

export const tlsOptions = (settings: TlsSettings, limits: ListenerLimits): TlsOptions => {
  const { certificate, minVersion, maxVersion, ticketKeys } = settings
  const { key, cert, ca } = certificate
  return {
    key,
    cert,
    ...(ca === undefined
      ? {}
      : { ca: typeof ca === 'string' || Buffer.isBuffer(ca) ? ca : [...ca] }),
    minVersion,
    maxVersion,
    requestCert: true,
    rejectUnauthorized: false,
    sessionIdContext,
    sessionTimeout: limits.ticketLifetimeSMax,
    ...(ticketKeys === undefined ? {} : { ticketKeys }),
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION | constants.SSL_OP_NO_COMPRESSION,
  }
}

/** SHA-256 of the certificate as DER; undefined where none was shown. */
export const certificateSha256 = (socket: TLSSocket): Uint8Array | undefined => {
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return undefined
  return new Uint8Array(createHash('sha256').update(certificate.raw).digest())
}
