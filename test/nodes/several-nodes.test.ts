// Nodes that share PostgreSQL and Redis are one Tillgate: whatever is asked of one reaches a terminal on
// another, and a terminal may come back anywhere.
import { createHash, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:tls'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { BareClient, dial, makeStranger, type Door, type Stranger } from '../e2e/bare-client.js'
import { patienceMs } from '../e2e/stage.js'
import { freshDatabase, noPostgres, requireProgram, waitFor } from '../ground/index.js'
import { connectPacket, subscribeDown } from '../listener/raw-client.js'
import { Several } from './several.js'

const missing = noPostgres() ?? (requireProgram('redis-server') ? undefined : 'needs redis-server')
let several: Several

beforeAll(async () => {
  if (missing !== undefined) return
  several = await Several.open(await freshDatabase())
  await several.join('west')
  await several.join('east')
}, 60_000)

afterAll(async () => {
  if (missing === undefined) await several.end()
}, 60_000)

const onSeveral = (name: string, body: () => Promise<void>): void => {
  it(name, { timeout: 90_000 }, async (context) => {
    if (missing !== undefined) context.skip(missing)
    await body()
  })
}

const doorOf = (name: string): Door => ({ node: several.gateway(name) })

/** Greeted at this gateway. */
const greetedAt = async (name: string, stranger: Stranger): Promise<BareClient> => {
  const raw = await dial(doorOf(name), stranger)
  raw.send(connectPacket(stranger, 5))
  await raw.next('connack')
  await subscribeDown(raw, stranger.sn)
  const { records } = several.stage.services
  const terminal = await records.read('terminal-by-sn', { sn: stranger.sn })
  const client = new BareClient(stranger, raw, terminal?.uplinkSeq ?? 0)
  await client.greet()
  return client
}

const selfTest = async (sn: string): Promise<Uint8Array> => {
  const payload = { type: 'SelfTest', items: [] } as const
  const answer = await several.stage.services.commands.order({ sn, payload, actor: 'e2e' })
  if (!answer.ok) throw new Error(answer.code)
  return answer.value.uuid
}

/** A look that nobody has nudged comes after half a minute. */
const nudgedMs = 10_000

onSeveral('an order that one node takes reaches the terminal on another at once', async () => {
  several.way.to = ['west']
  const till = await several.stage.till()
  const asked = performance.now()
  await several.stage.until(await selfTest(till.sn), 'done')
  expect(performance.now() - asked).toBeLessThan(nudgedMs)
})

onSeveral('an unbind runs from its order to its proof over three nodes', async () => {
  several.way.to = ['east']
  const till = await several.stage.till()
  await till.sellAll(2)
  const uuid = await till.unbind()
  const { proofs } = await several.stage.until(uuid, 'done')
  expect(proofs).toHaveLength(1)
  expect(till.keysHeld()).toEqual([])
  expect(till.atHost().state).toBe('blocked')
})

onSeveral('every node knows who is connected to any', async () => {
  const { services } = several.stage
  const stranger = await makeStranger(several.stage, 'NODES-ONLINE')
  const online = async (): Promise<boolean | undefined> =>
    (await services.presence.online([stranger.terminalId]))?.has(stranger.terminalId)
  expect(await online()).toBe(false)
  const client = await greetedAt('west', stranger)
  await waitFor(async () => (await online()) === true, { what: 'it is online', timeoutMs: 5_000 })
  client.end()
  await waitFor(async () => (await online()) === false, { what: 'it is gone', timeoutMs: 5_000 })
})

onSeveral('a terminal that comes back at another node is let go by the first', async () => {
  const stranger = await makeStranger(several.stage, 'NODES-MOVES')
  const before = await greetedAt('west', stranger)
  const after = await greetedAt('east', stranger)
  await before.raw.closed()
  const uuid = await selfTest(stranger.sn)
  await after.next('command')
  const { command } = await several.stage.show(uuid)
  expect(command.state).toBe('published')
  after.end()
})

onSeveral('a certificate that is revoked at one node loses its session on another', async () => {
  const stranger = await makeStranger(several.stage, 'NODES-REVOKED')
  const client = await greetedAt('east', stranger)
  const { raw } = new X509Certificate(stranger.enrolled.certificatePem)
  const fingerprint = createHash('sha256').update(raw).digest('hex')
  const { certificates, clock } = several.stage.services
  const order = { fingerprint, reason: 'stolen', actor: 'e2e', nowMs: clock.now() }
  expect(await certificates.revoke(order)).toMatchObject({ ok: true })
  await client.raw.closed()
})

onSeveral('a TLS session of one node is resumed at another', async () => {
  const { keyPem, enrolled } = await makeStranger(several.stage, 'NODES-RESUMES')
  const about = { host: 'localhost', servername: 'localhost', key: keyPem, ca: enrolled.chainPem }
  const at = (name: string) => ({ ...about, port: several.gateway(name).ports.mqtts })
  const cert = enrolled.certificatePem + enrolled.chainPem
  const first = connect({ ...at('west'), cert })
  const [ticket] = (await once(first, 'session')) as [Buffer]
  first.destroy()
  const second = connect({ ...at('east'), cert, session: ticket })
  await once(second, 'secureConnect')
  expect(second.isSessionReused()).toBe(true)
  second.destroy()
})

onSeveral('what one node commits is heard by who follows the ledger at another', async () => {
  several.way.to = ['west']
  const till = await several.stage.till()
  const { events } = several.stage.services
  const from = await events.head()
  const heard: string[] = []
  let position = from
  const following = events.follow(() => {
    void events.read({ after: position, limit: 100, filter: {} }).then((page) => {
      position = Math.max(position, page.position)
      for (const event of page.events) if (event.sn === till.sn) heard.push(event.kind)
    })
  })
  await several.stage.until(await selfTest(till.sn), 'done')
  await waitFor(() => heard.includes('command.done'), { what: 'the end', timeoutMs: patienceMs })
  following.stop()
})

onSeveral('a second node of a name is named, and owns nothing', async () => {
  const twin = await several.open('west')
  const said = (): string => twin.services.health().reasons.join('; ')
  await waitFor(() => said().includes('two nodes have the name west'), {
    what: 'its name is named',
    timeoutMs: patienceMs,
  })
  // It can serve: what it lacks makes it slow, not wrong.
  expect(twin.services.health().ok).toBe(true)
  expect(several.gateway('west').services.health().reasons).toEqual([])
  await twin.stop()
})
