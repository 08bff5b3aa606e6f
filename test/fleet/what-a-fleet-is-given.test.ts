import {
  behaviourNames,
  createManualTime,
  createMemoryFlash,
  createPrng,
  domainShares,
  drawBehaviours,
  startFleet,
  type Shares,
  type Transport,
} from '@tillgate/device-sim'
import { describe, expect, test } from 'vitest'

import { enrolledImage } from '../terminal/world.js'

const flashFor = () => createMemoryFlash(enrolledImage)

/** A line on which nothing ever comes up. */
const deaf = (connects: { times: number }): Transport => ({
  connect: () => {
    connects.times++
    return {
      publish: () => undefined,
      puback: () => undefined,
      close: () => undefined,
      cut: () => undefined,
    }
  },
})

describe('a fleet is refused before anything starts', () => {
  const flashes = { taken: 0 }
  const given = {
    count: 2,
    flashFor: () => {
      flashes.taken++
      return flashFor()
    },
  }

  test.each([
    ['no terminals', { count: 0 }, 'count: must be a whole number from 1 to 100000'],
    ['half a terminal', { count: 1.5 }, 'count: must be a whole number'],
    ['a seed that fits no serial number', { seed: 'a b' }, 'seed: SIM-a b-00002'],
    [
      'a share above one',
      { behaviours: { 'half-open': 2 } },
      'half-open must be a number from 0 to 1',
    ],
    [
      'a share of nothing',
      { behaviours: { dreams: 1 } as Shares },
      'no behaviour is named "dreams"',
    ],
  ])('%s', async (_, bad, rule) => {
    await expect(startFleet({ ...given, ...bad })).rejects.toThrow(rule)
    expect(flashes.taken).toBe(0)
  })

  test('a flash without a certificate, where nobody can enrol it', async () => {
    const blank = { count: 3, flashFor: () => createMemoryFlash() }
    await expect(startFleet(blank)).rejects.toThrow('SIM-a-00001 has no certificate yet: give api')
  })
})

test('waiting in vain says for what, and what was counted by then', async () => {
  const time = createManualTime(0)
  const connects = { times: 0 }
  const fleet = await startFleet({
    count: 3,
    flashFor,
    transportFor: () => deaf(connects),
    clock: time,
    timers: time,
    spreadMs: 100,
  })
  const waited = fleet.online(5_000)
  time.advance(5_000)
  await expect(waited).rejects.toThrow(
    /in vain for every terminal online: .*"terminals":3,"online":0/,
  )
  expect(connects.times).toBe(3)
  expect(() => fleet.terminal('SIM-a-00004')).toThrow('no terminal SIM-a-00004')
  expect(fleet.terminal(2).sn).toBe('SIM-a-00003')
  await fleet.stop()
})

test('so many at a time shake hands; who is turned away or hears nothing gives way to the next', async () => {
  const time = createManualTime(0)
  const ends: (() => void)[] = []
  const transport: Transport = {
    connect: (_, events) => {
      ends.push(() => events.disconnected('turned away'))
      const nothing = () => undefined
      return { publish: nothing, puback: nothing, close: nothing, cut: nothing }
    },
  }
  const fleet = await startFleet({
    count: 100,
    flashFor,
    transportFor: () => transport,
    clock: time,
    timers: time,
  })
  expect(ends).toHaveLength(32)
  for (const end of ends.slice(0, 10)) end()
  expect(ends).toHaveLength(42)
  expect(fleet.counts().failedConnects).toBe(10)
  time.advance(60_000)
  expect(ends.length).toBeGreaterThanOrEqual(100)
  await fleet.stop()
  expect(time.pending()).toBe(0)
})

test('a fleet that is stopped before its power came on leaves nothing behind', async () => {
  const time = createManualTime(0)
  const connects = { times: 0 }
  const fleet = await startFleet({
    count: 3,
    flashFor,
    transportFor: () => deaf(connects),
    clock: time,
    timers: time,
    spreadMs: 1_000_000,
  })
  await fleet.stop()
  expect(time.pending()).toBe(0)
  time.advance(2_000_000)
  expect(connects.times).toBe(0)
})

describe('a mixture', () => {
  const namesOf = (shares: Shares, index: number): readonly string[] =>
    drawBehaviours(shares, createPrng('mix').fork(String(index))).map(({ name }) => name)

  test('gives about as many terminals each behaviour as its share says', () => {
    const shares = Object.fromEntries(behaviourNames.map((name) => [name, 0.3])) as Shares
    const drawn = Array.from({ length: 400 }, (_, index) => namesOf(shares, index).length)
    const mean = drawn.reduce((sum, count) => sum + count, 0) / drawn.length
    expect(mean / behaviourNames.length).toBeGreaterThan(0.27)
    expect(mean / behaviourNames.length).toBeLessThan(0.33)
  })

  test('a share that changes moves nobody else’s luck', () => {
    const without = { ...domainShares, 'unsettled-batch': 0 }
    for (let index = 0; index < 200; index++) {
      const others = namesOf(domainShares, index).filter((name) => name !== 'unsettled-batch')
      expect(namesOf(without, index)).toEqual(others)
    }
  })

  test('none and all are none and all', () => {
    const all = Object.fromEntries(behaviourNames.map((name) => [name, 1])) as Shares
    expect(namesOf({}, 1)).toEqual([])
    expect(namesOf(all, 1)).toHaveLength(behaviourNames.length)
  })
})
