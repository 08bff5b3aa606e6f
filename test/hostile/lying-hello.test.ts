import { encodeUplink, type Hello } from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connected, makeStranger, type BareClient, type Stranger } from '../e2e/bare-client.js'
import { openStage, type Stage } from '../e2e/stage.js'

let stage: Stage
const clients: BareClient[] = []

beforeAll(async () => {
  stage = await openStage()
}, 60_000)

afterAll(async () => {
  for (const client of clients) client.end()
  await stage.end()
}, 60_000)

const max = Number.MAX_SAFE_INTEGER
/** As the core's limits have it. */
const alarmsPerMinuteMax = 30
const share = () => nodePrimitives.agreementKey(new Uint8Array(randomBytes(32))).keyShare

/** Signed with its own good key, with whatever numbers it likes. */
const sayHello = (
  client: BareClient,
  stranger: Stranger,
  changes: Partial<Hello>,
  uplinkSeq: number,
): Promise<number> => {
  const body = encodeUplink({
    sn: stranger.sn,
    messageId: new Uint8Array(randomBytes(16)),
    bootId: stranger.bootId,
    uplinkSeq,
    commandId: undefined,
    downlinkHash: undefined,
    message: { ...client.helloOf(share()), ...changes },
  })
  return client.publish(client.signed(body))
}

const alarms = async (sn: string): Promise<readonly string[]> => {
  const { records } = stage.services
  const { id } = (await records.read('terminal-by-sn', { sn }))!
  const events = await records.read('events', { afterId: 0, limit: 500 })
  return events.flatMap(({ kind, terminalId }) =>
    terminalId === id && kind.startsWith('alarm.') ? [kind] : [],
  )
}

const enter = async (sn: string): Promise<{ client: BareClient; stranger: Stranger }> => {
  const stranger = await makeStranger(stage, sn)
  const client = await connected(stage, stranger)
  clients.push(client)
  return { client, stranger }
}

it.each([
  {
    what: 'the highest downlink sequence that there is',
    changes: { lastSeq: max },
    uplinkSeq: 5,
    reason: 0x83,
    raised: ['alarm.SEQ_AHEAD'],
  },
  {
    what: 'a sequence that restored records explain',
    changes: { lastSeq: 2 ** 31 },
    uplinkSeq: 5,
    reason: 0,
    raised: ['alarm.SEQ_AHEAD'],
  },
  {
    what: 'the highest epochs',
    changes: { assetEpoch: 0xffffffff, bindingEpoch: 0xffffffff },
    uplinkSeq: 5,
    reason: 0,
    raised: ['alarm.EPOCH_AHEAD'],
  },
  { what: 'the highest uplink sequence', changes: {}, uplinkSeq: max, reason: 0, raised: [] },
])('$what in a signed Hello: the records stay readable, others are served', async (lie) => {
  const sn = `LIAR-${String(lie.what.length)}`
  const { client, stranger } = await enter(sn)
  expect(await sayHello(client, stranger, lie.changes, lie.uplinkSeq)).toBe(lie.reason)
  expect(await alarms(sn)).toEqual(lie.raised)
  const { records, commands } = stage.services
  const page = await records.read('terminals', { afterId: 0, limit: 100 })
  expect(page.map((row) => row.sn)).toContain(sn)
  const payload = { type: 'SelfTest', items: [] } as const
  expect(await commands.order({ sn, payload, actor: 'e2e' })).toMatchObject({ ok: true })
  const other = await enter(`${sn}-OTHER`)
  await other.client.greet()
})

it('has no more alarms in the ledger for all its Hellos than a minute allows', async () => {
  const { client, stranger } = await enter('LIAR-WITHOUT-END')
  const hellos = 2 * alarmsPerMinuteMax + 10
  for (let count = 1; count <= hellos; count += 1) {
    expect(await sayHello(client, stranger, { bindingEpoch: 7 }, count)).toBe(0)
  }
  const raised = await alarms(stranger.sn)
  expect(raised.length).toBeGreaterThanOrEqual(alarmsPerMinuteMax)
  // A minute may have ended in between.
  expect(raised.length).toBeLessThanOrEqual(2 * alarmsPerMinuteMax)
})
