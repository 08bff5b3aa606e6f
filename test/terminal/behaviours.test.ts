import {
  answersTwice,
  busyInSale,
  createPrng,
  dropsFirstResult,
  mixedBehaviours,
  offlineSalesPending,
  slowLink,
  unsettledBatch,
} from '@tillgate/device-sim'
import { toHex } from '@tillgate/protocol'
import { expect, test } from 'vitest'
import { bound, merchant, online, prepare, proceed, unbindPayload } from './world.js'

const prng = () => createPrng('behaviours')

test('busy in a sale: the Unbind finds a customer at the till, whose sale is settled with the rest', async () => {
  const world = await bound({ behaviours: [busyInSale({ prng: prng(), saleMs: 2_000 })] })
  const { gateway, host } = world
  gateway.order({ payload: unbindPayload })
  await world.run(1_000)
  expect(world.terminal.state().sale).toBeDefined()
  expect(gateway.said('progress')).toBe(0)
  await world.until('Ready', () => gateway.said('ready') === 1)
  expect(host.ledger(merchant)?.batches.at(-1)?.settlement?.totals.count).toBe(1)
})

test('unsettled batch: it has sold before anybody asks, and no more often than it should', async () => {
  const world = await bound({
    behaviours: [unsettledBatch({ prng: prng(), sales: 3, everyMs: 1_000 })],
  })
  const { batch } = world.flash.durable().areas
  expect(batch.size).toBe(0)
  await world.until('three sales', () => world.flash.durable().areas.batch.size === 3)
  await world.run(20_000)
  expect(world.host.totals().sales.count).toBe(3)
})

test('offline sales pending: they stay until a prepare sends them', async () => {
  const world = await bound({ behaviours: [offlineSalesPending({ prng: prng(), sales: 4 })] })
  const { flash, host } = world
  await world.until('four sales', () => flash.durable().areas.offline.size === 4)
  await world.run(60_000)
  expect(host.totals().sales.count).toBe(0)
  await prepare(world)
  expect(host.totals().sales.count).toBe(4)
  expect(flash.durable().areas.offline.size).toBe(0)
})

test('drops its first result: nobody hears of it until the next session', async () => {
  const world = await online({ behaviours: [dropsFirstResult()] })
  const { gateway } = world
  gateway.order({ payload: { type: 'SelfTest' } })
  await world.run(1_000)
  expect(gateway.said('result')).toBe(0)
  gateway.drop()
  await world.until('the result', () => gateway.said('result') === 1)
})

test('answers twice: the same bytes, once more', async () => {
  const world = await bound({ behaviours: [answersTwice()] })
  const { gateway } = world
  proceed(world, await prepare(world))
  await world.until('the proof', () => gateway.said('proof') === 1)
  await world.run(100)
  for (const kind of ['ready', 'proof'] as const) {
    const envelopes = gateway.all(kind).map(({ envelope }) => toHex(envelope))
    expect(envelopes).toHaveLength(2)
    expect(new Set(envelopes).size).toBe(1)
  }
})

test('slow link: packets take their time and keep their order, and the work is still done', async () => {
  const line = { prng: prng(), oneWayMsMin: 300, oneWayMsMax: 400 }
  const world = await bound({ behaviours: [slowLink(line)] })
  const { gateway } = world
  const sentMs = world.time.monotonic()
  const ids = [1, 2, 3].map(
    () => gateway.order({ payload: { type: 'SelfTest' } }).command.commandId,
  )
  await world.until('the results', () => gateway.said('result') === 4)
  expect(world.time.monotonic() - sentMs).toBeGreaterThan(600)
  const answered = gateway
    .all('result')
    .slice(1)
    .map(({ uplink }) => uplink.commandId)
  expect(answered).toEqual(ids)
  proceed(world, await prepare(world))
  await world.until('the proof', () => gateway.said('proof') === 1)
})

test('a seed draws the same mixture for the same terminal, and not for every one', () => {
  const names = (sn: string): string =>
    mixedBehaviours(sn, createPrng('seed').fork(sn))
      .map(({ name }) => name)
      .join()
  const all = Array.from({ length: 40 }, (_, i) => `SIM-${String(i)}`)
  expect(all.map(names)).toEqual(all.map(names))
  expect(new Set(all.map(names)).size).toBeGreaterThan(5)
})
