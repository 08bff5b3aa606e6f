import { generate, parser, type Packet } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { createManualTime, type ManualTime } from '../system/manual-time.js'
import { transportLimits } from './limits.js'
import { MqttSession } from './mqtt-session.js'

interface Rig {
  readonly session: MqttSession
  readonly sent: Packet[]
  readonly heard: string[]
  readonly time: ManualTime
  readonly state: { destroyed: boolean }
  give(packet: Packet): void
}

const identity = { key: '', certificate: '', chain: '' }

const rig = (version: 4 | 5 = 4, keepAliveS = 60): Rig => {
  const time = createManualTime(0)
  const sent: Packet[] = []
  const heard: string[] = []
  const state = { destroyed: false }
  const reader = parser({ protocolVersion: version })
  reader.on('packet', (packet) => sent.push({ ...packet }))
  const session = new MqttSession(
    { sn: 'T1', clientId: 'T1', will: Uint8Array.of(7), identity },
    {
      connected: () => heard.push('connected'),
      disconnected: (reason) => heard.push(`disconnected: ${reason}`),
      packet: (payload, token) => heard.push(`packet ${String(payload[0])} ${String(token)}`),
      acknowledged: (token) => heard.push(`acknowledged ${String(token)}`),
    },
    { version, keepAliveS, timers: time },
    {
      write: (bytes) => void reader.parse(Buffer.from(bytes)),
      flush: () => undefined,
      destroy: () => {
        state.destroyed = true
      },
    },
  )
  const give = (packet: Packet): void =>
    session.received(generate(packet, { protocolVersion: version }))
  return { session, sent, heard, time, state, give }
}

const connack = (returnCode: number): Packet =>
  ({ cmd: 'connack', returnCode, sessionPresent: false }) as Packet
const connack5: Packet = { cmd: 'connack', reasonCode: 0, sessionPresent: false }

const up = (version: 4 | 5 = 4): Rig => {
  const made = rig(version)
  made.session.start()
  made.give(version === 4 ? connack(0) : connack5)
  made.give({ cmd: 'suback', messageId: 1, granted: [1] })
  return made
}

const publish = (token: number): Parameters<MqttSession['publish']>[0] => ({
  channel: 'up',
  qos: 1,
  payload: Uint8Array.of(token),
  token,
})

describe.each([4, 5] as const)('MQTT version %i', (version) => {
  test('connects with a will on the state topic, and subscribes to its own topic at QoS 1', () => {
    const { sent, heard } = up(version)
    expect(sent[0]).toMatchObject({
      cmd: 'connect',
      clientId: 'T1',
      clean: true,
      protocolVersion: version,
      keepalive: 60,
    })
    expect(sent[0]).toMatchObject({ will: { topic: 'tg/1/T1/state', qos: 0, retain: false } })
    expect(sent[1]).toMatchObject({
      cmd: 'subscribe',
      subscriptions: [{ topic: 'tg/1/T1/down', qos: 1 }],
    })
    expect(heard).toEqual(['connected'])
  })

  test('tells a PUBLISH with its packet id, and acknowledges when it is told to', () => {
    const { session, sent, heard, give } = up(version)
    give({
      cmd: 'publish',
      topic: 'tg/1/T1/down',
      qos: 1,
      dup: false,
      retain: false,
      messageId: 9,
      payload: Buffer.from([5]),
    })
    expect(heard).toContain('packet 5 9')
    expect(sent.filter(({ cmd }) => cmd === 'puback')).toEqual([])
    session.puback(9)
    expect(sent.at(-1)).toMatchObject({ cmd: 'puback', messageId: 9 })
  })
})

test('a refused CONNECT or subscription ends the link with its reason, once', () => {
  const refused = rig()
  refused.session.start()
  refused.give(connack(5))
  refused.session.ended('closed')
  expect(refused.heard).toEqual(['disconnected: refused with 5'])
  expect(refused.state.destroyed).toBe(true)

  const unsubscribed = rig()
  unsubscribed.session.start()
  unsubscribed.give(connack(0))
  unsubscribed.give({ cmd: 'suback', messageId: 1, granted: [0x80] })
  expect(unsubscribed.heard).toEqual(['disconnected: subscription refused'])
})

test('a server that says nothing is given up after its time', () => {
  const { session, heard, time } = rig()
  session.start()
  time.advance(transportLimits.connectMsMax)
  expect(heard).toEqual(['disconnected: no connection in time'])
  expect(time.pending()).toBe(0)
})

test('at sixteen unacknowledged the next ones wait, in order', () => {
  const { session, sent, heard, give } = up()
  for (let token = 101; token <= 120; token++) session.publish(publish(token))
  const published = (): Packet[] => sent.filter(({ cmd }) => cmd === 'publish')
  expect(published()).toHaveLength(16)
  const first = published()[0]?.messageId ?? 0
  give({ cmd: 'puback', messageId: first })
  give({ cmd: 'puback', messageId: first })
  expect(heard.filter((one) => one.startsWith('acknowledged'))).toEqual(['acknowledged 101'])
  expect(published()).toHaveLength(17)
  expect(published().at(-1)).toMatchObject({ topic: 'tg/1/T1/up', payload: Buffer.from([117]) })
  session.publish({ channel: 'state', qos: 0, payload: Uint8Array.of(1), token: 0 })
  expect(published().at(-1)).toMatchObject({ topic: 'tg/1/T1/state', qos: 0 })
})

test('it pings when its keep-alive asks, and cuts a line that does not answer', () => {
  const { sent, heard, time, give } = up()
  time.advance(60_000)
  expect(sent.at(-1)).toMatchObject({ cmd: 'pingreq' })
  give({ cmd: 'pingresp' })
  time.advance(transportLimits.pingMsMax + 60_000)
  expect(sent.filter(({ cmd }) => cmd === 'pingreq')).toHaveLength(2)
  expect(heard).toEqual(['connected'])
  time.advance(transportLimits.pingMsMax + transportLimits.pingUnreadMs)
  expect(heard.at(-1)).toBe('disconnected: half-open: no PINGRESP')
  expect(time.pending()).toBe(0)
})

test('a process that stood still does not take its own standing still for a dead line', () => {
  const { heard, time, give } = up()
  time.advance(60_000)
  time.advance(transportLimits.pingMsMax)
  give({ cmd: 'pingresp' })
  time.advance(transportLimits.pingUnreadMs)
  expect(heard).toEqual(['connected'])
})

test('a silent line passes nothing, and ends by the keep-alive and by nothing else', () => {
  const { session, sent, heard, time, give } = up()
  session.silence()
  session.publish(publish(1))
  give({ cmd: 'pingresp' })
  session.ended('the server has closed it')
  expect(sent.some(({ cmd }) => cmd === 'publish')).toBe(false)
  expect(heard).toEqual(['connected'])
  time.advance(60_000 + transportLimits.pingMsMax + transportLimits.pingUnreadMs)
  expect(sent.some(({ cmd }) => cmd === 'pingreq')).toBe(false)
  expect(heard.at(-1)).toBe('disconnected: half-open: no PINGRESP')
})

test('what is no MQTT ends the link', () => {
  const { session, heard } = up()
  session.received(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff))
  expect(heard.at(-1)).toBe('disconnected: what came is no MQTT')
})

test('closing says DISCONNECT, cutting says nothing', () => {
  const closed = up()
  closed.session.close()
  expect(closed.sent.at(-1)).toMatchObject({ cmd: 'disconnect' })
  const cut = up()
  cut.session.cut()
  expect(cut.sent.some(({ cmd }) => cmd === 'disconnect')).toBe(false)
  expect(cut.state.destroyed).toBe(true)
  cut.session.publish(publish(1))
  expect(cut.sent.some(({ cmd }) => cmd === 'publish')).toBe(false)
})
