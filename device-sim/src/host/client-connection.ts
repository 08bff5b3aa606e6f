/**
 * One connection of a terminal to the host: at most one request in flight. Nothing is written before
 * the host's certificate was checked. Whatever comes unasked, or is no answer, ends it.
 */
import { connect } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import { createFramer, frameOf } from './frame.js'
import { parseResponse } from './iso-answers.js'
import { encodeRequest } from './iso-fields.js'
import { hostLimits } from './limits.js'
import type { HostRequest, HostResponse } from './messages.js'

export interface ConnectionOptions {
  readonly host: string
  readonly port: number
  readonly certificatePem: string
}

/** The last TLS session, for the next handshake. */
export interface TlsMemory {
  session: Buffer | undefined
}

interface Asked {
  readonly request: HostRequest
  readonly give: (response: HostResponse | undefined) => void
}

export class ClientConnection {
  readonly #socket: TLSSocket
  readonly #framer = createFramer(hostLimits.messageBytesMax)
  #asked: Asked | undefined
  #isSecure = false
  #isEnded = false

  constructor(options: ConnectionOptions, memory: TlsMemory, onEnd: () => void) {
    const { host, port, certificatePem } = options
    this.#socket = connect({
      host,
      port,
      ca: certificatePem,
      minVersion: 'TLSv1.2',
      ...(memory.session === undefined ? {} : { session: memory.session }),
    })
    this.#socket.setNoDelay(true)
    this.#socket.on('session', (session) => {
      memory.session = session
    })
    this.#socket.on('secureConnect', () => {
      this.#isSecure = true
      if (this.#asked !== undefined) this.#send(this.#asked.request)
    })
    this.#socket.on('data', (piece) => this.#take(piece))
    this.#socket.on('error', () => {
      // A session that the host no longer takes must not be offered for ever.
      if (!this.#isSecure) memory.session = undefined
      this.cut()
    })
    this.#socket.on('close', () => {
      this.#isEnded = true
      this.#give(undefined)
      onEnd()
    })
  }

  get isOpen(): boolean {
    return !this.#isEnded
  }

  /** Undefined: the connection ended first, and the outcome is unknown. */
  ask(request: HostRequest): Promise<HostResponse | undefined> {
    if (this.#asked !== undefined) throw new Error('host client: one request at a time')
    if (this.#isEnded) return Promise.resolve(undefined)
    return new Promise((give) => {
      this.#asked = { request, give }
      if (this.#isSecure) this.#send(request)
    })
  }

  cut(): void {
    this.#isEnded = true
    this.#socket.destroy()
  }

  #send(request: HostRequest): void {
    this.#socket.write(frameOf(encodeRequest(request)))
  }

  #take(piece: Uint8Array): void {
    const messages = this.#framer.push(piece)
    const [message, ...more] = messages ?? []
    if (messages !== undefined && message === undefined) return
    const response =
      message === undefined || more.length > 0 || this.#asked === undefined
        ? undefined
        : parseResponse(message, this.#asked.request)
    if (response === undefined) this.cut()
    else this.#give(response)
  }

  #give(response: HostResponse | undefined): void {
    const asked = this.#asked
    this.#asked = undefined
    asked?.give(response)
  }
}
