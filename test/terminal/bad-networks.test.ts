import {
  createPrng,
  dropsLine,
  duplicates,
  halfOpen,
  lateDeliveries,
  lostAcknowledgements,
  reconnectsBadly,
  type Acknowledgement,
  type Again,
  type Observation,
} from '@tillgate/device-sim'
import { toHex } from '@tillgate/protocol'
import { expect, test } from 'vitest'
import { bound, online, prepare, proceed, unbindPayload, type World } from './world.js'

const prng = () => createPrng('networks')
const hourMs = 3_600_000

const isDown = (note: Observation): boolean => note.what === 'link' && note.is === 'down'
const isUp = (note: Observation): boolean => note.what === 'link' && note.is === 'up'
const count = ({ notes }: World, which: (note: Observation) => boolean): number =>
  notes.filter(which).length

const selfTest = ({ gateway }: World): Uint8Array =>
  gateway.order({ payload: { type: 'SelfTest' } }).command.commandId

const resultsOf = ({ gateway }: World, id: Uint8Array): number =>
  gateway.all('result').filter(({ uplink }) => toHex(uplink.commandId!) === toHex(id)).length

test('drops line: both ends notice at once, and the terminal comes back by itself', async () => {
  const world = await online({ behaviours: [dropsLine({ prng: prng(), meanMs: 20_000 })] })
  await world.until('a broken line', () => count(world, isDown) === 1, hourMs)
  expect(world.gateway.session).toBeUndefined()
  await world.until('a new link', () => count(world, isUp) === 2)
})

test('half-open: nothing arrives either way, nobody is told, and the keep-alive ends it', async () => {
  const world = await online({ behaviours: [halfOpen({ prng: prng(), meanMs: 20_000 })] })
  const { gateway, time } = world
  await world.until('silence', () => gateway.session?.isOpen === false, hourMs)
  const silentMs = time.monotonic()
  const id = selfTest(world)
  await world.run(60_000)
  expect(count(world, isDown)).toBe(0)
  expect(world.terminal.state().session.link).toBe('up')
  expect(resultsOf(world, id)).toBe(0)
  await world.until('notice', () => count(world, isDown) === 1)
  expect(time.monotonic() - silentMs).toBeGreaterThanOrEqual(80_000)
  await world.until('a new link', () => count(world, isUp) === 2)
})

const losing = (which: Acknowledgement, { rate = 1, lineBreaks = true } = {}) =>
  lostAcknowledgements({ prng: prng(), rate, which: [which], lineBreaks })

test('lost acknowledgements: a result whose PUBACK is lost with the line comes again, from one run', async () => {
  const world = await online({ behaviours: [losing('puback-down', { rate: 0.5 })] })
  const { gateway, terminal } = world
  let ordered = 0
  while (gateway.all('result').length === gateway.said('result')) {
    await world.until('a session', () => terminal.state().session.open !== undefined)
    selfTest(world)
    ordered++
    await world.run(2_000)
  }
  expect(count(world, isDown)).toBeGreaterThan(0)
  expect(gateway.said('result')).toBe(journalOf(world))
  expect(journalOf(world)).toBeLessThanOrEqual(ordered)
})

test('lost acknowledgements: a proof whose Receipt is lost stays in the flash and is said again', async () => {
  const world = await bound({ behaviours: [losing('receipt')] })
  const { gateway, flash } = world
  // Each lost Receipt breaks the line, and with it the session of what was prepared before.
  gateway.habits.receipts = false
  proceed(world, await prepare(world))
  await world.until('the proof', () => gateway.said('proof') === 1)
  gateway.receipt(gateway.last('proof'))
  await world.until('the proof again', () => gateway.all('proof').length > 1)
  const kept = [...flash.durable().areas.evidence.values()].find(({ kind }) => kind === 'proof')
  expect(kept?.receipted).toBe(false)
  expect(gateway.said('proof')).toBe(1)
})

test('lost acknowledgements: the effect of a command stands though our PUBACK of it is lost', async () => {
  const world = await online({ behaviours: [losing('puback-up', { lineBreaks: false })] })
  const before = world.gateway.acknowledged.length
  const id = selfTest(world)
  await world.until('the result', () => resultsOf(world, id) === 1)
  expect(world.gateway.acknowledged).toHaveLength(before)
  expect(count(world, isDown)).toBe(0)
})

const repeating = (again: Again) =>
  duplicates({ prng: prng(), rate: 1, when: [again], laterMsMax: 2 * hourMs })

const journalOf = ({ flash }: World): number => flash.durable().areas.journal.size

test('duplicates: a command that comes twice at once runs once, and each is acknowledged once', async () => {
  const world = await online({ behaviours: [repeating('at-once')] })
  const id = selfTest(world)
  await world.until('the result', () => resultsOf(world, id) > 0)
  await world.run(5_000)
  expect(journalOf(world)).toBe(1)
  expect(world.gateway.said('result')).toBe(1)
  expect(new Set(world.gateway.acknowledged).size).toBe(
    world.gateway.acknowledged.length - copies(world),
  )
})

/** PUBACKs that no packet of the gateway asked for. */
const copies = ({ gateway }: World): number =>
  gateway.acknowledged.filter((token) => token === 0).length - 1

test('duplicates: a Proceed that comes again in the next session finds the work done', async () => {
  const world = await bound({ behaviours: [repeating('next-session')] })
  const { gateway } = world
  proceed(world, await prepare(world))
  await world.until('the proof', () => gateway.said('proof') === 1)
  const erasures = world.flash.durable().cells.erasureCounter
  gateway.drop()
  await world.until('a new link', () => count(world, isUp) === 2)
  await world.run(30_000)
  expect(world.flash.durable().cells.erasureCounter).toBe(erasures)
  expect(gateway.said('proof')).toBe(1)
})

test('duplicates: a command that comes again hours later runs no second time', async () => {
  const world = await online({ behaviours: [repeating('hours-later')] })
  const id = selfTest(world)
  await world.until('the result', () => resultsOf(world, id) === 1)
  for (let minutes = 0; resultsOf(world, id) === 1; minutes++) {
    expect(minutes, 'minutes waited').toBeLessThanOrEqual(120)
    world.time.advance(60_000)
    await world.run(5)
  }
  expect(journalOf(world)).toBe(1)
})

test('late deliveries: a command that others have overtaken, and that has expired, is refused', async () => {
  const late = lateDeliveries({ prng: prng(), rate: 0.4, lateMsMin: 40_000, lateMsMax: 60_000 })
  const world = await online({ behaviours: [late] })
  const { gateway } = world
  const ids = Array.from({ length: 12 }, () =>
    gateway.order({ payload: { type: 'SelfTest' }, notAfterMs: gateway.now() + 30_000 }),
  )
  await world.run(20_000)
  const inTime = gateway.said('result')
  expect(inTime).toBeGreaterThan(0)
  expect(inTime).toBeLessThan(ids.length)
  await world.run(60_000)
  expect(gateway.said('result')).toBe(inTime)
  expect(gateway.said('refused')).toBe(ids.length - inTime)
})

test('late deliveries: a prepare that comes in a later session is not begun', async () => {
  const late = lateDeliveries({ prng: prng(), rate: 0, lateMsMin: 30_000, lateMsMax: 30_000 })
  const always = lateDeliveries({ prng: prng(), rate: 1, lateMsMin: 30_000, lateMsMax: 30_000 })
  let isOn = false
  const world = await bound({
    behaviours: [
      {
        ...late,
        begin: (hands) => always.begin?.(hands),
        input: (input, look) => (isOn ? (always.input?.(input, look) ?? [input]) : [input]),
      },
    ],
  })
  const { gateway } = world
  isOn = true
  gateway.order({ payload: unbindPayload })
  await world.run(1_000)
  isOn = false
  gateway.drop()
  await world.until('a new link', () => count(world, isUp) === 2)
  isOn = true
  await world.run(40_000)
  expect(gateway.said('ready')).toBe(0)
  expect(world.terminal.state().preparation).toBeUndefined()
})

test('reconnects badly: every second the same, however often it was turned away', async () => {
  const world = await online({ behaviours: [reconnectsBadly()] })
  const { gateway, time } = world
  gateway.habits.refuses = true
  gateway.drop()
  const downAt: number[] = []
  while (downAt.length < 6) {
    const before = count(world, isDown)
    await world.until('another refusal', () => count(world, isDown) > before)
    downAt.push(time.monotonic())
  }
  const gaps = downAt.slice(1).map((at, i) => at - downAt[i]!)
  for (const gap of gaps) expect(gap).toBeLessThan(1_020)
})
