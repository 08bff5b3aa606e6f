/**
 * A terminal's end of TLS, over all its connections: its identity is parsed once, its session ticket is
 * kept and offered again, its server is checked against the CA that came with enrolment and against
 * nothing else. One identity, one ticket: a renewed certificate must be shown, not resumed past.
 */
import { isIP } from 'node:net'
import {
  connect as tlsConnect,
  createSecureContext,
  type SecureContext,
  type TLSSocket,
} from 'node:tls'
import type { TlsIdentity } from './transport.js'

export interface TlsEndOptions {
  readonly host: string
  readonly port: number
  /** Instead of what came with enrolment. */
  readonly ca?: string
  /** Off: every connection is a full handshake. */
  readonly resume?: boolean
}

interface Kept {
  readonly certificate: string
  readonly context: SecureContext
  ticket: Buffer | undefined
}

export class TlsEnd {
  readonly #options: TlsEndOptions
  #kept: Kept | undefined
  #wasResumed = false

  constructor(options: TlsEndOptions) {
    this.#options = options
  }

  /** How the last connection was made. */
  lastWasResumed(): boolean {
    return this.#wasResumed
  }

  connect(identity: TlsIdentity): TLSSocket {
    const kept = this.#keptFor(identity)
    const { host, port } = this.#options
    const socket = tlsConnect({
      host,
      port,
      // RFC 6066 §3: a server name is never an address.
      ...(isIP(host) === 0 ? { servername: host } : {}),
      secureContext: kept.context,
      ...(kept.ticket === undefined ? {} : { session: kept.ticket }),
    })
    socket.setNoDelay(true)
    this.#watch(socket, kept)
    return socket
  }

  #keptFor({ key, certificate, chain, serverCa = chain }: TlsIdentity): Kept {
    if (this.#kept?.certificate === certificate) return this.#kept
    const context = createSecureContext({
      key,
      cert: certificate + chain,
      ca: this.#options.ca ?? serverCa,
      minVersion: 'TLSv1.2',
    })
    this.#kept = { certificate, context, ticket: undefined }
    return this.#kept
  }

  #watch(socket: TLSSocket, kept: Kept): void {
    let isReached = false
    let isSecure = false
    socket.once('connect', () => {
      isReached = true
    })
    socket.once('secureConnect', () => {
      isSecure = true
      this.#wasResumed = socket.isSessionReused()
    })
    if (this.#options.resume !== false) {
      socket.on('session', (ticket) => {
        kept.ticket = ticket
      })
    }
    socket.once('close', () => {
      // A server that is merely away keeps its ticket key; one that chokes on the ticket must not keep
      // the terminal out for ever.
      if (isReached && !isSecure) kept.ticket = undefined
    })
  }
}
