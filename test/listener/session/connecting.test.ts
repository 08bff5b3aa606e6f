import { describe, expect, test } from 'vitest'
import { listenerLimits as limits } from '../../../gateway/src/adapters/link/listener/limits.js'
import type { Connect } from '../../../gateway/src/adapters/link/listener/packets/inbound.js'
import { reasons } from '../../../gateway/src/adapters/link/listener/reason-codes.js'
import { mayRead } from '../../../gateway/src/adapters/link/listener/session/session-machine.js'
import type { SessionInput } from '../../../gateway/src/adapters/link/listener/session/session-state.js'
import { admitted, connect, Run, sn, versions } from './machine-run.js'

const will = (changes: Partial<NonNullable<Connect['will']>> = {}): Partial<Connect> => ({
  will: {
    topic: `tg/1/${sn}/state`,
    qos: 0,
    retain: false,
    payload: new Uint8Array([9]),
    ...changes,
  },
})

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
})
