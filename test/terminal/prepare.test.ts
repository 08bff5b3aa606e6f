import { errorByNumber, toHex } from '@tillgate/protocol'
import { describe, expect, test } from 'vitest'
import type { CommandParts } from './fake-gateway.js'
import {
  bindPayload,
  bound,
  prepare,
  proceed,
  sell,
  unbindPayload,
  type Prepared,
  type World,
} from './world.js'

const isErased = ({ flash }: World): boolean =>
  flash.durable().areas.slots.get('PIK')?.state === 'ERASED'

const preparedWorld = async (): Promise<{ world: World; prepared: Prepared }> => {
  const world = await bound()
  await sell(world, 100)
  return { world, prepared: await prepare(world) }
}

describe('a prepare', () => {
  const waitForRefusal = async (world: World, code: string): Promise<void> => {
    const { gateway } = world
    await world.until('the refusal', () => gateway.said('refused') === 1)
    expect(errorByNumber(gateway.last('refused').uplink.message.code)?.code).toBe(code)
    expect(gateway.last('refused').isSigned).toBe(true)
    expect(world.terminal.state().preparation).toBeUndefined()
  }
  const inTime = (settleTimeoutS: number): CommandParts['payload'] =>
    ({ ...unbindPayload, settleTimeoutS }) as CommandParts['payload']

  test('that cannot reach the host ends by itself, and the terminal sells again', async () => {
    const world = await bound()
    await sell(world, 100)
    world.hostLine = 'cut'
    world.gateway.order({ payload: inTime(30) })
    await waitForRefusal(world, 'HOST_UNREACHABLE')
    world.hostLine = 'good'
    expect(await sell(world, 100)).toBe('approved')
    expect(world.flash.durable().areas.batch.size).toBe(2)
  })

  test('that finds the TID blocked is refused by the host’s word', async () => {
    const world = await bound()
    await sell(world, 100)
    const name = { acquirerCode: 'ACQ1', mid: '898111222333444', tid: 'T0000001' }
    await world.host.call({ verb: 'block', name, callNumber: 1, reason: 'test' })
    world.gateway.order({ payload: unbindPayload })
    await waitForRefusal(world, 'HOST_REFUSED')
    expect(world.flash.durable().areas.batch.size).toBe(1)
  })

  test('whose totals the host denies is refused, with the batch still there', async () => {
    const world = await bound()
    // The host books a sale that the terminal does not hold any more.
    await sell(world, 100)
    world.terminal.powerLoss()
    world.flash.write([{ clear: 'batch' }])
    world.terminal.boot()
    await world.until('a welcome', () => world.terminal.state().session.open !== undefined)
    await sell(world, 50)
    world.gateway.order({ payload: unbindPayload })
    await waitForRefusal(world, 'SETTLE_MISMATCH')
    expect(world.flash.durable().areas.batch.size).toBe(1)
  })

  test('that the merchant postpones is refused, but only before Ready', async () => {
    const world = await bound()
    await sell(world, 100)
    world.gateway.order({ payload: unbindPayload })
    await world.run(50)
    world.terminal.postpone()
    await waitForRefusal(world, 'POSTPONED_BY_MERCHANT')
    const prepared = await prepare(world)
    world.terminal.postpone()
    proceed(world, prepared)
    await world.until('the proof', () => world.gateway.said('proof') === 1)
  })

  test('is displaced by a destructive command of a higher sequence, and released first', async () => {
    const { world, prepared } = await preparedWorld()
    const { gateway } = world
    const second = await prepare(world)
    expect(second.commandId).not.toEqual(prepared.commandId)
    const { message } = gateway.last('released').uplink
    expect(message.cause).toBe('DISPLACED')
    expect(message.readyNonce).toEqual(prepared.nonce)
    const order = gateway.heard.map(({ uplink }) => uplink.message.kind)
    expect(order.indexOf('released')).toBeLessThan(order.lastIndexOf('ready'))
    proceed(world, prepared)
    await world.run(5_000)
    expect(isErased(world)).toBe(false)
    proceed(world, second)
    await world.until('the proof', () => gateway.said('proof') === 1)
  })

  test('is killed by an accepted Bind, nonce and all', async () => {
    const { world, prepared } = await preparedWorld()
    const { gateway } = world
    gateway.order({ payload: { ...bindPayload, keepKeys: true } as CommandParts['payload'] })
    await world.until('the Bind', () => world.flash.durable().cells.epochs?.binding === 2)
    gateway.bindingEpoch++
    await world.until('the release', () => gateway.said('released') === 1, 2_000)
    expect(gateway.last('released').uplink.message.cause).toBe('DISPLACED')
    proceed(world, prepared)
    await world.run(5_000)
    expect(isErased(world)).toBe(false)
    expect(await sell(world, 100)).toBe('approved')
  })

  test('ends with a reboot, and no nonce is ever given twice', async () => {
    const nonces = new Set<string>()
    const { world, prepared } = await preparedWorld()
    const { gateway } = world
    nonces.add(toHex(prepared.nonce))
    for (let boots = 0; boots < 3; boots++) {
      world.terminal.reboot(10)
      await world.until('the release', () => gateway.said('released') === boots + 1)
      expect(gateway.last('released').uplink.message.cause).toBe('REBOOTED')
      const { nonce } = await prepare(world)
      nonces.add(toHex(nonce))
    }
    expect(nonces.size).toBe(4)
    proceed(world, prepared)
    await world.run(5_000)
    expect(isErased(world)).toBe(false)
  })
})

test('a nonce is not given twice even by a terminal that draws the same chance at every boot', async () => {
  const world = await bound({ entropy: { bytes: (length) => new Uint8Array(length).fill(7) } })
  const first = await prepare(world)
  world.terminal.reboot(10)
  await world.until('the release', () => world.gateway.said('released') === 1)
  const second = await prepare(world)
  expect(second.nonce).not.toEqual(first.nonce)
})

test('a low battery refuses an Unbind, and mains allow it', async () => {
  const world = await bound()
  const { gateway } = world
  world.terminal.input({ kind: 'battery', percent: 12 })
  gateway.order({ payload: unbindPayload })
  await world.until('the refusal', () => gateway.said('refused') === 1)
  expect(errorByNumber(gateway.last('refused').uplink.message.code)?.code).toBe('LOW_BATTERY')
  world.terminal.input({ kind: 'battery', percent: 101 })
  await prepare(world)
})
