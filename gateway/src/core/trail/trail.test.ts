import { describe, expect, it, vi } from 'vitest'

import type { Standing } from '../operations/command-move.js'
import type { Log } from '../ports/log.js'
import { noTrace, type Span, type Trace } from '../ports/trace.js'
import { hops, type HopName } from './hops.js'
import { createTrail } from './trail.js'

const uuid = new Uint8Array(16).fill(0xab)
const commandId = 'abababab-abab-abab-abab-abababababab'
const names = Object.keys(hops) as HopName[]
const written = (level: 'debug' | 'info') => names.filter((name) => hops[name].level === level)

const scene = (wants?: Log['wants'], trace?: Trace) => {
  const time = { now: 1_000_000, monotonic: 500 }
  const log = {
    ...{ debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() },
    ...(wants === undefined ? {} : { wants }),
  }
  const clock = { now: () => Math.floor(time.now), monotonic: () => time.monotonic }
  const pass = (ms: number): void => {
    time.now += ms
    time.monotonic += ms
  }
  const trail = createTrail({ log, clock, ...(trace === undefined ? {} : { trace }) })
  return { trail, log, time, pass }
}

const watched = (): Trace & { readonly spans: Span[] } => {
  const spans: Span[] = []
  return { spans, isWatched: () => true, span: (span) => void spans.push(span) }
}

const standing = (open: 0 | 1): Standing =>
  ({ open, type: 3, state: open === 1 ? 'running' : 'done' }) as Standing

describe('where nobody looks', () => {
  it('begins nothing for a hop that is for debugging, and puts nothing together behind it', () => {
    const { trail } = scene((level) => level === 'info')
    const fields = vi.fn(() => ({}))
    for (const name of written('debug')) {
      expect(trail.begin(name)).toBeUndefined()
      trail.begin(name)?.end(uuid, 'SN1', fields())
    }
    expect(fields).not.toHaveBeenCalled()
  })

  it('takes a log that has no answer to write from info on', () => {
    const { trail } = scene()
    expect(names.filter((name) => trail.begin(name) !== undefined)).toEqual(written('info'))
  })

  it('has a trace that is one object for all, makes nothing and cannot be changed', () => {
    expect(noTrace.isWatched()).toBe(false)
    expect(noTrace.span({} as Span)).toBeUndefined()
    expect(Object.isFrozen(noTrace)).toBe(true)
  })
})

describe('the log', () => {
  it('says each hop under the id of the command, with the serial number', () => {
    const { trail, log } = scene(() => true)
    trail.begin('claim')?.end(uuid, 'SN1', { seq: 7 })
    expect(log.debug).toHaveBeenCalledWith('command claimed', {
      ...{ commandId, sn: 'SN1', hop: 'claim', seq: 7 },
    })
  })

  it('says which request it was', () => {
    const { trail, log } = scene()
    trail.begin('order')?.end(uuid, 'SN1', { type: 'Unbind' }, { requestId: 'r1' })
    expect(log.info).toHaveBeenCalledWith('command ordered', {
      ...{ commandId, sn: 'SN1', hop: 'order', type: 'Unbind', requestId: 'r1' },
    })
  })

  it('says the end once it is one', () => {
    const { trail, log } = scene()
    trail.ended(uuid, 'SN1', standing(1))
    expect(log.info).not.toHaveBeenCalled()
    trail.ended(uuid, 'SN1', standing(0))
    expect(log.info).toHaveBeenCalledTimes(1)
  })
})

describe('a span', () => {
  it('lasts as long as its hop, and carries what the line says', () => {
    const trace = watched()
    const { trail, pass } = scene(() => false, trace)
    const step = trail.begin('uplink')
    pass(0.4)
    step?.end(uuid, 'SN1', { message: 'ready', outcome: 'ok' }, { requestId: 'r1' })
    expect(trace.spans).toHaveLength(1)
    expect(trace.spans[0]).toMatchObject({ name: 'uplink ready', role: 'takes', commandId: uuid })
    expect(trace.spans[0]?.sinceMs).toBe(1_000_000)
    expect(trace.spans[0]?.lastedMs).toBeCloseTo(0.4)
    expect(trace.spans[0]?.attributes).toEqual({
      ...{ sn: 'SN1', message: 'ready', outcome: 'ok', requestId: 'r1' },
    })
  })

  it('keeps its place among hops of the same millisecond', () => {
    const trace = watched()
    const { trail, pass } = scene(() => false, trace)
    for (let i = 0; i < 20; i++) {
      trail.begin('sign')?.end(uuid, 'SN1', {})
      pass(0.1)
    }
    const times = trace.spans.map(({ sinceMs }) => sinceMs)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(new Set(times).size).toBe(20)
  })

  it('follows the wall clock where somebody sets it', () => {
    const trace = watched()
    const { trail, time } = scene(() => false, trace)
    time.now += 60_000
    trail.begin('sign')?.end(uuid, 'SN1', {})
    expect(trace.spans[0]?.sinceMs).toBe(1_060_000)
  })

  it('is not made of a moment', () => {
    const trace = watched()
    const { trail } = scene(() => false, trace)
    expect(trail.begin('delivered')).toBeUndefined()
    expect(trail.begin('ended')).toBeUndefined()
  })
})
