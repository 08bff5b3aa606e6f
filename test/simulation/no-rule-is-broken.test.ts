// Twelve hundred schedules of bad luck against the whole system, from a fixed seed (TILLGATE_SEED draws
// others). A violation prints the command that replays it.
import { performance } from 'node:perf_hooks'
import { expect, test } from 'vitest'

import { commandsMin, eventsMin, terminalsMin } from './size.js'
import { runSchedules } from './run-schedules.js'

const seed = Number(process.env['TILLGATE_SEED'] ?? 1)
const schedules = 1_200

const play = async (count: number, first: number) => {
  const printed: string[] = []
  const totals = await runSchedules({
    schedules: count,
    seed: first,
    history: false,
    now: () => performance.now() / 1_000,
    progress: { at: () => undefined },
    print: (line) => printed.push(line),
  })
  return { totals, printed }
}

test(`no rule is broken in ${String(schedules)} schedules from seed ${String(seed)}`, async () => {
  const { totals, printed } = await play(schedules, seed)
  expect(printed).toEqual([])
  expect(totals.violations).toBe(0)
  expect(totals.terminalsMin).toBeGreaterThanOrEqual(terminalsMin)
  expect(totals.commandsMin).toBeGreaterThanOrEqual(commandsMin)
  expect(totals.eventsMin).toBeGreaterThanOrEqual(eventsMin)
}, 600_000)

test('the same seed makes the same history, whatever ran before it, and another seed another', async () => {
  const first = await play(20, 100)
  await play(3, 7)
  const again = await play(20, 100)
  const other = await play(20, 101)
  expect(again.totals.historyHash).toBe(first.totals.historyHash)
  expect(other.totals.historyHash).not.toBe(first.totals.historyHash)
}, 120_000)
