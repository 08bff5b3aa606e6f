import { generate, parser } from 'mqtt-packet'
import type { Packet } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { reasons } from '../reason-codes.js'
import type { MqttVersion } from './inbound.js'
import { readPacket } from './read-packet.js'

const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex')

/** With its fixed header: the first byte, then the body whose length it announces. */
const framed = (first: string, body: string): Buffer => {
  const rest = bytesOf(body)
  return Buffer.concat([bytesOf(first), Buffer.from([rest.length]), rest])
}

const isTakenByMqttPacket = (bytes: Buffer, version: MqttVersion | undefined): boolean => {
  const theirs = parser(version === undefined ? {} : { protocolVersion: version })
  let packets = 0
  let errors = 0
  theirs.on('packet', () => (packets += 1))
  theirs.on('error', () => (errors += 1))
  theirs.parse(bytes)
  return packets === 1 && errors === 0
}

const { malformedPacket, protocolError, unsupportedProtocolVersion, topicNameInvalid } = reasons
const connect311 = '0004 4d515454 04'
const connect5 = '0004 4d515454 05'

/** What is wrong, version, first byte, body, our reason, and whether mqtt-packet 9.0.2 takes it. */
const refusals: readonly (readonly [
  string,
  MqttVersion | undefined,
  string,
  string,
  number,
  boolean,
])[] = [
  [
    'U+0000 in a client id',
    undefined,
    '10',
    `${connect311} 02 003c 0003 610062`,
    malformedPacket,
    true,
  ],
  [
    'invalid UTF-8 in a client id',
    undefined,
    '10',
    `${connect311} 02 003c 0002 c328`,
    malformedPacket,
    true,
  ],
  [
    'a surrogate in a client id',
    undefined,
    '10',
    `${connect311} 02 003c 0003 eda080`,
    malformedPacket,
    true,
  ],
  [
    'bytes after a CONNECT',
    undefined,
    '10',
    `${connect311} 02 003c 0001 61 00`,
    malformedPacket,
    true,
  ],
  [
    'a password without a user name',
    undefined,
    '10',
    `${connect311} 42 003c 0001 61 0001 62`,
    malformedPacket,
    true,
  ],
  [
    'a will of QoS 3',
    undefined,
    '10',
    `${connect311} 1e 003c 0001 61 0001 62 0001 63`,
    malformedPacket,
    true,
  ],
  [
    'MQTT 3.1',
    undefined,
    '10',
    '0006 4d5149736470 03 02 003c 0001 61',
    unsupportedProtocolVersion,
    true,
  ],
  [
    'a bridge',
    undefined,
    '10',
    '0004 4d515454 84 02 003c 0001 61',
    unsupportedProtocolVersion,
    true,
  ],
  [
    'level 6',
    undefined,
    '10',
    '0004 4d515454 06 02 003c 0001 61',
    unsupportedProtocolVersion,
    false,
  ],
  ['another protocol', undefined, '10', '0004 48545450 04 02 003c 0001 61', malformedPacket, false],
  [
    'the reserved CONNECT flag',
    undefined,
    '10',
    `${connect311} 03 003c 0001 61`,
    malformedPacket,
    false,
  ],
  [
    'will QoS without a will',
    undefined,
    '10',
    `${connect311} 0a 003c 0001 61`,
    malformedPacket,
    false,
  ],
  [
    'Receive Maximum 0',
    undefined,
    '10',
    `${connect5} 02 003c 03 210000 0001 61`,
    protocolError,
    true,
  ],
  [
    'Maximum Packet Size 0',
    undefined,
    '10',
    `${connect5} 02 003c 05 2700000000 0001 61`,
    protocolError,
    true,
  ],
  [
    'a property twice',
    undefined,
    '10',
    `${connect5} 02 003c 06 210001 210002 0001 61`,
    protocolError,
    true,
  ],
  [
    'a property of another packet',
    undefined,
    '10',
    `${connect5} 02 003c 03 230001 0001 61`,
    malformedPacket,
    true,
  ],
  [
    'authentication data alone',
    undefined,
    '10',
    `${connect5} 02 003c 04 16000141 0001 61`,
    protocolError,
    true,
  ],
  ['a flag of 2', undefined, '10', `${connect5} 02 003c 02 1702 0001 61`, protocolError, true],
  [
    'a value past its properties',
    undefined,
    '10',
    `${connect5} 02 003c 02 2100 0001 61`,
    malformedPacket,
    false,
  ],
  [
    'properties past the end',
    undefined,
    '10',
    `${connect5} 02 003c 7f 210001 0001 61`,
    malformedPacket,
    false,
  ],
  ['PUBLISH before CONNECT', undefined, '30', '0001 61', protocolError, true],
  ['packet id 0', 4, '32', '0001 61 0000', protocolError, true],
  ['no packet id', 4, '32', '0001 61', malformedPacket, true],
  ['DUP at QoS 0', 4, '38', '0001 61', malformedPacket, true],
  ['QoS 3', 4, '36', '0001 61 0001', malformedPacket, false],
  ['an empty topic name', 4, '30', '0000', protocolError, true],
  ['a wildcard in a topic name', 4, '30', '0003 612f23', topicNameInvalid, true],
  ['U+0000 in a topic name', 4, '30', '0001 00', malformedPacket, true],
  ['invalid UTF-8 in a topic name', 4, '30', '0001 ff', malformedPacket, true],
  ['a topic past the end', 4, '30', '0005 61', malformedPacket, false],
  ['a payload read as properties', 5, '30', '0001 61 05 01', malformedPacket, false],
  ['a long form of a short length', 5, '30', '0001 61 8000', malformedPacket, true],
  [
    'invalid UTF-8 in a user property',
    5,
    '30',
    '0001 61 07 26 0001 ff 0001 61',
    malformedPacket,
    true,
  ],
  ['a subscription identifier on the way up', 5, '30', '0001 61 02 0b01', malformedPacket, true],
  ['PUBACK with id 0', 4, '40', '0000', protocolError, true],
  ['PUBACK with more', 4, '40', '0001 00', malformedPacket, true],
  ['PUBACK with a strange reason', 5, '40', '0001 42', malformedPacket, false],
  ['PUBACK with flags', 4, '42', '0001', malformedPacket, false],
  ['SUBSCRIBE of nothing', 4, '82', '0001', protocolError, true],
  ['SUBSCRIBE of an empty filter', 4, '82', '0001 0000 00', malformedPacket, true],
  ['SUBSCRIBE with reserved options', 4, '82', '0001 0001 61 04', malformedPacket, false],
  ['SUBSCRIBE with flags', 4, '80', '0001 0001 61 00', malformedPacket, false],
  ['SUBSCRIBE with id 0', 4, '82', '0000 0001 61 00', protocolError, true],
  ['a subscription identifier of 0', 5, '82', '0001 02 0b00 0001 61 00', protocolError, true],
  ['UNSUBSCRIBE of nothing', 4, 'a2', '0001', protocolError, true],
  ['PINGREQ with a body', 4, 'c0', '00', malformedPacket, true],
  ['DISCONNECT with a body on 3.1.1', 4, 'e0', '00', malformedPacket, true],
  ['DISCONNECT with a reason of servers', 5, 'e0', '8b', malformedPacket, true],
  ['DISCONNECT with more', 5, 'e0', '00 00 00', malformedPacket, true],
  ['AUTH out of the blue', 5, 'f0', '18 00', protocolError, true],
  ['CONNACK', 4, '20', '0000', protocolError, true],
  ['PINGRESP', 4, 'd0', '', protocolError, true],
  ['PUBREL', 4, '62', '0001', protocolError, true],
  ['type 0', 4, '00', '', protocolError, false],
]

describe('a packet is refused', () => {
  test.each(refusals)('%s', (_what, version, first, body, reason, byMqttPacket) => {
    const bytes = framed(first, body)
    const read = readPacket(bytes, version)
    expect(read.ok ? read.packet : read.fault.reason).toBe(reason)
    // Why there is a reader of our own: what their parser takes, were it asked.
    expect(isTakenByMqttPacket(bytes, version)).toBe(byMqttPacket)
  })

  test('at every length that cuts it short', () => {
    const packet: Packet = {
      cmd: 'connect',
      clientId: 'SN-1',
      protocolId: 'MQTT',
      protocolVersion: 5,
      clean: true,
      keepalive: 30,
      username: 'u',
      password: Buffer.from('p'),
      properties: { receiveMaximum: 9, userProperties: { a: 'b' } },
      will: { topic: 'tg/1/SN-1/state', payload: Buffer.from('gone'), qos: 1, retain: false },
    }
    const whole = generate(packet)
    expect(readPacket(whole, undefined).ok).toBe(true)
    for (let length = 2; length < whole.length; length += 1) {
      const short = Buffer.from(whole.subarray(0, length))
      short[1] = length - 2
      expect(readPacket(short, undefined).ok).toBe(false)
    }
  })
})

describe('a packet is read', () => {
  const read = (packet: Packet, version: MqttVersion): unknown => {
    const result = readPacket(generate(packet, { protocolVersion: version }), version)
    return result.ok ? result.packet : result.fault
  }

  test('CONNECT with all that MQTT 5 lets stand there', () => {
    const will = { topic: 'tg/1/A/state', payload: Buffer.from('w'), qos: 1, retain: true } as const
    const properties = {
      sessionExpiryInterval: 600,
      receiveMaximum: 5,
      maximumPacketSize: 9_000,
      topicAliasMaximum: 0,
      requestResponseInformation: false,
      requestProblemInformation: true,
      authenticationMethod: 'SCRAM',
      authenticationData: Buffer.from('x'),
      userProperties: { a: ['b', 'c'] },
    }
    const packet: Packet = {
      cmd: 'connect',
      clientId: 'A',
      protocolId: 'MQTT',
      protocolVersion: 5,
      clean: false,
      keepalive: 30,
      password: Buffer.from('p'),
      username: '',
      will: { ...will, properties: { willDelayInterval: 5, contentType: 't' } },
      properties,
    }
    expect(read(packet, 5)).toEqual({
      cmd: 'connect',
      version: 5,
      clientId: 'A',
      keepAliveS: 30,
      will: { ...will, payload: new Uint8Array(Buffer.from('w')) },
      sessionExpiryS: 600,
      receiveMaximum: 5,
      packetBytesMax: 9_000,
      enhancedAuthentication: true,
    })
  })

  test.each([4, 5] as const)('PUBLISH of version %i, its payload with a buffer of its own', (v) => {
    const payload = Buffer.from('payload')
    const packet = { cmd: 'publish', topic: 'é/x', qos: 1, dup: true, retain: false } as const
    const result = readPacket(
      generate({ ...packet, messageId: 65_535, payload }, { protocolVersion: v }),
      v,
    )
    expect(result).toEqual({
      ok: true,
      packet: {
        cmd: 'publish',
        topic: 'é/x',
        qos: 1,
        retain: false,
        packetId: 65_535,
        aliased: false,
        payload: new Uint8Array(payload),
      },
    })
    if (result.ok && result.packet.cmd === 'publish') {
      expect(result.packet.payload.buffer.byteLength).toBe(payload.length)
    }
  })

  test('SUBSCRIBE, UNSUBSCRIBE, PUBACK, PINGREQ and DISCONNECT', () => {
    const subscriptions = [
      { topic: 'a', qos: 2, nl: true, rap: true, rh: 2 },
      { topic: 'b', qos: 0 },
    ] as const
    expect(read({ cmd: 'subscribe', messageId: 3, subscriptions: [...subscriptions] }, 5)).toEqual({
      cmd: 'subscribe',
      packetId: 3,
      requests: [
        { filter: 'a', qos: 2 },
        { filter: 'b', qos: 0 },
      ],
      identified: false,
    })
    const filters = ['a', 'b/#']
    expect(read({ cmd: 'unsubscribe', messageId: 4, unsubscriptions: filters }, 4)).toEqual({
      cmd: 'unsubscribe',
      packetId: 4,
      filters,
    })
    expect(read({ cmd: 'puback', messageId: 5, reasonCode: 0x97 }, 5)).toEqual({
      cmd: 'puback',
      packetId: 5,
      reason: 0x97,
    })
    expect(read({ cmd: 'pingreq' }, 4)).toEqual({ cmd: 'pingreq' })
    expect(
      read({ cmd: 'disconnect', reasonCode: 4, properties: { sessionExpiryInterval: 9 } }, 5),
    ).toEqual({ cmd: 'disconnect', reason: 4, sessionExpiryS: 9 })
    expect(readPacket(bytesOf('e000'), 5)).toEqual({
      ok: true,
      packet: { cmd: 'disconnect', reason: 0, sessionExpiryS: undefined },
    })
  })
})
