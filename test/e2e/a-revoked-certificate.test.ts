import { createHash, X509Certificate } from 'node:crypto'
import type { SecureVersion } from 'node:tls'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { waitFor } from '../ground/index.js'
import { connectPacket, type RawClient } from '../listener/raw-client.js'
import { dial, makeStranger, type Stranger } from './bare-client.js'
import { openStage, patienceMs, type Stage } from './stage.js'

let stage: Stage
const clients: RawClient[] = []

beforeAll(async () => {
  stage = await openStage()
}, 60_000)

afterAll(async () => {
  for (const client of clients) client.end()
  await stage.end()
}, 60_000)

const revoke = async (certificatePem: string): Promise<void> => {
  const { raw } = new X509Certificate(certificatePem)
  const fingerprint = createHash('sha256').update(raw).digest('hex')
  const { certificates, clock } = stage.services
  const order = { fingerprint, reason: 'stolen', actor: 'e2e', nowMs: clock.now() }
  expect(await certificates.revoke(order)).toMatchObject({ ok: true, replayed: false })
}

it.each([
  { over: 'tls', version: 5 },
  { over: 'wss', version: 4 },
] as const)('loses its live session within 5 s, and never gets another (%o)', async (way) => {
  const till = await stage.till(way)
  const welcomes = till.noted('welcomed')
  const links = (): number => till.heard.filter((n) => n.what === 'link' && n.is === 'down').length
  const before = links()

  const asked = performance.now()
  await revoke(till.enrolled!.certificatePem)
  await till.until('the end of its session', () => links() > before)
  expect(performance.now() - asked).toBeLessThan(5_000)

  // It tries and tries, with the TLS session that it kept.
  await till.until('several refusals', () => links() >= before + 4)
  expect(till.noted('welcomed')).toBe(welcomes)
  expect(await stage.services.presence.online([till.terminalId])).toEqual(new Set())
})

const connackOf = async (client: RawClient, stranger: Stranger): Promise<number> => {
  client.send(connectPacket(stranger, 5))
  return (await client.next('connack')).reasonCode ?? 0
}

it.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'does not come back by resuming its TLS session (%s)',
  async (maxVersion: SecureVersion) => {
    const stranger = await makeStranger(stage, `REVOKED-${maxVersion}`)
    const first = await dial(stage, stranger, { maxVersion })
    clients.push(first)
    let session: Buffer | undefined
    first.socket.on('session', (ticket) => {
      session = ticket
    })
    expect(await connackOf(first, stranger)).toBe(0)
    session ??= await waitFor(
      () => session ?? (maxVersion === 'TLSv1.2' && first.socket.getSession()),
      {
        what: 'a session ticket',
      },
    )
    first.end()

    // The ticket is good: the TLS session is resumed, and MQTT stands on it.
    const resumed = await dial(stage, stranger, { maxVersion, session: session! })
    clients.push(resumed)
    expect(resumed.socket.isSessionReused()).toBe(true)
    expect(await connackOf(resumed, stranger)).toBe(0)

    await revoke(stranger.enrolled.certificatePem)
    await waitFor(() => resumed.isClosed, { what: 'the cut', timeoutMs: patienceMs })

    const again = await dial(stage, stranger, { maxVersion, session: session! })
    clients.push(again)
    expect(again.socket.isSessionReused()).toBe(true)
    expect(await connackOf(again, stranger)).toBeGreaterThanOrEqual(0x80)
    await again.closed()

    const anew = await dial(stage, stranger, { maxVersion })
    clients.push(anew)
    expect(await connackOf(anew, stranger)).toBeGreaterThanOrEqual(0x80)
    await anew.closed()
  },
)
