/**
 * The terminals' port: TLS, length-prefixed messages, one answer after the other per connection.
 * Terminals show no certificate here; what proves one is the MAC. Never decides anything: it cuts,
 * parses, asks the switch, and writes. An answer that cannot be made durable closes the connection.
 */
import { createServer } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import type { Socket } from 'node:net'
import type { Timers, TimerHandle } from '../system/system.js'
import type { Faults } from './faults.js'
import { createFramer, frameOf } from './frame.js'
import { encodeResponse } from './iso-answers.js'
import { parseRequest, requestMti } from './iso-fields.js'
import { hostLimits } from './limits.js'
import { listen } from './listening.js'
import type { ListeningPort } from './listening.js'
import type { HostResponse } from './messages.js'
import { pause } from './pause.js'
import type { Switch } from './switch.js'

export interface TerminalPortOptions {
  readonly theSwitch: Switch
  readonly timers: Timers
  readonly faults: Faults
  readonly certificatePem: string
  readonly keyPem: string
  readonly bindAddress: string
  readonly port: number
  readonly connectionsMax?: number
  readonly idleMs?: number
  readonly messageMs?: number
}

const unreadable = (trace: number, field: string): HostResponse => ({
  ok: true,
  trace,
  hostTimeMs: 0,
  responseCode: '30',
  detail: `field ${field}`,
  hostTotals: undefined,
})

/** Undefined: say nothing and cut. */
const answerTo = async (
  message: Uint8Array,
  options: TerminalPortOptions,
): Promise<Uint8Array | undefined> => {
  const { theSwitch, faults } = options
  if (faults.plan.isUnavailable) return undefined
  const parsed = parseRequest(message)
  if (!parsed.ok) return encodeResponse(parsed.mti, unreadable(parsed.trace, parsed.field))
  const { request } = parsed
  const mti = requestMti[request.kind]
  const refusal = faults.takeRefusal()
  if (refusal !== undefined) {
    return encodeResponse(mti, theSwitch.refuseUnread(request, refusal))
  }
  try {
    const response = await theSwitch.handle(request)
    return faults.takeLoss() ? undefined : encodeResponse(mti, response)
  } catch {
    // The file failed or is closing: the effect may or may not last, so nothing is said.
    return undefined
  }
}

class TerminalConnection {
  readonly #socket: TLSSocket
  readonly #options: TerminalPortOptions
  readonly #framer = createFramer(hostLimits.messageBytesMax)
  readonly #waiting: Uint8Array[] = []
  #isAnswering = false
  #deadline: TimerHandle | undefined

  constructor(socket: TLSSocket, options: TerminalPortOptions) {
    this.#socket = socket
    this.#options = options
    socket.setNoDelay(true)
    socket.on('data', (piece) => this.#take(piece))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.#deadline?.cancel())
    this.#setDeadline()
  }

  /** Within a message the time runs from its first byte, however slowly the rest drips. */
  #setDeadline(): void {
    this.#deadline?.cancel()
    const { timers, idleMs, messageMs } = this.#options
    const ms = this.#framer.isInside()
      ? (messageMs ?? hostLimits.messageMsMax)
      : (idleMs ?? hostLimits.idleMsMax)
    this.#deadline = timers.after(ms, () => {
      if (!this.#isAnswering) this.#socket.destroy()
    })
  }

  #take(piece: Uint8Array): void {
    const wasInside = this.#framer.isInside()
    const messages = this.#framer.push(piece)
    if (messages === undefined) {
      this.#socket.destroy()
      return
    }
    if (messages.length > 0 || !wasInside) this.#setDeadline()
    this.#waiting.push(...messages)
    if (this.#waiting.length >= hostLimits.requestsPerConnectionMax) this.#socket.pause()
    if (!this.#isAnswering && this.#waiting.length > 0) void this.#answerAll()
  }

  async #answerAll(): Promise<void> {
    this.#isAnswering = true
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const answer = await answerTo(next, this.#options)
      await pause(this.#options.timers, this.#options.faults.delayMs())
      if (answer === undefined || this.#socket.destroyed) {
        this.#socket.destroy()
        return
      }
      await this.#write(frameOf(answer))
      if (this.#waiting.length < hostLimits.requestsPerConnectionMax) this.#socket.resume()
    }
    this.#isAnswering = false
    this.#setDeadline()
  }

  /** A terminal that does not read gets no further answers made for it. */
  #write(frame: Uint8Array): Promise<void> {
    if (this.#socket.write(frame)) return Promise.resolve()
    const deadline = this.#options.timers.after(hostLimits.messageMsMax, () => {
      this.#socket.destroy()
    })
    return new Promise((resolve) => {
      const done = (): void => {
        deadline.cancel()
        this.#socket.off('drain', done)
        this.#socket.off('close', done)
        resolve()
      }
      this.#socket.on('drain', done)
      this.#socket.on('close', done)
    })
  }
}

export const openTerminalPort = (options: TerminalPortOptions): Promise<ListeningPort> => {
  const server = createServer({
    key: options.keyPem,
    cert: options.certificatePem,
    minVersion: 'TLSv1.2',
    handshakeTimeout: hostLimits.handshakeMsMax,
  })
  server.maxConnections = options.connectionsMax ?? hostLimits.terminalConnectionsMax
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    if (options.faults.plan.isUnavailable) {
      socket.destroy()
      return
    }
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  server.on('secureConnection', (socket) => new TerminalConnection(socket, options))
  return listen(server, sockets, options)
}
