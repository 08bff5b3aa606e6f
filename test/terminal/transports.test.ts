// The transports over real sockets, against a server of a few lines that speaks just enough MQTT.
import {
  createTlsTransport,
  createWsTransport,
  openTransport,
  systemTimers,
} from '@tillgate/device-sim'
import { startHost, systemClock, systemEntropy } from '@tillgate/device-sim'
import type { Link, LinkEvents, TlsIdentity, Transport } from '@tillgate/device-sim'
import { nodePrimitives } from '@tillgate/protocol/node'
import { generate, parser, type Packet } from 'mqtt-packet'
import { readFileSync } from 'node:fs'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createServer as createTls, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWebSocketStream, WebSocketServer } from 'ws'
import type { Duplex } from 'node:stream'
import { tempFolder, waitFor } from '../ground/index.js'

interface Served {
  readonly packets: Packet[]
  readonly resumed: boolean
  readonly stream: Duplex
  isClosed: boolean
}

const served: Served[] = []
const closers: (() => Promise<void>)[] = []
let pem: { key: string; cert: string }
let identity: TlsIdentity
let tlsPort = 0
let wssPort = 0

const speak = (stream: Duplex, resumed: boolean): Served => {
  const one: Served = { packets: [], resumed, stream, isClosed: false }
  served.push(one)
  const reader = parser()
  const say = (packet: Packet): void => void stream.write(generate(packet))
  reader.on('packet', (packet) => {
    one.packets.push({ ...packet })
    if (packet.cmd === 'connect') say({ cmd: 'connack', returnCode: 0, sessionPresent: false })
    if (packet.cmd === 'subscribe') {
      say({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: [1] })
    }
    if (packet.cmd === 'publish' && packet.qos === 1) {
      say({ cmd: 'puback', messageId: packet.messageId ?? 0 })
      say({
        cmd: 'publish',
        topic: 'tg/1/T1/down',
        qos: 1,
        dup: false,
        retain: false,
        messageId: 77,
        payload: packet.payload,
      })
    }
  })
  stream.on('data', (bytes: Buffer) => reader.parse(bytes))
  stream.on('error', () => undefined)
  stream.on('close', () => {
    one.isClosed = true
  })
  return one
}

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port

beforeAll(async () => {
  // The simulated host's self-made certificate serves here as everybody's.
  const folder = tempFolder('transports')
  const host = await startHost({
    folder,
    clock: systemClock,
    timers: systemTimers,
    entropy: systemEntropy,
    crypto: nodePrimitives,
  })
  await host.stop()
  const both = readFileSync(`${folder}/host-identity.pem`, 'utf8')
  const at = both.indexOf('-----BEGIN CERTIFICATE-----')
  pem = { key: both.slice(0, at), cert: both.slice(at) }
  identity = { key: pem.key, certificate: pem.cert, chain: pem.cert }

  const tls = createTls({ ...pem, sessionIdContext: 'test' }, (socket: TLSSocket) =>
    speak(socket, socket.isSessionReused()),
  )
  await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve))
  tlsPort = portOf(tls)
  const https = createHttps(pem)
  const sockets = new WebSocketServer({ server: https, handleProtocols: () => 'mqtt' })
  sockets.on('connection', (socket, request) => {
    const one = speak(
      createWebSocketStream(socket),
      (request.socket as TLSSocket).isSessionReused(),
    )
    socket.on('close', () => {
      one.isClosed = true
    })
  })
  await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve))
  wssPort = portOf(https)
  closers.push(
    () => new Promise((resolve) => void tls.close(() => resolve())),
    () => new Promise((resolve) => void https.close(() => resolve())),
  )
})

afterAll(async () => {
  for (const { stream } of served) stream.destroy()
  await Promise.all(closers.map((close) => close()))
})

interface Talk {
  readonly link: Link
  readonly heard: string[]
}

const talk = (transport: Transport, who: TlsIdentity = identity): Talk => {
  const heard: string[] = []
  const events: LinkEvents = {
    connected: () => heard.push('connected'),
    disconnected: (reason) => heard.push(`disconnected: ${reason}`),
    packet: (payload, token) => heard.push(`packet ${String(payload.length)} ${String(token)}`),
    acknowledged: (token) => heard.push(`acknowledged ${String(token)}`),
  }
  const options = { sn: 'T1', clientId: 'T1', will: Uint8Array.of(1), identity: who }
  return { link: transport.connect(options, events), heard }
}

const until = ({ heard }: Talk, what: string): Promise<unknown> =>
  waitFor(() => heard.some((one) => one.startsWith(what)), { what })

const makers: readonly (readonly [string, () => Transport])[] = [
  [
    'TLS',
    () => openTransport({ url: `mqtts://localhost:${String(tlsPort)}`, timers: systemTimers }),
  ],
  [
    'WSS',
    () => openTransport({ url: `wss://localhost:${String(wssPort)}/mqtt`, timers: systemTimers }),
  ],
]

describe.each(makers)('MQTT over %s', (_, make) => {
  test('carries packets both ways, whole, with their acknowledgements', async () => {
    const one = talk(make())
    await until(one, 'connected')
    one.link.publish({ channel: 'up', qos: 1, payload: new Uint8Array(50_000).fill(3), token: 5 })
    await until(one, 'packet 50000 77')
    await until(one, 'acknowledged 5')
    one.link.puback(77)
    const server = served.at(-1)!
    await waitFor(() => server.packets.some(({ cmd }) => cmd === 'puback'), { what: 'a PUBACK' })
    one.link.close()
    await waitFor(() => server.packets.some(({ cmd }) => cmd === 'disconnect'), {
      what: 'DISCONNECT',
    })
  })

  test('resumes its TLS session when it comes again', async () => {
    const transport = make()
    const first = talk(transport)
    await until(first, 'connected')
    first.link.publish({ channel: 'up', qos: 1, payload: Uint8Array.of(1), token: 1 })
    await until(first, 'acknowledged')
    first.link.close()
    const second = talk(transport)
    await until(second, 'connected')
    expect(served.at(-1)!.resumed).toBe(true)
    second.link.close()
  })

  test('tells of the end of its link, once, when the server goes', async () => {
    const one = talk(make())
    await until(one, 'connected')
    served.at(-1)!.stream.destroy()
    await until(one, 'disconnected')
    one.link.cut()
    expect(one.heard.filter((what) => what.startsWith('disconnected'))).toHaveLength(1)
  })

  test('says nothing at all when it is cut', async () => {
    const one = talk(make())
    await until(one, 'connected')
    const server = served.at(-1)!
    one.link.cut()
    await waitFor(() => server.isClosed, { what: 'the end' })
    expect(server.packets.some(({ cmd }) => cmd === 'disconnect')).toBe(false)
  })
})

describe('a server that the terminal was not enrolled with', () => {
  const stranger = readFileSync(new URL('./stranger-ca.pem', import.meta.url), 'utf8')

  test.each([
    [
      'TLS',
      () =>
        createTlsTransport({
          host: 'localhost',
          port: tlsPort,
          timers: systemTimers,
          ca: stranger,
        }),
    ],
    [
      'WSS',
      () =>
        createWsTransport({
          url: `wss://localhost:${String(wssPort)}`,
          timers: systemTimers,
          ca: stranger,
        }),
    ],
  ])('gets no CONNECT over %s', async (_, make) => {
    const before = served.length
    const one = talk(make())
    await until(one, 'disconnected')
    expect(one.heard.join()).not.toContain('connected,')
    expect(served.slice(before).flatMap(({ packets }) => packets)).toEqual([])
  })
})

test('a renewed certificate is shown, not resumed past', async () => {
  const transport = createTlsTransport({ host: 'localhost', port: tlsPort, timers: systemTimers })
  const first = talk(transport)
  await until(first, 'connected')
  first.link.publish({ channel: 'up', qos: 1, payload: Uint8Array.of(1), token: 1 })
  await until(first, 'acknowledged')
  first.link.close()
  const renewed = talk(transport, { ...identity, certificate: `${identity.certificate}\n` })
  await until(renewed, 'connected')
  expect(transport.lastWasResumed()).toBe(false)
  renewed.link.close()
})

test('a gateway that was away finds its own ticket again', async () => {
  const open = async (port: number, keys?: Buffer) => {
    const server = createTls({ ...pem, sessionIdContext: 'test' }, (socket: TLSSocket) =>
      speak(socket, socket.isSessionReused()),
    )
    if (keys !== undefined) server.setTicketKeys(keys)
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    return server
  }
  const before = await open(0)
  const port = portOf(before)
  const keys = before.getTicketKeys()
  const transport = createTlsTransport({ host: 'localhost', port, timers: systemTimers })
  const first = talk(transport)
  await until(first, 'connected')
  first.link.publish({ channel: 'up', qos: 1, payload: Uint8Array.of(1), token: 1 })
  await until(first, 'acknowledged')
  served.at(-1)!.stream.destroy()
  await new Promise<void>((resolve) => void before.close(() => resolve()))
  await until(talk(transport), 'disconnected')
  const after = await open(port, keys)
  closers.push(() => new Promise((resolve) => void after.close(() => resolve())))
  const again = talk(transport)
  await until(again, 'connected')
  expect(transport.lastWasResumed()).toBe(true)
  again.link.close()
})

test('nobody there is an end like any other', async () => {
  const one = talk(openTransport({ url: 'mqtts://127.0.0.1:1', timers: systemTimers }))
  await until(one, 'disconnected')
})

test('a URL of another kind is refused at once', () => {
  expect(() => openTransport({ url: 'http://localhost', timers: systemTimers })).toThrow('http:')
})
