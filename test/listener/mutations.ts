// Packets as a terminal may send them, and what becomes of them when somebody plays with their bytes.
// Everything comes from one seed.
import { generate } from 'mqtt-packet'
import type { Packet } from 'mqtt-packet'

/** mulberry32: small, seeded, good enough to spoil bytes with. */
export const chance = (seed: number): ((below: number) => number) => {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const publish = { cmd: 'publish', dup: false, retain: false } as const

export const connectOf = (sn: string, version: 4 | 5): Packet => ({
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: version,
  clientId: sn,
  clean: true,
  keepalive: 60,
  username: 'name',
  password: Buffer.from('word'),
  will: { topic: `tg/1/${sn}/state`, payload: Buffer.from('gone'), qos: 1, retain: false },
  ...(version === 5 ? { properties: { receiveMaximum: 4, userProperties: { a: 'b' } } } : {}),
})

export const packetsOf = (sn: string, version: 4 | 5): Buffer[] => {
  const topic = `tg/1/${sn}/up`
  const properties = { messageExpiryInterval: 5, userProperties: { k: ['v', 'w'] } }
  const five: Packet[] = [
    { ...publish, topic, qos: 1, messageId: 5, payload: Buffer.from('five'), properties },
    { cmd: 'puback', messageId: 3, reasonCode: 0x80 },
    { cmd: 'disconnect', reasonCode: 4, properties: { reasonString: 'bye' } },
    { cmd: 'auth', reasonCode: 0x18, properties: { authenticationMethod: 'x' } },
  ]
  const packets: Packet[] = [
    connectOf(sn, version),
    { ...publish, topic, qos: 1, messageId: 1, payload: Buffer.from('payload') },
    { ...publish, topic: `tg/1/${sn}/state`, qos: 0, payload: Buffer.alloc(300, 'h') },
    { ...publish, topic, qos: 2, messageId: 2, payload: Buffer.from('') },
    { cmd: 'subscribe', messageId: 4, subscriptions: [{ topic: `tg/1/${sn}/down`, qos: 1 }] },
    { cmd: 'unsubscribe', messageId: 6, unsubscriptions: [`tg/1/${sn}/down`, 'other'] },
    { cmd: 'puback', messageId: 1 },
    { cmd: 'pubrel', messageId: 1 },
    { cmd: 'pingreq' },
    { cmd: 'disconnect' },
    ...(version === 5 ? five : []),
  ]
  return packets.map((packet) => generate(packet, { protocolVersion: version }))
}

type Spoil = (bytes: Buffer, below: (limit: number) => number) => Buffer

const spoils: readonly Spoil[] = [
  (bytes, below) => {
    const at = below(bytes.length)
    bytes[at] = bytes[at]! ^ (1 << below(8))
    return bytes
  },
  (bytes, below) => {
    bytes[below(bytes.length)] = below(256)
    return bytes
  },
  (bytes, below) => bytes.subarray(0, 1 + below(bytes.length)),
  (bytes, below) => {
    const at = below(bytes.length)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(below(at + 1))])
  },
  (bytes, below) => {
    const at = below(bytes.length + 1)
    const extra = Buffer.from(Array.from({ length: 1 + below(8) }, () => below(256)))
    return Buffer.concat([bytes.subarray(0, at), extra, bytes.subarray(at)])
  },
  (bytes, below) => {
    // Body changed, announced length right: gets past the frame gate.
    const body = bytes.subarray(2, 2 + below(bytes.length))
    return Buffer.concat([Buffer.from([bytes[0]!, Math.min(body.length, 127)]), body])
  },
]

export const mutated = (
  packets: readonly Buffer[],
  below: (limit: number) => number,
): { readonly bytes: Buffer; readonly isWhole: boolean } => {
  let bytes: Buffer = Buffer.from(packets[below(packets.length)]!)
  const times = below(4)
  for (let time = 0; time < times && bytes.length > 0; time += 1) {
    bytes = Buffer.from(spoils[below(spoils.length)]!(bytes, below))
  }
  return { bytes, isWhole: bytes.length > 1 && bytes[1] === bytes.length - 2 }
}
