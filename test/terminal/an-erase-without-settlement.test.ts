// The erase after a forced close (architecture §5, rule 9): nothing is sent, Ready names what is left, and it
// goes with the rest.
import { expect, test } from 'vitest'

import { bound, proceed, sell, unbindPayload, type Prepared, type World } from './world.js'

const payload = { ...unbindPayload, withoutSettlement: true } as typeof unbindPayload

const prepared = async (world: World): Promise<Prepared> => {
  const before = world.gateway.said('ready')
  const { command, hash } = world.gateway.order({ payload })
  await world.until('a Ready', () => world.gateway.said('ready') === before + 1)
  const nonce = world.gateway.last('ready').uplink.message.readyNonce
  return { commandId: command.commandId, hash, nonce }
}

test('needs no host: Ready names the sales that were never settled, and says that nothing was', async () => {
  const world = await bound()
  await sell(world, 100)
  await sell(world, 250)
  world.hostLine = 'cut'
  await prepared(world)
  const { areas, settled } = world.gateway.last('ready').uplink.message
  const of = (name: string) => areas.find((area) => area.name === name)
  expect(of('batch')).toMatchObject({ records: 2, amountMinor: 350 })
  expect(of('batch')?.hash).toBeDefined()
  expect(settled.every(({ records }) => records === 0)).toBe(true)
  expect(world.flash.durable().areas.batch.size).toBe(2)
})

test('erases on Proceed what it named, keys and sales alike', async () => {
  const world = await bound()
  await sell(world, 100)
  world.hostLine = 'cut'
  proceed(world, await prepared(world))
  await world.until('the proof', () => world.gateway.said('proof') === 1)
  const { areas } = world.flash.durable()
  expect(areas.batch.size).toBe(0)
  expect(areas.slots.get('PIK')?.state).toBe('ERASED')
})

test('erases nothing where its nonce has died, and an ordinary Unbind wants settlement again', async () => {
  const world = await bound()
  await sell(world, 100)
  world.hostLine = 'cut'
  const dead = await prepared(world)
  world.terminal.reboot(10)
  await world.until('the release', () => world.gateway.said('released') === 1)
  proceed(world, dead)
  expect(world.flash.durable().areas.batch.size).toBe(1)
  world.gateway.order({ payload: { ...unbindPayload, settleTimeoutS: 30 } as typeof payload })
  await world.until('the refusal', () => world.gateway.said('refused') >= 1)
  expect(world.flash.durable().areas.batch.size).toBe(1)
})
