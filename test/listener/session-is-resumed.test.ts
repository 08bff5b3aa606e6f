import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { selfSigned } from './certificates.js'
import { openHarness } from './harness.js'
import type { Harness } from './harness.js'
import { connectPacket, rawClient, rawSocket } from './raw-client.js'
import type { RawOptions } from './raw-client.js'

type TlsVersion = 'TLSv1.2' | 'TLSv1.3'
const versions: readonly TlsVersion[] = ['TLSv1.2', 'TLSv1.3']

const only = (version: TlsVersion): RawOptions => ({ minVersion: version, maxVersion: version })

/** A ticket of a session that was let in. On 1.3 it comes after the handshake. */
const ticketOf = async (harness: Harness, options: RawOptions): Promise<Buffer> => {
  const { sn } = harness
  const client = await rawSocket(harness, options)
  const ticket = new Promise<Buffer>((resolve) => client.socket.once('session', resolve))
  client.send(connectPacket(harness, 4))
  await client.next('connack')
  const session = options.maxVersion === 'TLSv1.2' ? client.socket.getSession()! : await ticket
  client.send({ cmd: 'disconnect' })
  await client.closed()
  expect(harness.handler.events).toContain(`closed ${sn} disconnected`)
  harness.handler.events.length = 0
  harness.handler.requests.length = 0
  return session
}

const askedFor = ({ handler }: Harness): unknown =>
  handler.requests.map(({ certificateSha256, resumed }) => [
    Buffer.from(certificateSha256).toString('hex'),
    resumed,
  ])

describe.each(versions)('%s', (version) => {
  test('the handler is asked again, with the same certificate', async () => {
    const harness = await openHarness()
    const session = await ticketOf(harness, only(version))
    await rawClient(harness, 5, {}, { ...only(version), session })
    expect(askedFor(harness)).toEqual([[harness.terminal.sha256, true]])
    expect(harness.handler.sessions.get(harness.sn)!.resumed).toBe(true)
    const counters = harness.listener.counters()
    expect([counters.get('handshake:full'), counters.get('handshake:resumed')]).toEqual([1, 1])
  })

  test('a certificate that was revoked in between does not come in', async () => {
    const harness = await openHarness()
    const session = await ticketOf(harness, only(version))
    harness.handler.revoked.add(harness.terminal.sha256)
    const client = await rawSocket(harness, { ...only(version), session, version: 5 })
    expect(client.socket.isSessionReused()).toBe(true)
    client.send(connectPacket(harness, 5))
    expect(await client.next('connack')).toMatchObject({ reasonCode: 0x87 })
    await client.closed()
    expect(harness.handler.events).toEqual([])
  })

  test('a ticket without its key still says whose it was, and that it was resumed', async () => {
    const harness = await openHarness()
    const session = await ticketOf(harness, only(version))
    const thief = { ...harness, terminal: selfSigned('thief') }
    const client = await rawSocket(thief, { ...only(version), session })
    client.send(connectPacket(harness, 4))
    await client.next('connack')
    expect(askedFor(harness)).toEqual([[harness.terminal.sha256, true]])
  })

  test('new ticket keys make old tickets worthless; the certificate is shown anew', async () => {
    const harness = await openHarness()
    const session = await ticketOf(harness, only(version))
    harness.listener.setTicketKeys(randomBytes(48))
    await rawClient(harness, 4, {}, { ...only(version), session })
    expect(askedFor(harness)).toEqual([[harness.terminal.sha256, false]])
  })

  test('a new server certificate is shown at once, and tickets live on', async () => {
    const harness = await openHarness()
    const session = await ticketOf(harness, only(version))
    const renewed = selfSigned('renewed')
    harness.listener.setServerCertificate(renewed)
    await rawClient(harness, 4, {}, { ...only(version), session })
    expect(askedFor(harness)).toEqual([[harness.terminal.sha256, true]])
    const fresh = await rawSocket(harness, only(version))
    expect(fresh.socket.getPeerCertificate().subject.CN).toBe('renewed')
  })

  test('the other port, and another node with the same keys, take the ticket too', async () => {
    const ticketKeys = randomBytes(48)
    const host = '127.0.0.1'
    const harness = await openHarness({ ticketKeys })
    const other = await openHarness({ ticketKeys, wss: { host, port: 0 } })
    other.handler.registered.set(harness.terminal.sha256, harness.sn)
    const session = await ticketOf(harness, only(version))
    const there = { ...other, terminal: harness.terminal }
    await rawClient(there, 4, {}, { ...only(version), session })
    expect(askedFor(other)).toEqual([[harness.terminal.sha256, true]])
    const options = { ...only(version), session, port: other.listener.ports.wss! }
    const overHttps = await rawSocket(there, options)
    expect(overHttps.socket.isSessionReused()).toBe(true)
    overHttps.end()
  })
})

test('keys of another length are refused', async () => {
  const { listener } = await openHarness()
  expect(() => listener.setTicketKeys(randomBytes(32))).toThrow('48 bytes')
})

test('a ticket lives a day at most', async () => {
  const harness = await openHarness()
  const { socket } = await rawSocket(harness, only('TLSv1.3'))
  const [session] = (await once(socket, 'session')) as [Buffer]
  // RFC 8446 §4.6.1: the lifetime hint stands in the ticket as OpenSSL keeps it: [9] INTEGER.
  const at = session.indexOf(Buffer.from('a9050203015180', 'hex'))
  expect(at).toBeGreaterThan(0)
})
