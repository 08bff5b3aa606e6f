import { describe, expect, it, vi } from 'vitest'

import type { Host, HostAnswer, HostCall } from '../ports/host.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { CommandPhase } from '../commands/states.js'
import { createTrail } from '../trail/trail.js'
import { createHostLoop } from './host-calls.js'

const log: Log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() }
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const tid = { acquirerCode: 'A', mid: 'M', tid: 'T' }
const blocked: HostAnswer = { ok: true, state: 'blocked' }
const failed = (code: 'stale' | 'unavailable' | 'refused' | 'unknown-tid'): HostAnswer => ({
  ok: false,
  code,
  detail: '',
})

interface Recorded {
  readonly callNumber: number
  readonly answer: string
  readonly seenNumber: number
}

/** One command that waits for the host; the records behave as the operations say. */
const bench = (phase: CommandPhase, hostCallNumber: number | null, answers: HostAnswer[]) => {
  const about = { id: 7, uuid: new Uint8Array(16), terminalId: 3, sn: 'SN1' }
  const work = { ...about, phase, hostCallNumber, ...tid }
  const s = { work: work as typeof work | undefined, now: 0, highest: hostCallNumber ?? 0 }
  const calls: string[] = []
  const recorded: Recorded[] = []
  const begin = () => {
    if (s.work === undefined) return { ok: false, code: 'ILLEGAL_STATE' }
    s.highest += 1
    const verb = s.work.phase === 'tid_unblocking' ? 'unblock' : 'block'
    const next = s.work.phase === 'ready' ? 'tid_blocking' : s.work.phase
    s.work = { ...s.work, phase: next, hostCallNumber: s.highest }
    return { ok: true, verb, callNumber: s.highest, target: tid }
  }
  const answered = (input: Recorded) => {
    recorded.push(input)
    if (input.answer === 'stale' && s.work !== undefined) {
      s.work = { ...s.work, hostCallNumber: null }
      s.highest = Math.max(s.highest, input.seenNumber)
    } else s.work = undefined
    return { ok: true, moved: true, standing: { open: 1 } }
  }
  const records = {
    read: () => Promise.resolve(s.work === undefined ? [] : [s.work]),
    submit: (name: string, input: Recorded) =>
      Promise.resolve(name === 'begin-host-call' ? begin() : answered(input)),
  } as unknown as Records
  const say = (verb: string) => (call: HostCall) => {
    calls.push(`${verb} ${String(call.callNumber)}`)
    return Promise.resolve(answers.shift() ?? failed('unavailable'))
  }
  const host: Host = {
    block: say('block'),
    unblock: say('unblock'),
    show: () => Promise.resolve({ ok: true, state: 'blocked', callNumber: 40 }),
  }
  const nudgeLane = vi.fn()
  const clock = { now: () => s.now, monotonic: () => s.now }
  const loop = createHostLoop({
    records,
    host,
    clock,
    timers: { after: () => ({ cancel: () => undefined }) },
    log,
    trail: createTrail({ log, clock }),
    nudgeLane,
  })
  const look = async (laterMs: number): Promise<void> => {
    s.now += laterMs
    loop.nudge()
    await settled()
  }
  return { s, calls, recorded, nudgeLane, look }
}

describe('a call to the host', () => {
  it('gets its number in the records before it leaves, and its answer wakes the lane', async () => {
    const { calls, recorded, nudgeLane, look } = bench('ready', null, [blocked])
    await look(0)
    expect(calls).toEqual(['block 1'])
    expect(recorded).toMatchObject([{ callNumber: 1, answer: 'blocked' }])
    expect(nudgeLane).toHaveBeenCalledWith(3)
  })

  it('is repeated with the same number after "unavailable", and not at once', async () => {
    const { calls, recorded, look } = bench('ready', null, [failed('unavailable'), blocked])
    await look(0)
    await look(10)
    expect(calls).toEqual(['block 1'])
    await look(1_000)
    expect(calls).toEqual(['block 1', 'block 1'])
    expect(recorded).toMatchObject([{ callNumber: 1, answer: 'blocked' }])
  })

  it('goes on with the number that a former life had given out', async () => {
    const { calls, look } = bench('tid_blocking', 9, [blocked])
    await look(0)
    expect(calls).toEqual(['block 9'])
  })

  it('goes above what the host has seen when it was stale, after a pause', async () => {
    const { calls, recorded, look } = bench('ready', null, [failed('stale'), blocked])
    await look(0)
    expect(recorded).toMatchObject([{ answer: 'stale', seenNumber: 40 }])
    expect(calls).toEqual(['block 1'])
    await look(1_000)
    expect(calls).toEqual(['block 1', 'block 41'])
  })

  it('of a host that stays stale is no storm', async () => {
    const { calls, look } = bench('ready', null, Array<HostAnswer>(50).fill(failed('stale')))
    for (let i = 0; i < 10; i += 1) await look(100)
    expect(calls.length).toBeLessThan(4)
  })

  it('unblocks in tid_unblocking alone', async () => {
    for (const phase of ['ready', 'tid_blocking'] as const) {
      const { calls, look } = bench(phase, null, [blocked])
      await look(0)
      expect(calls).toEqual(['block 1'])
    }
    const { calls, recorded, look } = bench('tid_unblocking', null, [{ ok: true, state: 'open' }])
    await look(0)
    expect(calls).toEqual(['unblock 1'])
    expect(recorded).toMatchObject([{ answer: 'open' }])
  })

  it('to unblock is never given up: only "open" ends it', async () => {
    const { calls, recorded, look } = bench('tid_unblocking', 5, [
      failed('refused'),
      failed('unknown-tid'),
      { ok: true, state: 'open' },
    ])
    for (const pause of [0, 1_000, 2_000]) await look(pause)
    // Refused under its number (the host knows it for a block): again under a fresh one.
    expect(calls).toEqual(['unblock 5', 'unblock 41', 'unblock 41'])
    expect(recorded).toMatchObject([{ answer: 'stale' }, { answer: 'open' }])
  })

  it.each(['refused', 'unknown-tid'] as const)(
    'that the host refuses to block with %s is told so',
    async (code) => {
      const { recorded, look } = bench('ready', null, [failed(code)])
      await look(0)
      expect(recorded).toMatchObject([{ answer: code }])
    },
  )
})
