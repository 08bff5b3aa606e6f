import { generate } from 'mqtt-packet'
import type { Packet } from 'mqtt-packet'
import { expect, it } from 'vitest'
import { writePacket } from './write-packet.js'

const publish = (bytes: number, qos: 0 | 1, more: object = {}): Packet => ({
  cmd: 'publish',
  topic: 'tg/1/POS-1/down',
  payload: Buffer.alloc(bytes, 7),
  qos,
  dup: false,
  retain: false,
  ...(qos === 0 ? {} : { messageId: 0x1234 }),
  ...more,
})

const packets: readonly Packet[] = [
  ...[0, 1, 100, 108, 109, 110, 111, 300, 16_360, 16_366, 16_370, 70_000].flatMap((bytes) => [
    publish(bytes, 0),
    publish(bytes, 1),
  ]),
  publish(10, 1, { topic: 'tg/1/\u00e9/down' }),
  publish(10, 1, { dup: true }),
  publish(10, 1, { retain: true }),
  publish(10, 1, { payload: 'text' }),
  publish(10, 1, { properties: { messageExpiryInterval: 7 } }),
  { cmd: 'puback', messageId: 1 },
  { cmd: 'puback', messageId: 0xffff, reasonCode: 0 },
  { cmd: 'puback', messageId: 2, reasonCode: 0x87 },
  { cmd: 'pingresp' },
  { cmd: 'connack', sessionPresent: false, returnCode: 0, reasonCode: 0 },
]

it('writes every packet byte for byte as mqtt-packet does', () => {
  for (const version of [4, 5] as const) {
    for (const packet of packets) {
      const bytes = writePacket(packet, version)
      expect(bytes.equals(generate(packet, { protocolVersion: version }))).toBe(true)
    }
  }
})
