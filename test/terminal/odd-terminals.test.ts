import {
  createPrng,
  flashFull,
  lowBattery,
  nightlyPowerOff,
  oldFirmware,
  pressesLater,
  rebootsDaily,
  silentFirmware,
  wrongClock,
  type Observation,
} from '@tillgate/device-sim'
import { commandTypeNumber, errorNumber, type ErrorCode } from '@tillgate/protocol'
import { describe, expect, test } from 'vitest'
import {
  bound,
  online,
  prepare,
  proceed,
  sell,
  startMs,
  unbindPayload,
  type World,
} from './world.js'

const prng = () => createPrng('oddities')
const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** In the fleet's zone, of `startMs`. */
const startOfDayMs = Math.floor((startMs + 8 * hourMs) / dayMs) * dayMs - 8 * hourMs

const refusals = ({ gateway }: World): readonly number[] =>
  gateway.all('refused').map(({ uplink }) => uplink.message.code)

const refusedWith = async (world: World, code: ErrorCode): Promise<void> => {
  await world.until(code, () => refusals(world).length > 0)
  expect(refusals(world)).toEqual([errorNumber(code)])
}

const powerOffs = ({ notes }: World): number =>
  notes.filter((note: Observation) => note.what === 'power').length

/** In large steps: nothing happens in most of them. */
const untilOff = async (world: World, times: number): Promise<number> => {
  for (let hours = 0; powerOffs(world) < times; hours++) {
    expect(hours, 'hours waited').toBeLessThan(60 * 60)
    world.time.advance(60_000)
    await world.run(0)
  }
  return world.time.now()
}

describe('reboots daily', () => {
  test('without a spread every terminal goes at 06:00 of its zone, and comes back', async () => {
    const worlds = [
      await online({ behaviours: [rebootsDaily({ prng: createPrng('a') })] }),
      await online({ behaviours: [rebootsDaily({ prng: createPrng('b') })] }),
    ]
    for (const world of worlds) {
      const offMs = await untilOff(world, 1)
      const sinceSixMs = (offMs + 8 * hourMs - 6 * hourMs) % dayMs
      expect(sinceSixMs).toBeLessThan(60_000)
      await world.until('a welcome', () => world.terminal.state().session.open !== undefined)
      expect(await untilOff(world, 2)).toBeGreaterThan(offMs + dayMs - 120_000)
    }
  })

  test('with a spread each has its own moment after the hour', async () => {
    const offAt = async (seed: string): Promise<number> => {
      const spread = rebootsDaily({ prng: createPrng(seed), spreadMs: hourMs })
      const world = await online({ behaviours: [spread] })
      return (await untilOff(world, 1)) - startOfDayMs
    }
    const [one, two] = [await offAt('a'), await offAt('b')]
    expect(one).not.toBe(two)
    for (const at of [one, two]) expect((at - 6 * hourMs) % dayMs).toBeLessThan(hourMs + 60_000)
  })
})

test('nightly power-off: dark from ten in the evening until the shop opens', async () => {
  const world = await online({ behaviours: [nightlyPowerOff({ prng: prng() })] })
  const offMs = await untilOff(world, 1)
  const hour = ((offMs + 8 * hourMs) % dayMs) / hourMs
  expect(hour).toBeGreaterThanOrEqual(22)
  expect(hour).toBeLessThan(23.1)
  world.time.advance(startOfDayMs + dayMs + 8 * hourMs - world.time.now() - 120_000)
  expect(world.terminal.state().boot).toBeUndefined()
  world.time.advance(12 * hourMs)
  await world.until('a welcome', () => world.terminal.state().session.open !== undefined)
})

describe('wrong clock', () => {
  const wrong = [
    ['at 1970', { startsAtMs: 0 }],
    ['a zone ahead', { offsetMs: 8 * hourMs }],
    ['drifting', { driftMsPerDay: 40 * dayMs }],
  ] as const

  test.each(wrong)(
    '%s: commands are judged by the Welcome’s time and by no other',
    async (_, how) => {
      const world = await online({ behaviours: [wrongClock(how)] })
      const { gateway } = world
      await world.run(60_000)
      gateway.order({ payload: { type: 'SelfTest' }, notAfterMs: gateway.now() + 30_000 })
      await world.until('the result', () => gateway.said('result') === 1)
      const late = { issuedAtMs: gateway.now() - 60_000, notAfterMs: gateway.now() - 1_000 }
      gateway.order({ payload: { type: 'SelfTest' }, ...late })
      await refusedWith(world, 'EXPIRED')
    },
  )

  test('at 1970 after a dead cell, and runs from there', async () => {
    const seen: number[] = []
    const world = await online({
      behaviours: [
        wrongClock({ startsAtMs: 0 }),
        { name: 'watch', begin: ({ look, after }) => after(60_000, () => seen.push(look().rtcMs)) },
      ],
    })
    await world.run(61_000)
    expect(seen).toEqual([60_000])
  })
})

const lock = { type: 'Lock', reason: 'RISK' } as const

test('old firmware: refuses what it does not know, and does the rest', async () => {
  const world = await online({ behaviours: [oldFirmware({ lacks: ['Lock'] })] })
  const { gateway } = world
  expect(gateway.last('hello').uplink.message.capabilities).not.toContain('Lock')
  gateway.order({ payload: lock as never })
  await refusedWith(world, 'UNKNOWN_COMMAND')
  expect(world.flash.durable().cells.lock).toBeUndefined()
  gateway.order({ payload: { type: 'SelfTest' } })
  await world.until('the result', () => gateway.said('result') === 1)
})

test('silent firmware: PUBACKs what it does not know and never says a word about it', async () => {
  const world = await online({ behaviours: [silentFirmware({ lacks: ['Lock'] })] })
  const { gateway } = world
  const acknowledged = gateway.acknowledged.length
  const heard = gateway.heard.length
  const { command } = gateway.order({ payload: lock as never })
  gateway.send({ kind: 'query', commandId: command.commandId, seq: ++gateway.seq })
  await world.run(30_000)
  expect(gateway.acknowledged).toHaveLength(acknowledged + 2)
  expect(gateway.heard).toHaveLength(heard)
  expect(world.flash.durable().areas.journal.size).toBe(0)
  gateway.order({ payload: { type: 'SelfTest' } })
  await world.until('the result', () => gateway.said('result') === 1)
})

describe('flash full', () => {
  test('refuses before any effect, says so in a SelfTest, and works again once it is cleared', async () => {
    const world = await online({ behaviours: [flashFull({ clearedAfterMs: 60_000 })] })
    const { gateway } = world
    gateway.order({ payload: lock as never })
    await refusedWith(world, 'FLASH_FULL')
    expect(world.flash.durable().cells.lock).toBeUndefined()
    gateway.order({ payload: { type: 'SelfTest' } })
    await world.until('the result', () => gateway.said('result') === 1)
    await world.run(60_000)
    gateway.order({ payload: lock as never })
    await world.until('the lock', () => world.flash.durable().cells.lock !== undefined)
  })

  test('a proof that would find no room is not needed: nothing is erased', async () => {
    let fill = (): void => undefined
    const world = await bound({
      behaviours: [
        {
          name: 'fills',
          begin: (hands) => {
            fill = () => hands.input({ kind: 'flash', isFull: true })
          },
        },
      ],
    })
    await sell(world, 100)
    const prepared = await prepare(world)
    fill()
    proceed(world, prepared)
    await refusedWith(world, 'FLASH_FULL')
    expect(world.flash.durable().cells.erasure).toBeUndefined()
    expect(world.flash.durable().cells.binding).toBeDefined()
    expect(world.gateway.last('refused').uplink.message.readyNonce).toEqual(prepared.nonce)
  })
})

describe('presses later', () => {
  test('as often as it may; the next prepare takes its course', async () => {
    const later = pressesLater({ prng: prng(), times: 2, presence: 1, withinMs: 20 })
    const world = await bound({ behaviours: [later] })
    await sell(world, 100)
    const { gateway } = world
    for (const times of [1, 2]) {
      gateway.order({ payload: unbindPayload })
      await world.until('a refusal', () => gateway.said('refused') === times)
      expect(refusals(world).at(-1)).toBe(errorNumber('POSTPONED_BY_MERCHANT'))
      expect(gateway.said('ready')).toBe(0)
    }
    await prepare(world)
    expect(gateway.said('refused')).toBe(2)
  })

  test('nobody is at the counter: nothing is pressed', async () => {
    const world = await bound({ behaviours: [pressesLater({ prng: prng(), presence: 0 })] })
    await prepare(world)
    expect(world.gateway.said('refused')).toBe(0)
  })
})

describe('low battery', () => {
  test('refuses what destroys, and does the rest; on its charger it obeys', async () => {
    const world = await bound({ behaviours: [lowBattery({ chargedAfterMs: 120_000 })] })
    const { gateway } = world
    gateway.order({ payload: unbindPayload })
    await refusedWith(world, 'LOW_BATTERY')
    const results = gateway.said('result')
    gateway.order({ payload: { type: 'SelfTest' } })
    await world.until('the result', () => gateway.said('result') === results + 1)
    await world.run(120_000)
    await prepare(world)
  })

  test('dies in the middle of an erasure, and finishes it on its charger', async () => {
    const dies = lowBattery({ percent: 35, diesAtStep: 8, offMs: 600_000 })
    const world = await bound({ behaviours: [dies] })
    const { gateway } = world
    proceed(world, await prepare(world))
    await world.until('darkness', () => powerOffs(world) === 1)
    expect(gateway.said('proof')).toBe(0)
    expect(world.flash.durable().cells.erasure).toBeDefined()
    await world.run(590_000)
    expect(world.terminal.state().boot).toBeUndefined()
    await world.until('the proof', () => gateway.said('proof') === 1)
    expect(gateway.last('proof').uplink.message.resumed).toBe(1)
  })
})

test('a type number that nobody has given is answered by old firmware, and by silent firmware not', async () => {
  const type = commandTypeNumber('Unbind') + 40
  const payload = { type: 'SelfTest' } as const
  const [refuses, silent] = [
    await online({ behaviours: [oldFirmware({ lacks: ['Lock'] })] }),
    await online({ behaviours: [silentFirmware({ lacks: ['Lock'] })] }),
  ]
  for (const world of [refuses, silent]) world.gateway.order({ payload, type })
  await refusedWith(refuses, 'UNKNOWN_COMMAND')
  await silent.run(5_000)
  expect(refusals(silent)).toEqual([])
})
