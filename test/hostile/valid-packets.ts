// What a well-behaved terminal says over MQTT 3.1.1 and 5, in many sizes and shapes: the ground that
// mutation starts from. Every packet here is right by the specification, though not all are granted.
import { generate } from 'mqtt-packet'
import type { Packet } from 'mqtt-packet'
import { connectOf, packetsOf } from '../listener/mutations.js'
import { bytesOf, type Below } from './seed.js'

export type Version = 4 | 5

export interface Grammar {
  readonly sn: string
  readonly version: Version
  readonly connect: Buffer
  readonly subscribe: Buffer
  /** Anything that a client may say, CONNECT included. */
  readonly packets: readonly Buffer[]
  /** QoS 1 to the own `up` topic, each with another packet id. */
  publish(packetId: number, payload: Uint8Array): Buffer
}

const shape = { cmd: 'publish', dup: false, retain: false } as const
const sizes = [0, 1, 2, 120, 127, 128, 300, 1_000, 2_000] as const

const publishes = (topic: string, version: Version, below: Below): readonly Packet[] =>
  sizes.map((size, index) => ({
    ...shape,
    topic,
    qos: index % 3 === 0 ? 0 : 1,
    messageId: 1 + below(65_535),
    payload: bytesOf(size, below),
    ...(version === 5
      ? { properties: { contentType: 'x', correlationData: bytesOf(below(20), below) } }
      : {}),
  }))

/** Drawn anew with each purpose, so that two storms don't share their sizes. */
export const grammarOf = (sn: string, version: Version, below: Below): Grammar => {
  const options = { protocolVersion: version }
  const up = `tg/1/${sn}/up`
  const subscriptions = [{ topic: `tg/1/${sn}/down`, qos: 1 as const }]
  const more = [...publishes(up, version, below), ...publishes(`tg/1/${sn}/state`, version, below)]
  return {
    sn,
    version,
    connect: generate(connectOf(sn, version), options),
    subscribe: generate({ cmd: 'subscribe', messageId: 1, subscriptions }, options),
    packets: [...packetsOf(sn, version), ...more.map((packet) => generate(packet, options))],
    publish: (messageId, payload) =>
      generate({ ...shape, topic: up, qos: 1, messageId, payload: Buffer.from(payload) }, options),
  }
}
