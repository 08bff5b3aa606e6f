import { describe, expect, test } from 'vitest'
import { listenerLimits as limits } from '../../../gateway/src/adapters/link/listener/limits.js'
import type {
  Connect,
  MqttVersion,
} from '../../../gateway/src/adapters/link/listener/packets/inbound.js'
import { sendOutcome } from '../../../gateway/src/adapters/link/listener/session/downlinks.js'
import { mayRead } from '../../../gateway/src/adapters/link/listener/session/session-machine.js'
import type { SessionEffect } from '../../../gateway/src/adapters/link/listener/session/session-state.js'
import type { Run } from './machine-run.js'
import { connected, sn } from './machine-run.js'

const subscribed = (version: MqttVersion, changes: Partial<Connect> = {}): Run => {
  const requests = [{ filter: `tg/1/${sn}/down`, qos: 1 as const }]
  const run = connected(version, changes)
  run.packet({ cmd: 'subscribe', packetId: 1, requests, identified: false })
  run.take()
  return run
}

const endOf = (effects: readonly SessionEffect[]): unknown => {
  const end = effects.find((effect) => effect.do === 'end')
  return end?.do === 'end' ? [end.reason, end.will] : undefined
}

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
