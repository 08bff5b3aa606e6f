import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pinoLog, systemClock, systemEntropy, systemIds, systemTimers } from './index.js'

describe('timers', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('does not fire a delay of more than 31 bits early', () => {
    const days = 24 * 3600 * 1000
    let fired = 0
    systemTimers.after(60 * days, () => fired++)
    vi.advanceTimersByTime(60 * days - 1)
    expect(fired).toBe(0)
    vi.advanceTimersByTime(1)
    expect(fired).toBe(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('cancels, also in a later part of a long delay', () => {
    const action = vi.fn()
    const long = systemTimers.after(2 ** 32, action)
    vi.advanceTimersByTime(2 ** 31 + 5)
    long.cancel()
    systemTimers.after(5, action).cancel()
    vi.advanceTimersByTime(2 ** 33)
    expect(action).not.toHaveBeenCalled()
  })

  it('refuses a delay that is no number', () => {
    expect(() => systemTimers.after(Number.NaN, () => {})).toThrow(RangeError)
  })
})

describe('clock, entropy, ids', () => {
  it('gives a monotonic time that does not go back', () => {
    const first = systemClock.monotonic()
    expect(systemClock.monotonic()).toBeGreaterThanOrEqual(first)
    expect(Number.isInteger(systemClock.now())).toBe(true)
  })

  it('gives bytes that own their buffer', () => {
    const bytes = systemEntropy.bytes(32)
    expect(bytes.length).toBe(32)
    expect(bytes.buffer.byteLength).toBe(32)
    expect(systemEntropy.bytes(32)).not.toEqual(bytes)
  })

  it('gives version 7 ids that rise', () => {
    const ids = Array.from({ length: 5000 }, () => Buffer.from(systemIds.next()))
    for (const id of ids) {
      expect(id.length).toBe(16)
      expect(id[6]! >> 4).toBe(7)
      expect(id[8]! >> 6).toBe(2)
    }
    for (let i = 1; i < ids.length; i++) expect(Buffer.compare(ids[i - 1]!, ids[i]!)).toBe(-1)
  })
})

describe('log', () => {
  const lines: string[] = []
  const stream = { write: (line: string) => void lines.push(line) }
  const last = (): Record<string, unknown> => JSON.parse(lines.at(-1)!) as Record<string, unknown>

  it('writes one JSON line a report, with the level as a word', () => {
    pinoLog({ stream, base: { node: 'a' } }).warn('the disk is slow', { sn: 'T1', ms: 12 })
    expect(last()).toMatchObject({
      level: 'warn',
      msg: 'the disk is slow',
      sn: 'T1',
      ms: 12,
      node: 'a',
    })
  })

  it('blanks what is named like a secret and shows errors with their cause', () => {
    const log = pinoLog({ stream })
    log.error('it broke', { token: 'tg1.secret', error: new Error('x', { cause: new Error('y') }) })
    expect(lines.at(-1)).not.toContain('tg1.secret')
    expect(JSON.stringify(last())).toContain('y')
  })

  it('keeps quiet below its level', () => {
    const before = lines.length
    pinoLog({ stream, level: 'error' }).info('nobody reads this')
    expect(lines.length).toBe(before)
  })
})
