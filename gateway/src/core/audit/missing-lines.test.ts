// Which lines are gone, told from the numbers that their writers gave them.
import { expect, it } from 'vitest'
import { coreLimits } from '../limits.js'
import { WriterCounts } from './missing-lines.js'

it('misses what a writer left out, wherever other writers stand', () => {
  const counts = new WriterCounts()
  expect(counts.take({ writer: 4, number: 1 })).toBeUndefined()
  expect(counts.take({ writer: 9, number: 3 })).toEqual({ writer: 9, from: 1, through: 2 })
  expect(counts.take({ writer: 4, number: 2 })).toBeUndefined()
  expect(counts.take({ writer: 4, number: 5 })).toEqual({ writer: 4, from: 3, through: 4 })
  expect(WriterCounts.parse(counts.toText()).get(4)).toBe(5)
})

it('misses the last lines of a writer that nothing follows, once', () => {
  const counts = new WriterCounts([[4, 7]])
  expect(counts.takeEnd(4, 7)).toBeUndefined()
  expect(counts.takeEnd(4, 9)).toEqual({ writer: 4, from: 8, through: 9 })
  expect(counts.takeEnd(4, 9)).toBeUndefined()
  expect(counts.takeEnd(5, 2)).toEqual({ writer: 5, from: 1, through: 2 })
})

it('does not count lines from before they were numbered', () => {
  const counts = new WriterCounts()
  expect(counts.take({ writer: null, number: null })).toBeUndefined()
  expect(counts.toText()).toBe('{}')
})

it('remembers the newest writers, and calls nothing missing of those it forgot', () => {
  const counts = new WriterCounts()
  for (let writer = 1; writer <= coreLimits.auditWritersMax + 3; writer++) {
    expect(counts.take({ writer, number: 1 })).toBeUndefined()
  }
  expect(counts.oldest).toBe(4)
  expect(counts.take({ writer: 2, number: 40 })).toBeUndefined()
  expect(counts.takeEnd(2, 40)).toBeUndefined()
})
