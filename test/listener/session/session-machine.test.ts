import { describe, expect, test } from 'vitest'
import { listenerLimits as limits } from '../../../gateway/src/adapters/link/listener/limits.js'
import type {
  Connect,
  InboundPacket,
  Publish,
} from '../../../gateway/src/adapters/link/listener/packets/inbound.js'
import { mayRead } from '../../../gateway/src/adapters/link/listener/session/session-machine.js'
import type { SessionEffect } from '../../../gateway/src/adapters/link/listener/session/session-state.js'
import { connect, connected, sn, versions } from './machine-run.js'

const done = { ok: true } as const

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

describe('what ends a session', () => {
  test('a second CONNECT', () => {
    const run = connected(5).packet(connect(5))
    expect(endOf(run.effects)).toEqual(['protocol-error', undefined])
    expect(run.written()).toEqual([{ cmd: 'disconnect', reasonCode: 0x82 }])
  })

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
