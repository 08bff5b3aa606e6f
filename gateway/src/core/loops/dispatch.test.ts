import { commandTypeNumbers } from '@tillgate/protocol'
import { describe, expect, it, vi } from 'vitest'

import { newLane } from '../lanes/lane.js'
import { defaultTiming } from '../lanes/plan-lane.js'
import { coreLimits } from '../limits.js'
import { queuedCommand } from '../operations/command-row.js'
import type { LinkSession } from '../ports/link.js'
import type { Records } from '../ports/records.js'
import type { CommandRow } from '../records/tables.js'
import { SessionRegistry } from '../sessions/registry.js'
import type { Session } from '../sessions/session.js'
import { createDispatch } from './dispatch.js'
import type { LaneSteps } from './lane-steps.js'

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const command = (id: number, terminalId: number): CommandRow => ({
  ...queuedCommand({
    uuid: new Uint8Array(16).fill(id & 255),
    terminalId,
    bindingId: null,
    type: commandTypeNumbers.SelfTest,
    destructive: 0,
    payload: new Uint8Array(0),
    assetEpoch: 0,
    bindingEpoch: 0,
    createdBy: 'me',
    createdAtMs: 0,
    notAfterMs: 1e12,
  }),
  id,
})

/** Terminals 1 to `terminals`, connected and greeted, with these open commands. */
const bench = (terminals: number, commands: readonly CommandRow[]) => {
  const sessions = new SessionRegistry()
  const lanes = Array.from({ length: terminals }, (_, i) =>
    newLane({
      terminalId: i + 1,
      fence: 1,
      seqFirst: 1,
      seqLast: 256,
      assetEpoch: 0,
      bindingEpoch: 0,
    }),
  )
  for (const lane of lanes) {
    const { terminalId } = lane
    const link = { id: terminalId, terminalId } as LinkSession
    const some = new Uint8Array(16)
    const greeting = { nonce: some, sessionId: some, macKey: some, lane }
    sessions.add({ link, terminalId, greeting, closed: false } as Session)
  }
  const state = { now: 100, held: undefined as Promise<void> | undefined }
  const taken: string[] = []
  const records = {
    async read(_: string, input: { terminalIds: readonly number[]; limit: number }) {
      const page = commands
        .filter(({ terminalId }) => input.terminalIds.includes(terminalId))
        .slice(0, input.limit)
      await state.held
      return page
    },
  } as unknown as Records
  const dispatch = createDispatch({
    records,
    sessions,
    steps: {
      take: (session, step) => {
        taken.push(`${step.do} ${String(step.command.id)} of ${String(session.terminalId)}`)
        return Promise.resolve()
      },
    } as LaneSteps,
    clock: { now: () => state.now, monotonic: () => state.now },
    timers: { after: () => ({ cancel: () => undefined }) },
    entropy: { bytes: (length) => new Uint8Array(length) },
    timing: defaultTiming,
    log: { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() },
  })
  return { dispatch, lanes, state, taken }
}

describe('more open commands than one read gives', () => {
  it('are looked at lane by lane all the same, and each lane as a whole', async () => {
    const each = coreLimits.commandsPerTerminalMax
    const terminals = 2 * Math.ceil(coreLimits.commandsPerTurnMax / each)
    const commands = Array.from({ length: terminals * each }, (_, i) =>
      command(i + 1, Math.floor(i / each) + 1),
    )
    const { dispatch, lanes, taken } = bench(terminals, commands)
    for (const { terminalId } of lanes) dispatch.nudge(terminalId)
    await settled()
    expect(lanes.map(({ open }) => open)).toEqual(lanes.map(() => each))
    expect(new Set(taken).size).toBe(terminals * coreLimits.commandsInFlightMax)
    expect(lanes.some(({ working }) => working)).toBe(false)
  })
})

describe('a look at a lane', () => {
  it('does not forget what left while it was reading', async () => {
    const { dispatch, lanes, state } = bench(1, [])
    const [lane] = lanes
    let answer: (() => void) | undefined
    state.held = new Promise((resolve) => (answer = resolve))
    lane?.sent.set(8, { kind: 'command', at: 50, tries: 1, seq: 1 })
    dispatch.nudge(1)
    await settled()
    lane?.sent.set(9, { kind: 'command', at: 101, tries: 1, seq: 2 })
    answer?.()
    await settled()
    expect([...(lane?.sent.keys() ?? [])]).toEqual([9])
  })

  it('keeps the attempts that it remembers bounded', async () => {
    const { dispatch, lanes } = bench(1, [])
    for (let i = 0; i < 200; i += 1)
      lanes[0]?.attempts.set(String(i), { type: 1, deliveredAtMs: null })
    dispatch.nudge(1)
    await settled()
    expect(lanes[0]?.attempts.size).toBe(0)
  })

  it('that is under way is waited for by a stop, with the steps that it leads to', async () => {
    const { dispatch, state, taken } = bench(1, [command(1, 1)])
    let answer: (() => void) | undefined
    state.held = new Promise((resolve) => (answer = resolve))
    dispatch.nudge(1)
    await settled()
    const stopping = dispatch.stop()
    answer?.()
    await stopping
    expect(taken).toEqual(['claim 1 of 1'])
  })

  it('leaves alone a lane whose Welcome has not left, and comes back to it', async () => {
    const { dispatch, lanes, taken } = bench(1, [command(1, 1)])
    const [lane] = lanes
    if (lane === undefined) throw new Error('no lane')
    lane.working = true
    dispatch.nudge(1)
    await settled()
    expect(taken).toEqual([])
    lane.working = false
    dispatch.nudge(1)
    await settled()
    expect(taken).toEqual(['claim 1 of 1'])
  })
})

describe('what left the short way, which no look has seen', () => {
  const { resendMs } = defaultTiming
  const away = (terminals: number) => {
    const one = bench(terminals, [{ ...command(1, 1), state: 'published', seq: 1 }])
    one.lanes.forEach((lane) => Object.assign(lane, { wakeAt: 1e9, lookedAt: 50 }))
    one.lanes[0]?.sent.set(1, { kind: 'command', at: 100, tries: 1, seq: 1 })
    return one
  }

  it('has its lane looked at when it should have been answered, and not before', async () => {
    const { dispatch, state, taken } = away(2)
    state.now = 100 + resendMs
    dispatch.start()
    await settled()
    expect(taken).toEqual([])
    state.now = 100 + 1.25 * resendMs
    dispatch.start()
    await settled()
    expect(taken).toEqual(['claim 1 of 1'])
  })

  it('has it looked at once: the look sets the next time', async () => {
    const { dispatch, lanes, state } = away(1)
    state.now = 100 + 1.25 * resendMs
    dispatch.start()
    await settled()
    expect(lanes[0]?.lookedAt).toBe(state.now)
    expect(lanes[0]?.wakeAt).toBeLessThanOrEqual(state.now + 1.25 * resendMs)
  })

  it('asks for no look where the answer came', async () => {
    const { dispatch, lanes, state, taken } = away(1)
    lanes[0]?.sent.clear()
    state.now = 100 + 10 * resendMs
    dispatch.start()
    await settled()
    expect(taken).toEqual([])
    expect(lanes[0]?.lookedAt).toBe(50)
  })
})
