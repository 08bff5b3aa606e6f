import { describe, expect, test } from 'vitest'
import { listenerLimits as limits } from '../limits.js'
import type { Connect, InboundPacket, MqttVersion, Publish } from '../packets/inbound.js'
import { reasons } from '../reason-codes.js'
import { sendOutcome } from './downlinks.js'
import { firstState, mayRead, transition } from './session-machine.js'
import type { SessionEffect, SessionInput, SessionState } from './session-state.js'

const sn = 'SN-1'
const admitted = { ok: true, sn, terminalId: 1, certificateId: 1, spki: new Uint8Array(0) } as const
const done = { ok: true } as const
const versions: readonly MqttVersion[] = [4, 5]

/** Runs inputs one after another and gathers what they ask for. */
class Run {
  state: SessionState = firstState
  effects: SessionEffect[] = []
  at = 1_000

  input(input: SessionInput): this {
    const step = transition(this.state, input, this.at, limits)
    this.state = step.state
    this.effects.push(...step.effects)
    return this
  }

  packet(packet: InboundPacket): this {
    return this.input({ kind: 'packet', packet })
  }

  /** What has been asked for since it was last taken. */
  take(): SessionEffect[] {
    return this.effects.splice(0)
  }

  written(): unknown[] {
    return this.take().flatMap((effect) => (effect.do === 'write' ? [effect.packet] : []))
  }
}

const connect = (version: MqttVersion, changes: Partial<Connect> = {}): Connect => ({
  cmd: 'connect',
  version,
  clientId: sn,
  keepAliveS: 60,
  will: undefined,
  sessionExpiryS: 0,
  receiveMaximum: 65_535,
  packetBytesMax: 2 ** 28,
  enhancedAuthentication: false,
  ...changes,
})

const connected = (version: MqttVersion, changes: Partial<Connect> = {}): Run => {
  const run = new Run().packet(connect(version, changes))
  run.input({ kind: 'admission', admission: admitted })
  expect(run.state.phase).toBe('connected')
  run.take()
  return run
}

const subscribed = (version: MqttVersion, changes: Partial<Connect> = {}): Run => {
  const requests = [{ filter: `tg/1/${sn}/down`, qos: 1 as const }]
  const run = connected(version, changes)
  run.packet({ cmd: 'subscribe', packetId: 1, requests, identified: false })
  run.take()
  return run
}

const publish = (changes: Partial<Publish> = {}): Publish => ({
  cmd: 'publish',
  topic: `tg/1/${sn}/up`,
  qos: 1,
  retain: false,
  packetId: 5,
  aliased: false,
  payload: new Uint8Array([1]),
  ...changes,
})

const will = (changes: Partial<NonNullable<Connect['will']>> = {}): Partial<Connect> => ({
  will: {
    topic: `tg/1/${sn}/state`,
    qos: 0,
    retain: false,
    payload: new Uint8Array([9]),
    ...changes,
  },
})

const endOf = (effects: readonly SessionEffect[]): unknown => {
  const end = effects.find((effect) => effect.do === 'end')
  return end?.do === 'end' ? [end.reason, end.will] : undefined
}

describe('CONNECT', () => {
  test('asks the handler once, and reads nothing until it has answered', () => {
    const run = new Run().packet(connect(4))
    expect(run.take().map((effect) => effect.do)).toEqual(['arm', 'admit'])
    expect(mayRead(run.state, limits)).toBe(false)
  })

  test('is accepted: place taken, CONNACK, keep-alive, then the handler is told', () => {
    const run = new Run().packet(connect(4))
    run.take()
    run.input({ kind: 'admission', admission: admitted })
    expect(run.effects.map((effect) => effect.do)).toEqual(['enter', 'write', 'arm', 'opened'])
    expect(run.effects[2]).toEqual({ do: 'arm', timer: 'deadline', ms: 90_000 })
    expect(run.written()).toEqual([{ cmd: 'connack', sessionPresent: false, returnCode: 0 }])
  })

  test('on MQTT 5 tells every limit; a keep-alive only where it is overruled', () => {
    const connack = (keepAliveS: number): unknown => {
      const run = new Run().packet(connect(5, { keepAliveS }))
      run.input({ kind: 'admission', admission: admitted })
      return run.written()[0]
    }
    const properties = {
      sessionExpiryInterval: 0,
      receiveMaximum: 16,
      maximumQoS: 1,
      retainAvailable: false,
      maximumPacketSize: 65_536,
      topicAliasMaximum: 0,
      wildcardSubscriptionAvailable: false,
      subscriptionIdentifiersAvailable: false,
      sharedSubscriptionAvailable: false,
    }
    const told = { cmd: 'connack', sessionPresent: false, reasonCode: 0, properties }
    expect(connack(60)).toEqual(told)
    const overruled = { ...told, properties: { ...properties, serverKeepAlive: 1_200 } }
    expect(connack(0)).toEqual(overruled)
    expect(connack(1_201)).toEqual(overruled)
  })

  const early: readonly (readonly [string, Partial<Connect>, number, number])[] = [
    ['an empty client id', { clientId: '' }, 2, reasons.clientIdentifierNotValid],
    ['a retained will', will({ retain: true }), 5, reasons.retainNotSupported],
    ['a will of QoS 2', will({ qos: 2 }), 5, reasons.qosNotSupported],
    ['a large will', will({ payload: new Uint8Array(1_025) }), 5, reasons.quotaExceeded],
    ['no room for a packet', { packetBytesMax: 255 }, 5, reasons.packetTooLarge],
    ['enhanced authentication', { enhancedAuthentication: true }, 5, 0x8c],
  ]
  test.each(early)('is refused before anybody is asked: %s', (_what, changes, code, reason) => {
    for (const version of versions) {
      const run = new Run().packet(connect(version, changes))
      expect(run.effects.some((effect) => effect.do === 'admit')).toBe(false)
      expect(run.state.phase).toBe('closing')
      const said = version === 4 ? { returnCode: code } : { reasonCode: reason }
      expect(run.written()).toEqual([{ cmd: 'connack', sessionPresent: false, ...said }])
    }
  })

  const late: readonly (readonly [string, Partial<Connect>, SessionInput, number, number])[] = [
    [
      'another client id',
      { clientId: 'SN-2' },
      { kind: 'admission', admission: admitted },
      2,
      0x85,
    ],
    [
      "another terminal's will",
      will({ topic: 'tg/1/SN-2/state' }),
      { kind: 'admission', admission: admitted },
      5,
      0x87,
    ],
    [
      'a revoked certificate',
      {},
      { kind: 'admission', admission: { ok: false, code: 'CERTIFICATE_REVOKED' } },
      5,
      0x87,
    ],
    [
      'a node going down',
      {},
      { kind: 'admission', admission: { ok: false, code: 'DRAINING' } },
      3,
      0x88,
    ],
    [
      'too many',
      {},
      { kind: 'admission', admission: { ok: false, code: 'RATE_LIMITED' } },
      3,
      0x9f,
    ],
    ['records that fail', {}, { kind: 'admission-failed' }, 3, 0x88],
    ['records that are silent', {}, { kind: 'timer', timer: 'deadline' }, 3, 0x88],
    ['our own end', {}, { kind: 'close', reason: 'server-stopping' }, 3, 0x88],
  ]
  test.each(late)('is refused after asking: %s', (_what, changes, answer, code, reason) => {
    for (const version of versions) {
      const run = new Run().packet(connect(version, changes))
      run.take()
      run.input(answer)
      expect(run.effects.some((effect) => effect.do === 'enter' || effect.do === 'end')).toBe(false)
      const said = version === 4 ? { returnCode: code } : { reasonCode: reason }
      expect(run.written()).toEqual([{ cmd: 'connack', sessionPresent: false, ...said }])
    }
  })

  test('is refused in words that its version has', () => {
    const refusal = (reason: number, level: number | undefined): unknown[] => {
      const fault = { reason, rule: '' }
      return new Run().input({ kind: 'packet-fault', fault, level }).written()
    }
    const { unsupportedProtocolVersion: version, malformedPacket: malformed } = reasons
    const connack = { cmd: 'connack', sessionPresent: false } as const
    expect(refusal(version, 3)).toEqual([{ ...connack, returnCode: 1 }])
    expect(refusal(version, 6)).toEqual([{ ...connack, reasonCode: 0x84 }])
    expect(refusal(malformed, 5)).toEqual([{ ...connack, reasonCode: 0x81 }])
    expect(refusal(malformed, 4)).toEqual([])
    expect(refusal(malformed, undefined)).toEqual([])
  })

  test.each([
    ['another packet', { kind: 'packet', packet: { cmd: 'pingreq' } }],
    ['nothing in time', { kind: 'timer', timer: 'deadline' }],
    ['too much', { kind: 'frame-fault', fault: 'too-large' }],
  ] as const)('is missed: %s closes without a word', (_what, input) => {
    const run = new Run().input(input)
    expect(run.state.phase).toBe('closing')
    expect(run.effects.map((effect) => effect.do)).toEqual(['arm', 'refuse'])
  })

  test('ends the session when it comes again', () => {
    const run = connected(5).packet(connect(5))
    expect(endOf(run.effects)).toEqual(['protocol-error', undefined])
    expect(run.written()).toEqual([{ cmd: 'disconnect', reasonCode: 0x82 }])
  })
})

describe('what ends a session', () => {
  const forbidden: readonly (readonly [string, InboundPacket, string, number])[] = [
    ['QoS 2', publish({ qos: 2 }), 'protocol-error', 0x9b],
    ['RETAIN', publish({ retain: true }), 'protocol-error', 0x9a],
    ['a topic alias', publish({ aliased: true }), 'protocol-error', 0x94],
    ["another terminal's topic", publish({ topic: 'tg/1/SN-2/up' }), 'not-authorized', 0x87],
    ['its own down topic', publish({ topic: `tg/1/${sn}/down` }), 'not-authorized', 0x87],
    [
      'a subscription identifier',
      { cmd: 'subscribe', packetId: 1, requests: [], identified: true },
      'protocol-error',
      0xa1,
    ],
    [
      'a session expiry in DISCONNECT',
      { cmd: 'disconnect', reason: 0, sessionExpiryS: 9 },
      'protocol-error',
      0x82,
    ],
  ]
  test.each(forbidden)('%s', (_what, packet, reason, code) => {
    for (const version of versions) {
      const run = connected(version, will()).packet(packet)
      expect(endOf(run.effects)).toEqual([reason, new Uint8Array([9])])
      const said = version === 5 ? [{ cmd: 'disconnect', reasonCode: code }] : []
      expect(run.written()).toEqual(said)
      run.packet(publish())
      expect(run.take()).toEqual([])
    }
  })

  const closings = [
    ['replaced', 0x8e, true],
    ['revoked', 0x87, false],
    ['server-moved', 0x9c, false],
    ['server-stopping', 0x8b, false],
    ['records-unavailable', 0x89, true],
    ['quota', 0x97, true],
  ] as const
  test.each(closings)('our own reason: %s', (reason, reasonCode, withWill) => {
    const run = connected(5, will()).input({ kind: 'close', reason })
    expect(endOf(run.effects)).toEqual([reason, withWill ? new Uint8Array([9]) : undefined])
    expect(run.written()).toEqual([{ cmd: 'disconnect', reasonCode }])
  })

  test('only DISCONNECT with 0x00 takes the will back', () => {
    for (const [reason, left] of [
      [0x00, undefined],
      [0x04, new Uint8Array([9])],
      [0x80, new Uint8Array([9])],
    ] as const) {
      const packet = { cmd: 'disconnect', reason, sessionExpiryS: undefined } as const
      expect(endOf(connected(5, will()).packet(packet).effects)).toEqual(['disconnected', left])
    }
  })

  test('a socket that is gone: the will goes out, nothing is written', () => {
    const run = connected(5, will()).input({ kind: 'gone' })
    expect(endOf(run.effects)).toEqual(['peer', new Uint8Array([9])])
    expect(run.written()).toEqual([])
  })

  test('after the last word only time and the end of the socket count', () => {
    const run = connected(5).input({ kind: 'close', reason: 'quota' })
    run.take()
    run.input({ kind: 'uplink-answered', number: 1, outcome: done }).input({ kind: 'drain' })
    run.input({ kind: 'close', reason: 'revoked' })
    expect(run.take()).toEqual([])
    run.input({ kind: 'timer', timer: 'deadline' })
    expect(run.take()).toEqual([{ do: 'destroy' }])
    expect(run.input({ kind: 'gone' }).take()).toEqual([{ do: 'disarm', timer: 'deadline' }])
  })
})

describe('subscriptions', () => {
  const granted = (version: MqttVersion, ...filters: readonly string[]): unknown => {
    const requests = filters.map((filter) => ({ filter, qos: 2 as const }))
    const run = connected(version)
    run.packet({ cmd: 'subscribe', packetId: 3, requests, identified: false })
    expect(run.state.phase).toBe('connected')
    const [suback] = run.written() as readonly { granted: number[] }[]
    return suback?.granted
  }

  test('its own down topic at QoS 1 at most, and nothing else', () => {
    const filters = [
      `tg/1/${sn}/down`,
      `tg/1/${sn}/up`,
      'tg/1/SN-2/down',
      '#',
      `tg/1/${sn}/+`,
      `$share/g/tg/1/${sn}/down`,
      '$SYS/broker',
    ]
    expect(granted(4, ...filters)).toEqual([1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80])
    expect(granted(5, ...filters)).toEqual([1, 0x87, 0x87, 0xa2, 0xa2, 0x9e, 0x87])
  })

  test('the handler hears of it once, and again after UNSUBSCRIBE', () => {
    const run = subscribed(5)
    const requests = [{ filter: `tg/1/${sn}/down`, qos: 0 as const }]
    const again = { cmd: 'subscribe', packetId: 2, requests, identified: false } as const
    expect(
      run
        .packet(again)
        .take()
        .map((effect) => effect.do),
    ).toEqual(['write'])
    run.packet({ cmd: 'unsubscribe', packetId: 3, filters: [`tg/1/${sn}/down`, 'x'] })
    expect(run.written()).toEqual([{ cmd: 'unsuback', messageId: 3, granted: [0, 0x11] }])
    expect(sendOutcome(run.state, new Uint8Array(1), limits)).toBe('closed')
    expect(
      run
        .packet(again)
        .take()
        .map((effect) => effect.do),
    ).toEqual(['write', 'subscribed'])
  })
})

describe('uplinks', () => {
  test('are acknowledged in order after the handler has answered', () => {
    const run = connected(4)
      .packet(publish({ packetId: 5 }))
      .packet(publish({ packetId: 6 }))
    expect(run.take().map((effect) => effect.do)).toEqual(['uplink', 'uplink'])
    run.input({ kind: 'uplink-answered', number: 2, outcome: done })
    expect(run.take()).toEqual([])
    run.input({ kind: 'uplink-answered', number: 1, outcome: { ok: false, code: 'BAD_MAC' } })
    expect(run.written()).toEqual([
      { cmd: 'puback', messageId: 5 },
      { cmd: 'puback', messageId: 6 },
    ])
  })

  test.each([
    ['MALFORMED', 0x99],
    ['BAD_SIGNATURE', 0x87],
    ['STALE_UPLINK', 0x83],
    ['QUEUE_FULL', 0x97],
  ] as const)('refused with %s say so on MQTT 5', (code, reasonCode) => {
    const run = connected(5).packet(publish())
    run.take()
    run.input({ kind: 'uplink-answered', number: 1, outcome: { ok: false, code } })
    expect(run.written()).toEqual([{ cmd: 'puback', messageId: 5, reasonCode }])
  })

  test('that cannot be made durable end the session unacknowledged', () => {
    const run = connected(5).packet(publish())
    run.take()
    run.input({ kind: 'uplink-failed' })
    expect(endOf(run.effects)?.toString()).toContain('records-unavailable')
    expect(run.written()).toEqual([{ cmd: 'disconnect', reasonCode: 0x89 }])
  })

  test('beyond the window wait; PINGREQ is answered; reading stops when the hold is full', () => {
    const run = connected(4)
    for (let index = 0; index < 16; index += 1) run.packet(publish())
    run.take()
    const payload = new Uint8Array(limits.heldBytesMax / 2)
    run.packet(publish({ payload }))
    expect(run.take()).toEqual([])
    expect(mayRead(run.state, limits)).toBe(true)
    run.packet({ cmd: 'pingreq' })
    expect(run.written()).toEqual([{ cmd: 'pingresp' }])
    run.packet(publish({ payload }))
    expect(mayRead(run.state, limits)).toBe(false)
    expect(run.take()).toEqual([{ do: 'arm', timer: 'stalled', ms: limits.stalledMsMax }])
    run.input({ kind: 'uplink-answered', number: 1, outcome: done })
    expect(mayRead(run.state, limits)).toBe(true)
    expect(run.effects.at(-1)).toEqual({ do: 'disarm', timer: 'stalled' })
  })

  test('that the handler never answers end the session in the end', () => {
    const run = connected(4)
    for (let index = 0; index < 16; index += 1) run.packet(publish())
    run.packet(publish({ payload: new Uint8Array(limits.heldBytesMax) }))
    run.take()
    run.input({ kind: 'timer', timer: 'stalled' })
    expect(endOf(run.effects)).toEqual(['records-unavailable', undefined])
  })
})

describe('downlinks', () => {
  const payload = new Uint8Array([1, 2])

  test('go to the own topic at the granted QoS and tell of their PUBACK once', () => {
    const run = subscribed(5)
    let told = 0
    const ticket = (): void => void (told += 1)
    run.input({ kind: 'send', payload, ticket })
    expect(run.written()).toMatchObject([
      { cmd: 'publish', topic: `tg/1/${sn}/down`, qos: 1, messageId: 1, retain: false, dup: false },
    ])
    run.packet({ cmd: 'puback', packetId: 2, reason: 0 })
    expect(run.take()).toEqual([])
    run.packet({ cmd: 'puback', packetId: 1, reason: 0x10 })
    const [effect] = run.take()
    if (effect?.do === 'delivered') effect.tell()
    run.packet({ cmd: 'puback', packetId: 1, reason: 0 })
    expect(run.take()).toEqual([])
    expect(told).toBe(1)
  })

  test('that the terminal refuses are not delivered', () => {
    const run = subscribed(5)
    run.input({ kind: 'send', payload, ticket: () => undefined })
    run.take()
    run.packet({ cmd: 'puback', packetId: 1, reason: 0x97 })
    expect(run.take()).toEqual([])
  })

  test("stay within the client's Receive Maximum and Maximum Packet Size", () => {
    const run = subscribed(5, { receiveMaximum: 1, packetBytesMax: 256 })
    expect(sendOutcome(run.state, new Uint8Array(250), limits)).toBe('full')
    expect(sendOutcome(run.state, new Uint8Array(200), limits)).toBe('queued')
    run.input({ kind: 'send', payload, ticket: undefined })
    run.input({ kind: 'send', payload, ticket: undefined })
    expect(run.take().map((effect) => effect.do)).toEqual(['write', 'arm'])
    run.packet({ cmd: 'puback', packetId: 1, reason: 0 })
    expect(run.written()).toMatchObject([{ messageId: 2 }])
  })

  test('are refused when too many wait, and the session ends when none of them leaves', () => {
    const run = subscribed(4)
    while (sendOutcome(run.state, payload, limits) === 'queued') {
      run.input({ kind: 'send', payload, ticket: undefined })
    }
    const count = run.effects.filter((effect) => effect.do === 'write').length
    expect(count).toBe(limits.downlinksInFlightMax)
    run.take()
    run.at += limits.unreadMsMax - 1
    run.input({ kind: 'timer', timer: 'unread' })
    expect(run.take()).toEqual([{ do: 'arm', timer: 'unread', ms: 1 }])
    run.at += 1
    run.input({ kind: 'timer', timer: 'unread' })
    expect(endOf(run.effects)).toEqual(['quota', undefined])
  })

  test('do not go to who has not subscribed, nor into output that is full', () => {
    expect(sendOutcome(connected(4).state, payload, limits)).toBe('closed')
    const run = subscribed(4).input({ kind: 'output-full' })
    expect(sendOutcome(run.state, payload, limits)).toBe('full')
    expect(mayRead(run.state, limits)).toBe(false)
    run.input({ kind: 'output-free' })
    expect(sendOutcome(run.state, payload, limits)).toBe('queued')
  })
})

describe('the keep-alive', () => {
  const overdue = { kind: 'timer', timer: 'deadline' } as const

  test('counts from the last whole packet', () => {
    const run = connected(4)
    run.at += 60_000
    run.packet({ cmd: 'pingreq' })
    run.take()
    run.at += 30_000
    expect(run.input(overdue).take()).toEqual([{ do: 'arm', timer: 'deadline', ms: 60_000 }])
  })

  test('looks once more before it ends a session', () => {
    const run = connected(5)
    run.at += 90_000
    run.input(overdue)
    expect(run.take()).toEqual([{ do: 'arm', timer: 'deadline', ms: limits.keepAliveGraceMs }])
    run.at += limits.keepAliveGraceMs
    run.input(overdue)
    expect(endOf(run.effects)).toEqual(['keep-alive', undefined])
    expect(run.written()).toEqual([{ cmd: 'disconnect', reasonCode: 0x8d }])
  })

  test('stands still while we do not read', () => {
    const run = connected(4).input({ kind: 'output-full' })
    run.at += 1_000_000
    expect(run.input(overdue).state.phase).toBe('connected')
    run.input({ kind: 'output-free' })
    run.take()
    run.at += 89_999
    expect(run.input(overdue).take()).toEqual([{ do: 'arm', timer: 'deadline', ms: 1 }])
  })
})

describe('draining', () => {
  test('an idle session leaves at once', () => {
    const run = connected(5).input({ kind: 'drain' })
    expect(run.written()).toEqual([{ cmd: 'disconnect', reasonCode: 0x9c }])
  })

  test('a busy one begins nothing new and leaves after its last PUBACK', () => {
    const run = connected(4).packet(publish({ packetId: 5 }))
    run.take()
    run.input({ kind: 'drain' }).packet(publish({ packetId: 6 }))
    expect(run.take().map((effect) => effect.do)).toEqual(['arm'])
    run.input({ kind: 'uplink-answered', number: 1, outcome: done })
    expect(endOf(run.effects)).toEqual(['server-moved', undefined])
    expect(run.written()).toEqual([{ cmd: 'puback', messageId: 5 }])
  })

  test('and does not wait for ever', () => {
    const run = connected(4).packet(publish()).input({ kind: 'drain' })
    run.input({ kind: 'timer', timer: 'drain' })
    expect(endOf(run.effects)).toEqual(['server-moved', undefined])
  })
})
