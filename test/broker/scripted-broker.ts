/**
 * A small MQTT broker of the test's own, that does what a script says: it can behave, and it can lose,
 * repeat, reorder, delay, replay, forge and swap whatever passes, withhold acknowledgements, and throw
 * rubbish at gateways. Terminals come over TLS, gateways in clear. It serves one shared group.
 */
import { createPrng, type Prng } from '@tillgate/device-sim'
import { generate, parser, type IPublishPacket, type Packet } from 'mqtt-packet'
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'

/** How likely each is for a message that passes; all zero: it behaves. */
export interface Mischief {
  readonly drop: number
  readonly repeat: number
  /** Held back for up to `lateMsMax`, so that others pass it. */
  readonly late: number
  readonly lateMsMax: number
  /** Something that passed before passes again, on its own topic. */
  readonly replay: number
  /** With bits turned over, or no message at all. */
  readonly forge: number
  /** Onto another terminal's topic. */
  readonly swap: number
  /** The gateway's PUBLISH gets no PUBACK. */
  readonly withhold: number
  /** A gateway's connection gets bytes that are no MQTT, or a packet of megabytes. */
  readonly rubbish: number
  /** A terminal's will, while it is there. */
  readonly earlyWill: number
}

export const wellBehaved: Mischief = {
  drop: 0,
  repeat: 0,
  late: 0,
  lateMsMax: 0,
  replay: 0,
  forge: 0,
  swap: 0,
  withhold: 0,
  rubbish: 0,
  earlyWill: 0,
}

interface Passed {
  readonly topic: string
  readonly payload: Buffer
}

const keptMax = 400
const rubbishes = [
  Buffer.from('ffffffffffffffff', 'hex'),
  // A PUBLISH that announces 200 MB.
  Buffer.from('30ffffff5f0000', 'hex'),
  Buffer.from('3002ffff', 'hex'),
  Buffer.from('GET / HTTP/1.1\r\n\r\n'),
  Buffer.from('62020001', 'hex'),
]

export class Client {
  readonly #broker: ScriptedBroker
  readonly socket: Socket
  id = ''
  version: 4 | 5 = 5
  readonly filters = new Set<string>()
  will: Passed | undefined
  /** Packet ids of what it was sent, in order, and of what it has acknowledged. */
  readonly sent: number[] = []
  readonly acknowledged: number[] = []
  readonly unacknowledged = new Map<number, Passed>()
  readonly published: IPublishPacket[] = []
  pings = 0
  #packetId = 0

  constructor(broker: ScriptedBroker, socket: Socket) {
    this.#broker = broker
    this.socket = socket
    const reader = parser({ protocolVersion: 5 })
    reader.on('packet', (packet) => this.#onPacket(packet))
    reader.on('error', () => socket.destroy())
    socket.on('data', (bytes: Buffer) => reader.parse(bytes))
    socket.on('error', () => undefined)
  }

  get isGateway(): boolean {
    return [...this.filters].some((filter) => filter.startsWith('$share/'))
  }

  send(packet: Packet): void {
    if (!this.socket.destroyed) {
      this.socket.write(generate(packet, { protocolVersion: this.version }))
    }
  }

  deliver(passed: Passed): void {
    const messageId = (this.#packetId = (this.#packetId % 65_535) + 1)
    this.sent.push(messageId)
    this.unacknowledged.set(messageId, passed)
    const { topic, payload } = passed
    this.send({ cmd: 'publish', topic, payload, qos: 1, dup: false, retain: false, messageId })
  }

  #onPacket(packet: Packet): void {
    switch (packet.cmd) {
      case 'connect':
        this.id = packet.clientId
        this.version = packet.protocolVersion === 5 ? 5 : 4
        this.will = packet.will && {
          topic: packet.will.topic,
          payload: Buffer.from(packet.will.payload),
        }
        return this.send({ cmd: 'connack', sessionPresent: false, reasonCode: 0, returnCode: 0 })
      case 'subscribe':
        for (const { topic } of packet.subscriptions) this.filters.add(topic)
        return this.send({
          cmd: 'suback',
          messageId: packet.messageId ?? 0,
          granted: packet.subscriptions.map(() => 1),
        })
      case 'unsubscribe':
        for (const topic of packet.unsubscriptions) this.filters.delete(topic)
        return this.send({ cmd: 'unsuback', messageId: packet.messageId ?? 0, granted: [0] })
      case 'pingreq':
        this.pings += 1
        return this.#broker.answersPings ? this.send({ cmd: 'pingresp' }) : undefined
      case 'puback':
        this.acknowledged.push(packet.messageId ?? 0)
        this.unacknowledged.delete(packet.messageId ?? 0)
        return
      case 'disconnect':
        this.will = undefined
        return
      case 'publish':
        this.published.push(packet)
        return this.#broker.received(this, packet)
      default:
        return
    }
  }
}

export class ScriptedBroker {
  mischief: Mischief = wellBehaved
  answersPings = true
  readonly clients = new Set<Client>()
  readonly #chance: Prng
  readonly #passed: Passed[] = []
  readonly #servers: Server[] = []
  readonly #timers = new Set<NodeJS.Timeout>()

  constructor(seed: string) {
    this.#chance = createPrng(seed)
  }

  async listen(port: number, tls?: { key: string; cert: string; ca: string }): Promise<void> {
    const onSocket = (socket: Socket): void => {
      const client = new Client(this, socket)
      this.clients.add(client)
      socket.on('close', () => this.#gone(client))
    }
    const server =
      tls === undefined
        ? createServer(onSocket)
        : createTlsServer({ ...tls, requestCert: true, rejectUnauthorized: true }, onSocket)
    this.#servers.push(server)
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  }

  /** Connections that take uplinks. */
  get subscribers(): readonly Client[] {
    return [...this.clients].filter((client) => client.isGateway)
  }

  received(from: Client, { topic, payload, qos, messageId }: IPublishPacket): void {
    const isFromGateway = topic.endsWith('/down')
    if (qos > 0 && !(isFromGateway && this.#happens('withhold'))) {
      from.send({ cmd: 'puback', messageId: messageId ?? 0, reasonCode: 0 })
    }
    this.#play({ topic, payload: Buffer.from(payload) })
  }

  /** As if it had been published. */
  pass(passed: Passed): void {
    const { topic } = passed
    const isDown = topic.endsWith('/down')
    const takers = isDown
      ? [...this.clients].filter(({ filters }) => filters.has(topic))
      : this.subscribers
    if (takers.length > 0) this.#chance.pick(takers).deliver(passed)
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer)
    for (const { socket } of this.clients) socket.destroy()
    await Promise.all(
      this.#servers.map((server) => new Promise((resolve) => server.close(resolve))),
    )
  }

  kill(): Promise<void> {
    return this.stop()
  }

  #gone(client: Client): void {
    this.clients.delete(client)
    if (client.will !== undefined) this.#play(client.will)
    // What a gateway did not acknowledge is another one's.
    if (client.isGateway) for (const passed of client.unacknowledged.values()) this.#play(passed)
  }

  #happens(what: Exclude<keyof Mischief, 'lateMsMax'>): boolean {
    return this.#chance.chance(this.mischief[what])
  }

  #play(passed: Passed): void {
    this.#passed.push(passed)
    if (this.#passed.length > keptMax) this.#passed.shift()
    if (this.#happens('replay')) this.pass(this.#chance.pick(this.#passed))
    if (this.#happens('rubbish')) this.#throwRubbish()
    if (this.#happens('earlyWill')) this.#sayWill()
    if (this.#happens('forge')) this.pass(this.#forged(passed))
    if (this.#happens('swap')) this.pass(this.#swapped(passed))
    if (this.#happens('repeat')) this.#later(passed)
    if (this.#happens('drop')) return
    if (this.#happens('late')) this.#later(passed)
    else this.pass(passed)
  }

  #later(passed: Passed): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.pass(passed)
    }, this.#chance.float() * this.mischief.lateMsMax)
    this.#timers.add(timer)
  }

  #forged({ topic, payload }: Passed): Passed {
    if (this.#chance.chance(0.3)) return { topic, payload: Buffer.from('no message at all') }
    const forged = Buffer.from(payload)
    const place = Math.floor(this.#chance.float() * forged.length)
    if (forged.length > 0) forged[place] = (forged[place] ?? 0) ^ (1 << (place % 8))
    return { topic, payload: forged }
  }

  #swapped({ topic, payload }: Passed): Passed {
    const [root, version, , channel] = topic.split('/')
    const others = this.#passed.map((one) => one.topic.split('/')[2] ?? '')
    const sn = this.#chance.pick([...new Set(others)])
    return { topic: [root, version, sn, channel].join('/'), payload }
  }

  #throwRubbish(): void {
    const { subscribers } = this
    if (subscribers.length === 0) return
    this.#chance.pick(subscribers).socket.write(this.#chance.pick(rubbishes))
  }

  #sayWill(): void {
    const wills = [...this.clients].flatMap(({ will }) => (will === undefined ? [] : [will]))
    if (wills.length > 0) this.pass(this.#chance.pick(wills))
  }
}
