// A terminal without manners: a TLS socket that writes whatever bytes it is given, and reads packets
// with mqtt-packet's parser, which is somebody else's reading of the same protocol.
import { once } from 'node:events'
import { connect } from 'node:tls'
import type { Duplex } from 'node:stream'
import type { ConnectionOptions, TLSSocket } from 'node:tls'
import { generate, parser } from 'mqtt-packet'
import type { IConnectPacket, Packet } from 'mqtt-packet'
import { waitFor } from '../ground/index.js'
import type { Harness } from './harness.js'

export type Version = 4 | 5

export class RawClient<Socket extends Duplex = TLSSocket> {
  readonly socket: Socket
  readonly version: Version
  readonly packets: Packet[] = []
  isClosed = false
  /** For what is waited for; more where a storm goes on beside. */
  patienceMs = 10_000
  /** Hears each packet instead of `packets`. */
  onPacket: ((packet: Packet) => void) | undefined

  constructor(socket: Socket, version: Version) {
    this.socket = socket
    this.version = version
    const incoming = parser({ protocolVersion: version })
    incoming.on('packet', (packet) => {
      if (this.onPacket === undefined) this.packets.push(packet)
      else this.onPacket(packet)
    })
    incoming.on('error', (error: Error) => socket.destroy(error))
    socket.on('data', (chunk: Buffer) => incoming.parse(chunk))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.isClosed = true
    })
  }

  write(bytes: Uint8Array | string): void {
    this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'hex') : bytes)
  }

  send(...packets: readonly Packet[]): void {
    const options = { protocolVersion: this.version }
    this.write(Buffer.concat(packets.map((packet) => generate(packet, options))))
  }

  async next<Cmd extends Packet['cmd']>(cmd: Cmd): Promise<Extract<Packet, { cmd: Cmd }>> {
    const found = await waitFor(
      () => {
        const index = this.packets.findIndex((packet) => packet.cmd === cmd)
        return index === -1 && !this.isClosed ? undefined : { index }
      },
      { what: cmd, timeoutMs: this.patienceMs },
    )
    if (found.index === -1) throw new Error(`closed before ${cmd}`)
    const [packet] = this.packets.splice(found.index, 1)
    return packet as Extract<Packet, { cmd: Cmd }>
  }

  async closed(): Promise<void> {
    await waitFor(() => this.isClosed, { what: 'the end of the connection' })
  }

  end(): void {
    this.socket.destroy()
  }
}

export interface RawOptions extends ConnectionOptions {
  readonly version?: Version
}

/** Through TLS, nothing sent. */
export const rawSocket = async (
  { listener, terminal }: Harness,
  { version = 4, ...options }: RawOptions = {},
): Promise<RawClient> => {
  const { key, cert } = terminal
  const socket = connect({
    host: '127.0.0.1',
    port: listener.ports.tls!,
    key,
    cert,
    rejectUnauthorized: false,
    ...options,
  })
  const client = new RawClient(socket, version)
  await once(socket, 'secureConnect')
  return client
}

export const connectPacket = (
  harness: Pick<Harness, 'sn'>,
  version: Version,
  changes: Partial<IConnectPacket> = {},
): Packet => ({
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: version,
  clientId: harness.sn,
  clean: true,
  keepalive: 60,
  ...changes,
})

/** Connected, not subscribed. */
export const rawClient = async (
  harness: Harness,
  version: Version,
  changes: Partial<IConnectPacket> = {},
  options: RawOptions = {},
): Promise<RawClient> => {
  const client = await rawSocket(harness, { ...options, version })
  client.send(connectPacket(harness, version, changes))
  await client.next('connack')
  return client
}

export const subscribeDown = async (client: RawClient, sn: string): Promise<void> => {
  const subscriptions = [{ topic: `tg/1/${sn}/down`, qos: 1 as const }]
  client.send({ cmd: 'subscribe', messageId: 1, subscriptions })
  await client.next('suback')
}
