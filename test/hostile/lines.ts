// Ways to a node's ports that take any bytes: MQTT over TLS, and over WebSocket frames whole, coalesced,
// fragmented or forbidden. TLS sessions are kept, so that a storm is not one of handshakes.
import { once } from 'node:events'
import { connect, type TLSSocket } from 'node:tls'
import { WebSocket } from 'ws'
import type { Door, Stranger } from '../e2e/bare-client.js'
import { bytesOf, oneOf, type Below } from './seed.js'

export interface Line {
  send(bytes: Uint8Array): void
  /** Goes without a word. */
  end(): void
  /** Bytes as they come, and undefined once it is closed. */
  hear(listener: (bytes: Buffer | undefined) => void): void
}

export type Way = 'tls' | 'wss'

/** TLS sessions by terminal and port. */
export class Tickets {
  readonly #sessions = new Map<string, Buffer>()

  async dial(door: Door, way: Way, { sn, keyPem, enrolled }: Stranger): Promise<TLSSocket> {
    const kept = `${way} ${sn}`
    const session = this.#sessions.get(kept)
    const { mqtts, wss } = door.node.ports
    const socket = connect({
      host: '127.0.0.1',
      servername: 'localhost',
      port: way === 'tls' ? mqtts : wss,
      key: keyPem,
      cert: enrolled.certificatePem + enrolled.chainPem,
      ca: enrolled.chainPem,
      ...(session === undefined ? {} : { session }),
    })
    socket.on('session', (ticket) => this.#sessions.set(kept, ticket))
    socket.on('error', () => undefined)
    socket.setNoDelay(true)
    await once(socket, 'secureConnect')
    return socket
  }
}

export class TlsLine implements Line {
  readonly #socket: TLSSocket

  constructor(socket: TLSSocket) {
    this.#socket = socket
  }

  send(bytes: Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(bytes)
  }

  end(): void {
    this.#socket.end()
  }

  hear(listener: (bytes: Buffer | undefined) => void): void {
    this.#socket.on('data', listener)
    this.#socket.once('close', () => listener(undefined))
    if (this.#socket.destroyed) listener(undefined)
  }
}

/** RFC 6455 §5.2 by hand: what no client library would send. */
const forbiddenFrames: readonly string[] = [
  '820401020304', // not masked
  'c28400000000ffffffff', // a reserved bit
  '838400000000ffffffff', // a reserved opcode
  '09fe007e00000000', // a ping in fragments, and too long
  '82ff8000000000000000', // a length with its highest bit set
  '828000000000808000000000', // continues what never began
]

export class WssLine implements Line {
  readonly #socket: TLSSocket
  readonly #webSocket: WebSocket

  private constructor(socket: TLSSocket, webSocket: WebSocket) {
    this.#socket = socket
    this.#webSocket = webSocket
    webSocket.on('error', () => undefined)
  }

  static async over(socket: TLSSocket): Promise<WssLine> {
    const webSocket = new WebSocket('wss://localhost/mqtt', 'mqtt', {
      createConnection: () => socket,
      perMessageDeflate: false,
    })
    const line = new WssLine(socket, webSocket)
    await once(webSocket, 'open')
    return line
  }

  send(bytes: Uint8Array): void {
    this.#webSocket.send(bytes, () => undefined)
  }

  /** One message in so many frames. */
  sendFragments(bytes: Uint8Array, count: number): void {
    const size = Math.ceil(bytes.length / count)
    for (let index = 0; index < count; index += 1) {
      const fin = index === count - 1
      this.#webSocket.send(
        bytes.subarray(index * size, (index + 1) * size),
        { fin },
        () => undefined,
      )
    }
  }

  /** What must end the connection, and all that is said behind it. */
  sendForbidden(below: Below): string {
    const kinds = ['text', 'too large', 'too many fragments', 'no frame'] as const
    const kind = oneOf(kinds, below)
    if (kind === 'text') this.#webSocket.send('text', () => undefined)
    else if (kind === 'too large') this.send(Buffer.alloc(128 * 1_024 + 1))
    else if (kind === 'too many fragments') this.sendFragments(bytesOf(600, below), 300)
    else if (this.#socket.writable) {
      this.#socket.write(Buffer.from(oneOf(forbiddenFrames, below), 'hex'))
    }
    return kind
  }

  end(): void {
    this.#webSocket.close()
  }

  hear(listener: (bytes: Buffer | undefined) => void): void {
    this.#webSocket.on('message', (bytes: Buffer) => listener(bytes))
    this.#webSocket.once('close', () => listener(undefined))
    if (this.#webSocket.readyState === WebSocket.CLOSED) listener(undefined)
  }
}
