// A server certificate changes under terminals that are connected: theirs stand, whoever comes after sees
// the new one, and what can't be shown is not shown.
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { connect } from 'node:tls'
import { systemClock } from '@tillgate/device-sim'
import { openNode, type Clock, type GatewayNode, type Log, type Timers } from '@tillgate/gateway'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BareClient, dial, makeStranger, type Stranger } from '../e2e/bare-client.js'
import { openStage, type Stage } from '../e2e/stage.js'
import { tempFolder, waitFor } from '../ground/index.js'
import { connectPacket, subscribeDown } from '../listener/raw-client.js'
import { filesIn, OtherCa, putFiles, type Files } from './other-ca.js'
import { day } from './pki-ground.js'

const shownAt = async (port: number): Promise<X509Certificate> => {
  const socket = connect({ host: 'localhost', port, rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const { raw } = socket.getPeerCertificate()
  socket.destroy()
  return new X509Certificate(raw)
}

const greeted = async (stage: Stage, stranger: Stranger, ca: string): Promise<BareClient> => {
  const raw = await dial(stage, stranger, { ca })
  raw.send(connectPacket(stranger, 5))
  await raw.next('connack')
  await subscribeDown(raw, stranger.sn)
  const client = new BareClient(stranger, raw, 0)
  await client.greet()
  return client
}

/** It is served: a command that is ordered now comes to it. */
const isServed = async (stage: Stage, client: BareClient): Promise<void> => {
  const payload = { type: 'SelfTest', items: [] } as const
  const { sn } = client.stranger
  const answer = await stage.services.commands.order({ sn, payload, actor: 'e2e' })
  expect(answer.ok).toBe(true)
  await client.next('command')
}

describe('a certificate that the operator gives', () => {
  let ca: OtherCa
  let stage: Stage
  let files: Files
  const said: string[] = []
  const keep = (message: string): void => void said.push(message)
  const log: Log = { debug: keep, info: keep, warn: keep, error: keep }

  beforeAll(async () => {
    ca = await OtherCa.make()
  })
  beforeEach(async () => {
    said.length = 0
    files = filesIn(tempFolder('own-certificate'))
    putFiles(files, await ca.server(['localhost', '127.0.0.1']))
    stage = await openStage({ config: { serverCertificate: files, log } })
  })
  afterEach(() => stage.end())

  it('changes while a session stands; the session stays, who comes after sees the new one', async () => {
    const stranger = await makeStranger(stage, 'CHANGE-1')
    const before = await greeted(stage, stranger, ca.pem)
    const next = await ca.server(['localhost'])
    putFiles(files, next)
    await stage.node.lookAgain()
    const { mqtts, wss } = stage.node.ports
    for (const port of [mqtts, wss]) {
      expect((await shownAt(port)).fingerprint256).toBe(next.leaf.fingerprint256)
    }
    await isServed(stage, before)
    expect(before.raw.isClosed).toBe(false)
    before.end()
    const after = await greeted(stage, await makeStranger(stage, 'CHANGE-2'), ca.pem)
    await isServed(stage, after)
    after.end()
    expect(said).toContain('the server certificate was read anew')
  })

  it('is taken by itself, without anybody asking, when its files change', async () => {
    const eachMinute: (() => void)[] = []
    const { timers } = stage.services
    const watched: Timers = {
      ...timers,
      after: (ms, run) => {
        if (ms === 60_000) eachMinute.push(run)
        return timers.after(ms, run)
      },
    }
    const folder = tempFolder('by-itself')
    const node: GatewayNode = await openNode(
      {
        ...stage.config(),
        dataFolder: folder,
        listener: { host: '127.0.0.1', mqttsPort: 0, wssPort: 0 },
      },
      { timers: watched },
    )
    try {
      const next = await ca.server(['localhost'])
      putFiles(files, next)
      for (const look of [...eachMinute]) look()
      const isNew = async () =>
        (await shownAt(node.ports.mqtts)).fingerprint256 === next.leaf.fingerprint256
      await waitFor(isNew, { what: 'the new certificate' })
    } finally {
      await node.stop()
    }
  })

  it('stays the one before where the files are spoiled, says so, and says so no more once they are mended', async () => {
    const { services, ports } = stage.node
    const before = await shownAt(ports.mqtts)
    const [next, other] = [await ca.server(['localhost']), await ca.server(['localhost'])]
    const spoiled: readonly [string, () => void | Promise<void>][] = [
      ['no certificate', () => writeFileSync(files.certFile, 'rubbish')],
      ['not its key', () => putFiles(files, { cert: next.cert, key: other.key })],
      ['another name', async () => putFiles(files, await ca.server(['elsewhere.test']))],
      [
        'over',
        async () => putFiles(files, await ca.server(['localhost'], { from: -9, until: -1 })),
      ],
    ]
    for (const [what, spoil] of spoiled) {
      said.length = 0
      await spoil()
      await stage.node.lookAgain()
      await stage.node.lookAgain()
      expect((await shownAt(ports.mqtts)).fingerprint256, what).toBe(before.fingerprint256)
      const complaints = said.filter((line) => line.includes('can not be shown'))
      expect(complaints, what).toHaveLength(1)
      const health = services.health()
      expect(health.ok).toBe(true)
      expect(health.reasons.join()).toMatch(/^server certificate: what the files hold can not be/)
      expect(health.reasons.join()).not.toContain(files.certFile)
      expect(services.counts().serverCertificate.current).toBe(false)
    }
    putFiles(files, next)
    await stage.node.lookAgain()
    expect((await shownAt(ports.mqtts)).fingerprint256).toBe(next.leaf.fingerprint256)
    expect(services.health().reasons).toEqual([])
    expect(services.counts().serverCertificate.current).toBe(true)
  })

  it('is what terminals are told to trust: by the token before, by the answer after', async () => {
    const { services } = stage
    expect(new X509Certificate(services.caPem).fingerprint256).toBe(
      new X509Certificate(ca.pem).fingerprint256,
    )
    const { enrolled } = await makeStranger(stage, 'TRUST-1')
    // Tillgate's own stays among them: the next node may show a certificate of it.
    expect(enrolled.serverCaPem).toBe(services.caPem + enrolled.chainPem)
    const till = await stage.till()
    expect(till.keysHeld().length).toBeGreaterThan(0)
  })

  it('that ends soon, and that nobody renews, is named', async () => {
    putFiles(files, await ca.server(['localhost'], { until: 10 }))
    await stage.node.lookAgain()
    const { ok, reasons } = stage.services.health()
    expect(ok).toBe(true)
    expect(reasons.join()).toMatch(/^server certificate: ends at /)
  })
})

describe("Tillgate's own certificate", () => {
  it('is renewed while a session stands, and the session stays', async () => {
    // Made in the past, so that it is due now and both are good for whoever connects today.
    const turned = { behindMs: 65 * day }
    const clock: Clock = {
      now: () => systemClock.now() - turned.behindMs,
      monotonic: () => systemClock.monotonic(),
    }
    const stage = await openStage({ clock })
    try {
      const stranger = await makeStranger(stage, 'RENEWED-1')
      const before = await shownAt(stage.node.ports.mqtts)
      const client = await greeted(stage, stranger, stranger.enrolled.serverCaPem)
      turned.behindMs = 0
      await stage.node.lookAgain()
      const after = await shownAt(stage.node.ports.mqtts)
      expect(after.fingerprint256).not.toBe(before.fingerprint256)
      expect(Date.parse(after.validTo)).toBeGreaterThan(Date.parse(before.validTo))
      await isServed(stage, client)
      expect(client.raw.isClosed).toBe(false)
      client.end()
    } finally {
      await stage.end()
    }
  })
})
