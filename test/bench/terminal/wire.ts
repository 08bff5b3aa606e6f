/**
 * MQTT 3.1.1 as a terminal of the benchmark needs it: whole packets out of chunks, and the few packets
 * that it sends. Lean on purpose: whatever the generator spends is taken from the gateway, which shares
 * the machine with it. Not a client: it trusts the listener's framing, which other tests hold.
 */
import { generate } from 'mqtt-packet'

export interface Inbound {
  /** The type of MQTT 3.1.1 §2.2.1. */
  readonly type: number
  /** Of a PUBLISH at QoS 1, a PUBACK or a SUBACK. */
  readonly packetId: number
  /** Of a PUBLISH; a view into the chunk. Empty otherwise. */
  readonly payload: Buffer
}

export const packetTypes = { connack: 2, publish: 3, puback: 4, suback: 9, pingresp: 13 } as const

const nothing = Buffer.alloc(0)

/** Where a packet's body begins and where it ends; undefined while it is not whole. */
const bounds = (
  bytes: Buffer,
  at: number,
): { readonly body: number; readonly end: number } | undefined => {
  let length = 0
  for (let place = 1; place < 5; place += 1) {
    const byte = bytes[at + place]
    if (byte === undefined) return undefined
    length += (byte & 0x7f) * 128 ** (place - 1)
    if (byte >= 0x80) continue
    const body = at + place + 1
    return body + length <= bytes.length ? { body, end: body + length } : undefined
  }
  throw new Error('a length of more than four bytes')
}

const inbound = (bytes: Buffer, at: number, body: number, end: number): Inbound => {
  const first = bytes[at] ?? 0
  const type = first >> 4
  if (type === packetTypes.pingresp) return { type, packetId: 0, payload: nothing }
  if (type !== packetTypes.publish) {
    return { type, packetId: bytes.readUInt16BE(body), payload: nothing }
  }
  const afterTopic = body + 2 + bytes.readUInt16BE(body)
  const hasId = (first & 0x06) !== 0
  return {
    type,
    packetId: hasId ? bytes.readUInt16BE(afterTopic) : 0,
    payload: bytes.subarray(hasId ? afterTopic + 2 : afterTopic, end),
  }
}

/** Cuts one session's chunks into packets. */
export class Packets {
  #left: Buffer = nothing

  take(chunk: Buffer, packet: (inbound: Inbound) => void): void {
    const bytes = this.#left.length === 0 ? chunk : Buffer.concat([this.#left, chunk])
    let at = 0
    for (let found = bounds(bytes, at); found !== undefined; found = bounds(bytes, at)) {
      packet(inbound(bytes, at, found.body, found.end))
      at = found.end
      if (at >= bytes.length) break
    }
    this.#left = at === bytes.length ? nothing : Buffer.from(bytes.subarray(at))
  }
}

const keepAliveS = 1_200

export const connectPacket = (sn: string): Buffer =>
  generate({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clientId: sn,
    clean: true,
    keepalive: keepAliveS,
  })

export const subscribePacket = (topic: string): Buffer =>
  generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 1 }] })

/** PINGREQ: MQTT 3.1.1 §3.12. */
export const pingRequest = Buffer.from([0xc0, 0])

/** A PUBLISH at QoS 0. */
export const statePacket = (topic: string, payload: Uint8Array): Buffer =>
  generate({
    cmd: 'publish',
    topic,
    payload: Buffer.from(payload),
    qos: 0,
    dup: false,
    retain: false,
  })

export const pubackBytes = 4

export const writePuback = (into: Buffer, at: number, packetId: number): void => {
  into[at] = packetTypes.puback << 4
  into[at + 1] = 2
  into.writeUInt16BE(packetId, at + 2)
}

/** A PUBLISH at QoS 1, not repeated, not retained. */
export const publishPacket = (topic: Buffer, packetId: number, payload: Uint8Array): Buffer => {
  const remaining = 2 + topic.length + 2 + payload.length
  const lengthBytes = remaining < 128 ? 1 : remaining < 16_384 ? 2 : 3
  const packet = Buffer.allocUnsafe(1 + lengthBytes + remaining)
  packet[0] = (packetTypes.publish << 4) | 0x02
  let at = 1
  for (let rest = remaining; at <= lengthBytes; at += 1) {
    packet[at] = (rest & 0x7f) | (at === lengthBytes ? 0 : 0x80)
    rest >>= 7
  }
  at = packet.writeUInt16BE(topic.length, at)
  at += topic.copy(packet, at)
  at = packet.writeUInt16BE(packetId, at)
  packet.set(payload, at)
  return packet
}
