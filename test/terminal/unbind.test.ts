import { equalBytes, unsettledAreas } from '@tillgate/protocol'
import { expect, test } from 'vitest'
import { bind, bindPayload, bound, merchant, online, prepare, proceed, sell, sn } from './world.js'

test('a terminal settles, gets ready, erases and proves, and keeps what is not the merchant’s', async () => {
  const world = await bound()
  const { gateway, flash, host } = world
  expect(await sell(world, 1_200)).toBe('approved')
  expect(await sell(world, 800)).toBe('approved')
  const before = flash.durable().areas.slots
  const prepared = await prepare(world)

  const ready = gateway.last('ready').uplink
  expect(unsettledAreas(ready.message)).toEqual([])
  expect(ready.downlinkHash).toEqual(prepared.hash)
  expect(ready.message.leaseS).toBe(120)
  expect(ready.message.settled.find(({ name }) => name === 'batch')).toMatchObject({
    records: 2,
    amountMinor: 2_000,
  })
  expect(host.ledger(merchant)?.batches.at(-1)?.settlement?.totals).toEqual({
    count: 2,
    amountMinor: 2_000,
  })

  const sent = proceed(world, prepared)
  await world.until('the proof', () => gateway.said('proof') > 0)
  const proof = gateway.last('proof')
  expect(proof.isSigned).toBe(true)
  expect(proof.uplink.downlinkHash).toEqual(prepared.hash)
  const { message } = proof.uplink
  expect(message.readyNonce).toEqual(prepared.nonce)
  expect(message.proceedHash).toEqual(gateway.sent(sent))
  expect(message).toMatchObject({ assetEpoch: 1, bindingEpoch: 1, counter: 1, resumed: 0 })
  expect(message.partial).toBe(false)
  expect(message.slots.map(({ before: slot }) => slot.purpose)).toEqual(['PIK', 'MAK', 'TDK'])
  for (const { before: was, after } of message.slots) {
    const kcv = before.get(was.purpose)?.kcv
    expect(was.kcv !== undefined && kcv !== undefined && equalBytes(was.kcv, kcv)).toBe(true)
    expect(after).toMatchObject({ state: 'ERASED', kcv: undefined })
  }
  expect(message.areas.find(({ name }) => name === 'params')).toMatchObject({
    recordsBefore: 5,
    recordsAfter: 0,
  })
  expect(message.areas.every(({ recordsAfter }) => recordsAfter === 0)).toBe(true)
  expect(Math.abs(message.erasedAtMs - gateway.now())).toBeLessThan(10_000)

  // What was erased is made unreadable before anything says that it was erased.
  const order = world.effects.map((effect) =>
    effect.kind === 'publish' ? effect.says : effect.kind,
  )
  expect(order.indexOf('scrub')).toBeGreaterThan(order.lastIndexOf('progress'))
  expect(order.indexOf('scrub')).toBeLessThan(order.indexOf('proof'))

  const left = flash.durable()
  expect(left.cells.epochs).toEqual({ asset: 1, binding: 1 })
  expect(left.cells.binding).toBeUndefined()
  for (const purpose of ['TMK', 'REGISTRY']) {
    expect(left.areas.slots.get(purpose)).toMatchObject({ state: 'ACTIVE' })
  }
  for (const purpose of ['PIK', 'MAK', 'TDK']) {
    expect(left.areas.slots.get(purpose)?.sealed).toBeUndefined()
  }
  expect(await sell(world, 100)).toBe('not-possible')
})

test('a prepare flushes reversals, sends offline sales, settles and signs off, in this order', async () => {
  const world = await bound()
  world.hostLine = 'deaf'
  expect(await sell(world, 700)).toBe('unanswered')
  void world.terminal.offlineSale(300)
  world.hostLine = 'good'
  world.asked.length = 0
  await prepare(world)
  expect(world.asked).toEqual(['reversal', 'offlineUpload', 'settle', 'signOff'])
  const settled = world.gateway.last('ready').uplink.message.settled
  expect(settled.map(({ name, records }) => [name, records])).toEqual([
    ['batch', 1],
    ['offline', 1],
    ['reversal', 1],
    ['slip', 1],
  ])
})

test('an offline sale taken before the first sign-on is settled with the batch that is opened', async () => {
  const world = await online()
  await world.host.register(merchant, sn)
  world.hostLine = 'cut'
  world.gateway.order({ payload: bindPayload })
  world.gateway.bindingEpoch++
  await world.until('a binding', () => world.flash.durable().cells.binding !== undefined)
  void world.terminal.offlineSale(450)
  await world.until('the sale', () => world.flash.durable().areas.offline.size === 1)
  world.hostLine = 'good'
  await prepare(world)
  const settled = world.gateway.last('ready').uplink.message.settled
  expect(settled.find(({ name }) => name === 'offline')).toMatchObject({
    records: 1,
    amountMinor: 450,
  })
})

test('it sells no more from the Command on, and finishes the sale that runs', async () => {
  const world = await bound()
  let outcome = ''
  void world.terminal.sale(500).then((end) => {
    outcome = end.outcome
  })
  await world.run(20)
  const preparing = prepare(world)
  await world.run(20)
  expect(outcome).toBe('')
  expect(await sell(world, 100)).toBe('not-possible')
  await preparing
  expect(outcome).toBe('approved')
  expect(world.host.ledger(merchant)?.batches.at(-1)?.settlement?.totals.count).toBe(1)
})

test('a sale that the host has not heard of is booked by the batch upload, and the prepare goes on', async () => {
  const world = await bound()
  for (let i = 0; i < 70; i++) void world.terminal.offlineSale(100 + i)
  const { flash } = world
  await world.until('the uploads', () => flash.durable().areas.batch.size === 70)
  // The host has not heard of this one: its totals differ.
  const [id, entry] = [...flash.durable().areas.batch][0]!
  world.terminal.powerLoss()
  flash.write([{ area: 'batch', id: `9${id}`, value: { ...entry, trace: 90_000 } }])
  world.terminal.boot()
  await world.until('a welcome', () => world.terminal.state().session.open !== undefined)
  world.asked.length = 0
  await prepare(world)
  expect(world.asked.filter((kind) => kind === 'batchUpload')).toHaveLength(2)
  expect(world.host.ledger(merchant)?.batches.at(-1)?.settlement?.totals.count).toBe(71)
})

test('after the erasure it can be bound again, with new keys, and sells', async () => {
  const world = await bound()
  await sell(world, 100)
  proceed(world, await prepare(world))
  await world.until('the proof', () => world.gateway.said('proof') > 0)
  await bind(world)
  expect(await sell(world, 250)).toBe('approved')
  expect(world.flash.durable().cells.epochs?.binding).toBe(2)
})
