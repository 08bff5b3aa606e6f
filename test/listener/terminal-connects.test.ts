import { once } from 'node:events'
import { get } from 'node:https'
import { connect as connectTcp } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { connectAsync } from 'mqtt'
import type { IClientOptions } from 'mqtt'
import { describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { waitFor } from '../ground/index.js'
import { selfSigned } from './certificates.js'
import { openHarness } from './harness.js'
import type { Harness } from './harness.js'
import { connectPacket, rawClient, rawSocket, subscribeDown } from './raw-client.js'

const host = '127.0.0.1'
const both = { tls: { host, port: 0 }, wss: { host, port: 0 } }

const urlOf = ({ listener }: Harness, transport: 'tls' | 'wss'): string =>
  transport === 'tls'
    ? `mqtts://${host}:${listener.ports.tls!}`
    : `wss://${host}:${listener.ports.wss!}/mqtt`

const clientOptions = (harness: Harness, protocolVersion: 4 | 5): IClientOptions =>
  ({
    key: harness.terminal.key,
    cert: harness.terminal.cert,
    rejectUnauthorized: false,
    clientId: harness.sn,
    protocolVersion,
    reconnectPeriod: 0,
    wsOptions: {
      key: harness.terminal.key,
      cert: harness.terminal.cert,
      rejectUnauthorized: false,
    },
  }) as IClientOptions

describe.each(['tls', 'wss'] as const)('with MQTT.js over %s', (transport) => {
  test.each([4, 5] as const)('version %i goes up, down and away', async (version) => {
    const harness = await openHarness(both)
    const { handler, listener, sn } = harness
    const client = await connectAsync(urlOf(harness, transport), clientOptions(harness, version))
    const arrived: string[] = []
    client.on('message', (topic, payload) => arrived.push(`${topic} ${payload.toString()}`))
    await client.subscribeAsync(`tg/1/${sn}/down`, { qos: 1 })
    await client.publishAsync(`tg/1/${sn}/up`, 'hello', { qos: 1 })
    await client.publishAsync(`tg/1/${sn}/state`, 'heartbeat', { qos: 0 })
    let delivered = 0
    const large = 'x'.repeat(60_000)
    const session = handler.sessions.get(sn)!
    expect(session.send(Buffer.from('first'), () => delivered++)).toBe('queued')
    expect(session.send(Buffer.from(large), () => delivered++)).toBe('queued')
    await waitFor(() => delivered === 2, { what: 'two PUBACKs' })
    expect(arrived).toEqual([`tg/1/${sn}/down first`, `tg/1/${sn}/down ${large}`])
    await client.publishAsync(`tg/1/${sn}/up`, large, { qos: 1 })
    expect(handler.uplinks.at(-1)!.text).toBe(large)
    await client.endAsync()
    await waitFor(() => listener.sessionCount === 0, { what: 'the end of the session' })
    expect(handler.events).toEqual([
      `opened ${sn}`,
      `subscribed ${sn}`,
      'up hello',
      'state heartbeat',
      `up ${large.slice(0, 40)}`,
      `closed ${sn} disconnected`,
    ])
    const { certificateSha256, ...request } = handler.requests[0]!
    expect(Buffer.from(certificateSha256).toString('hex')).toBe(harness.terminal.sha256)
    expect(request).toEqual({
      clientId: sn,
      mqttVersion: version,
      resumed: false,
      remoteAddress: host,
      transport,
    })
  })
})

describe('is let in by nobody but the handler', () => {
  test.each([
    [4, { returnCode: 2 }],
    [5, { reasonCode: 0x85 }],
  ] as const)('another client id than the serial number, version %i', async (version, said) => {
    const harness = await openHarness()
    const client = await rawSocket(harness, { version })
    client.send(connectPacket({ sn: 'SN-0002' }, version))
    expect(await client.next('connack')).toMatchObject(said)
    await client.closed()
    expect(harness.handler.events).toEqual([])
  })

  test('a certificate that is not registered', async () => {
    const harness = await openHarness()
    const client = await rawSocket({ ...harness, terminal: selfSigned(harness.sn) }, { version: 5 })
    client.send(connectPacket(harness, 5))
    expect(await client.next('connack')).toMatchObject({ reasonCode: 0x87 })
    await client.closed()
  })

  test('no certificate: closed before anything is read', async () => {
    const harness = await openHarness({ ...both, limits: { connectMsMax: 3_600_000 } })
    for (const port of [harness.listener.ports.tls!, harness.listener.ports.wss!]) {
      const socket = connectTls({ host, port, rejectUnauthorized: false })
      socket.on('error', () => undefined)
      await once(socket, 'close')
    }
    await waitFor(() => harness.listener.counters().get('without-certificate') === 2, {
      what: 'both to be counted',
    })
    expect(harness.handler.requests).toEqual([])
  })

  test('records that do not answer', async () => {
    const harness = await openHarness()
    harness.handler.admission = () => Promise.reject(new Error('no disk'))
    const client = await rawSocket(harness, { version: 5 })
    client.send(connectPacket(harness, 5))
    expect(await client.next('connack')).toMatchObject({ reasonCode: 0x88 })
  })

  test('what is sent before CONNACK waits for the answer', async () => {
    const harness = await openHarness()
    const { handler, sn } = harness
    let admit = (): void => undefined
    handler.admission = (request) =>
      new Promise((resolve) => {
        admit = () => resolve(handler.byRecords(request))
      })
    const client = await rawSocket(harness)
    const up = { topic: `tg/1/${sn}/up`, qos: 1, messageId: 2, dup: false, retain: false } as const
    client.send(connectPacket(harness, 4), { cmd: 'publish', ...up, payload: 'x'.repeat(20_000) })
    await waitFor(() => handler.requests.length === 1, { what: 'the question' })
    expect(handler.uplinks).toEqual([])
    admit()
    await client.next('puback')
    expect(handler.events[0]).toBe(`opened ${sn}`)
  })
})

describe('takes too long, or comes too often', () => {
  test.each(['nothing at all', 'TLS and nothing more', 'half a CONNECT'])('%s', async (what) => {
    const harness = await openHarness({ limits: { connectMsMax: 300 } })
    const { listener } = harness
    if (what === 'nothing at all') {
      const socket = connectTcp({ host, port: listener.ports.tls! })
      await once(socket, 'close')
    } else {
      const client = await rawSocket(harness)
      if (what === 'half a CONNECT') client.write('101000044d51')
      await client.closed()
    }
    expect(harness.handler.requests).toEqual([])
  })

  test('more half-open sockets than one address may have are turned away', async () => {
    const harness = await openHarness({ limits: { halfOpenPerAddressMax: 2 } })
    const { listener } = harness
    const first = await rawSocket(harness)
    await rawSocket(harness)
    const third = connectTcp({ host, port: listener.ports.tls! })
    third.on('error', () => undefined)
    await once(third, 'close')
    expect(listener.counters().get('turned-away')).toBe(1)
    // Half-open no more, the first one's place is free.
    first.send(connectPacket(harness, 4))
    await first.next('connack')
    await rawSocket(harness)
  })
})

describe('over WebSocket', () => {
  const webSocket = (harness: Harness, path: string, protocols: string[]): WebSocket => {
    const { key, cert } = harness.terminal
    const url = `wss://${host}:${harness.listener.ports.wss!}${path}`
    const socket = new WebSocket(url, protocols, { key, cert, rejectUnauthorized: false })
    socket.on('error', () => undefined)
    return socket
  }

  test.each([
    ['/other', ['mqtt'], 404],
    ['/mqtt', ['chat'], 400],
    ['/mqtt', [], 400],
  ] as const)('only %s with %j is refused', async (path, protocols, status) => {
    const harness = await openHarness(both)
    const socket = webSocket(harness, path, [...protocols])
    const [, response] = (await once(socket, 'unexpected-response')) as [
      unknown,
      { statusCode: number; resume: () => void },
    ]
    expect(response.statusCode).toBe(status)
    socket.terminate()
  })

  test('plain HTTP is told that it is in the wrong place', async () => {
    const harness = await openHarness(both)
    const { key, cert } = harness.terminal
    const port = harness.listener.ports.wss!
    const asked = get({ host, port, path: '/mqtt', key, cert, rejectUnauthorized: false })
    const [response] = (await once(asked, 'response')) as [
      { statusCode: number; resume: () => void },
    ]
    response.resume()
    expect(response.statusCode).toBe(426)
  })

  test('text is no MQTT [MQTT-6.0.0-1]', async () => {
    const harness = await openHarness(both)
    const socket = webSocket(harness, '/mqtt', ['mqtt'])
    await once(socket, 'open')
    socket.send('CONNECT')
    expect((await once(socket, 'close'))[0]).toBe(1003)
  })

  test('a packet may be spread over messages, and a message hold several [MQTT-6.0.0-4]', async () => {
    const harness = await openHarness(both)
    const socket = webSocket(harness, '/mqtt', ['mqtt'])
    const received: string[] = []
    socket.on('message', (data: Buffer) => received.push(data.toString('hex')))
    await once(socket, 'open')
    const sn = Buffer.from(harness.sn)
    const connect = Buffer.concat([
      Buffer.from([0x10, 12 + sn.length]),
      Buffer.from('00044d5154540402003c', 'hex'),
      Buffer.from([0, sn.length]),
      sn,
    ])
    for (const byte of connect) socket.send(Buffer.from([byte]))
    await waitFor(() => received.length === 1, { what: 'CONNACK' })
    socket.send(Buffer.from('c000c000', 'hex'))
    await waitFor(() => received.join('') === '20020000d000d000', { what: 'two PINGRESP' })
    socket.close()
  })
})

test('several downlinks of one turn leave in one write', async () => {
  const harness = await openHarness()
  const client = await rawClient(harness, 4)
  await subscribeDown(client, harness.sn)
  let reads = 0
  client.socket.on('data', () => (reads += 1))
  const session = harness.handler.sessions.get(harness.sn)!
  for (let index = 0; index < 10; index += 1) session.send(Buffer.alloc(200))
  await waitFor(() => client.packets.length === 10, { what: 'ten downlinks' })
  expect(reads).toBe(1)
})
