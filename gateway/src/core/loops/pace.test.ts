import { describe, expect, it, vi } from 'vitest'

import type { Log } from '../ports/log.js'
import type { Timers } from '../ports/system.js'
import { createLoop } from './pace.js'

const log: Log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() }
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A loop whose turns end when the test says so. */
const heldLoop = () => {
  const beats: (() => void)[] = []
  const timers: Timers = {
    after(_, action) {
      beats.push(action)
      return { cancel: () => beats.splice(beats.indexOf(action), 1) }
    },
  }
  const turns: { end(more?: boolean): void; fail(): void }[] = []
  const loop = createLoop({
    name: 'held',
    beatMs: 1_000,
    timers,
    log,
    turn: () =>
      new Promise((resolve, reject) => {
        turns.push({
          end: (more = false) => resolve(more),
          fail: () => reject(new Error('no luck')),
        })
      }),
  })
  return { loop, turns, beats }
}

describe('a loop', () => {
  it('runs once more, and only once, for all nudges during a turn', async () => {
    const { loop, turns } = heldLoop()
    loop.nudge()
    await settled()
    loop.nudge()
    loop.nudge()
    await settled()
    expect(turns).toHaveLength(1)
    turns[0]?.end()
    await settled()
    expect(turns).toHaveLength(2)
    turns[1]?.end()
    await settled()
    expect(turns).toHaveLength(2)
  })

  it('loses no nudge that comes just as a turn has ended', async () => {
    const { loop, turns } = heldLoop()
    for (let ticks = 0; ticks < 12; ticks += 1) {
      loop.nudge()
      await settled()
      const before = turns.length
      turns.at(-1)?.end()
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve()
      loop.nudge()
      await settled()
      expect(turns.length, `nudged ${String(ticks)} ticks after the end`).toBe(before + 1)
      turns.at(-1)?.end()
      await settled()
    }
  })

  it('goes on at once while a turn says that there is more', async () => {
    const { loop, turns } = heldLoop()
    loop.nudge()
    await settled()
    turns[0]?.end(true)
    await settled()
    expect(turns).toHaveLength(2)
    turns[1]?.end()
  })

  it('is not stopped by a turn that throws', async () => {
    const { loop, turns, beats } = heldLoop()
    loop.start()
    await settled()
    turns[0]?.fail()
    await settled()
    expect(turns).toHaveLength(1)
    beats.shift()?.()
    await settled()
    expect(turns).toHaveLength(2)
    turns[1]?.end()
  })

  it('waits for the present turn when it stops, and starts none after', async () => {
    const { loop, turns, beats } = heldLoop()
    loop.start()
    await settled()
    let stopped = false
    const stopping = loop.stop().then(() => (stopped = true))
    loop.nudge()
    await settled()
    expect({ stopped, beats: beats.length }).toEqual({ stopped: false, beats: 0 })
    turns[0]?.end(true)
    await stopping
    expect(turns).toHaveLength(1)
  })
})
