// An enrolled terminal that has said a valid Hello, and then says envelopes that are spoiled, sixteen
// in flight. On MQTT 5 each PUBACK says what became of it; what was refused on
// 3.1.1 as well is for the node's counts to say.
import { generate } from 'mqtt-packet'
import type { Packet } from 'mqtt-packet'
import { stateTopic, upTopic } from '@tillgate/protocol'
import { BareClient, dial, type Door, type Stranger } from '../e2e/bare-client.js'
import { connectPacket, subscribeDown } from '../listener/raw-client.js'
import {
  lyingEnvelope,
  mayBeTaken,
  rightEnvelope,
  spoiledEnvelope,
  type Matter,
  type SpoiledEnvelope,
} from './envelopes.js'
import type { Below } from './seed.js'
import type { Version } from './valid-packets.js'

/** As the node tells MQTT 5 clients. */
const inFlight = 16

export interface EnvelopeTally {
  sent: number
  /** That the node may not take, by another reading. */
  unjust: number
  taken: number
  lies: number
}

export class HostileSession {
  readonly #version: Version
  readonly #matter: Matter
  readonly #below: Below
  #packetId = 100
  #waiting = new Map<number, SpoiledEnvelope>()
  #wake: (() => void) | undefined
  /** What must never be heard. */
  #wrong: string | undefined

  private constructor(client: BareClient, matter: Matter, below: Below) {
    this.#version = client.raw.version
    this.#matter = matter
    this.#below = below
  }

  static async open(
    about: { readonly door: Door; readonly stranger: Stranger; readonly version: Version },
    command: Uint8Array,
    below: Below,
  ): Promise<HostileSession> {
    const { door, stranger, version } = about
    const raw = await dial(door, stranger, { version })
    raw.send(connectPacket(stranger, version))
    await raw.next('connack')
    await subscribeDown(raw, stranger.sn)
    const client = new BareClient(stranger, raw, 0)
    await client.greet()
    const commandIds = [command, Buffer.alloc(16, 7)]
    return new HostileSession(client, { client, commandIds }, below)
  }

  end(): void {
    this.#matter.client.end()
  }

  async spoil(count: number, tally: EnvelopeTally): Promise<void> {
    const { raw } = this.#matter.client
    raw.socket.once('close', () => this.#wake?.())
    raw.onPacket = (packet) => this.#hear(packet, tally)
    for (let sent = 0; sent < count; sent += inFlight) {
      const packets = Array.from({ length: inFlight }, () =>
        this.#publish(this.#next(tally), tally),
      )
      raw.write(Buffer.concat(packets))
      while (this.#waiting.size > 0 && this.#wrong === undefined) {
        if (raw.isClosed) throw new Error('a spoiled envelope cost the session')
        await new Promise<void>((resolve) => (this.#wake = resolve))
      }
      if (this.#wrong !== undefined) throw new Error(this.#wrong)
    }
    raw.onPacket = undefined
  }

  #next(tally: EnvelopeTally): SpoiledEnvelope {
    if (this.#below(3) > 0) return spoiledEnvelope(this.#matter, this.#below)
    tally.lies += 1
    return lyingEnvelope(this.#matter, rightEnvelope(this.#matter, this.#below), this.#below)
  }

  #publish(envelope: SpoiledEnvelope, tally: EnvelopeTally): Buffer {
    const { sn } = this.#matter.client.stranger
    this.#packetId = (this.#packetId % 60_000) + 1
    this.#waiting.set(this.#packetId, envelope)
    tally.sent += 1
    if (!mayBeTaken(envelope)) tally.unjust += 1
    const packet: Packet = {
      cmd: 'publish',
      dup: false,
      retain: false,
      qos: 1,
      messageId: this.#packetId,
      topic: envelope.channel === 'up' ? upTopic(sn) : stateTopic(sn),
      payload: Buffer.from(envelope.bytes),
    }
    return generate(packet, { protocolVersion: this.#version })
  }

  #hear(packet: Packet, tally: EnvelopeTally): void {
    if (packet.cmd === 'publish' && packet.messageId !== undefined) {
      this.#matter.client.raw.send({ cmd: 'puback', messageId: packet.messageId, reasonCode: 0 })
    }
    if (packet.cmd !== 'puback') return
    const [first] = this.#waiting.keys()
    const envelope = this.#waiting.get(packet.messageId ?? 0)
    if (envelope === undefined || first !== packet.messageId) {
      this.#wrong ??= 'a PUBACK out of order, or of nothing'
      this.#wake?.()
      return
    }
    this.#waiting.delete(first ?? 0)
    const isTaken = this.#version === 5 && (packet.reasonCode ?? 0) < 0x80
    if (isTaken) tally.taken += 1
    if (isTaken && !mayBeTaken(envelope)) {
      this.#wrong ??= `taken: ${envelope.story}: ${Buffer.from(envelope.bytes).toString('hex')}`
    }
    if (this.#waiting.size === 0 || this.#wrong !== undefined) this.#wake?.()
  }
}
