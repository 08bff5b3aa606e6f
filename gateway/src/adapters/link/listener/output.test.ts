import { describe, expect, test } from 'vitest'
import { listenerLimits } from './limits.js'
import { Output } from './output.js'
import type { Wire } from './server/wire.js'

const limits = { ...listenerLimits, outputBytesMax: 100, unreadMsMax: 1_000 }

/** A wire whose kernel takes bytes when the test says so. */
const ground = () => {
  const writes: number[] = []
  const said: string[] = []
  const turns: (() => void)[] = []
  const due: (() => void)[] = []
  const flushes: (() => void)[] = []
  const wire = { bufferedBytes: 0, isEnded: false }
  const events = {
    full: () => void said.push('full'),
    free: () => void said.push('free'),
    stuck: () => void said.push('stuck'),
  }
  const output = new Output({
    wire: Object.assign(wire, {
      write(bytes: Uint8Array, flushed: () => void) {
        writes.push(bytes.length)
        wire.bufferedBytes += bytes.length
        flushes.push(() => {
          wire.bufferedBytes -= bytes.length
          flushed()
        })
      },
      end: () => {
        wire.isEnded = true
      },
    }) as unknown as Wire,
    timers: {
      after: (_ms, action) => {
        due.push(action)
        return { cancel: () => void due.splice(due.indexOf(action), 1) }
      },
    },
    limits,
    endOfTurn: (action) => turns.push(action),
    events,
  })
  const endTurn = (): void => turns.splice(0).forEach((action) => action())
  const flush = (): void => flushes.splice(0, 1).forEach((action) => action())
  const wait = (): void => due.splice(0).forEach((action) => action())
  return { output, wire, writes, said, due, endTurn, flush, wait }
}

const bytes = (length: number): Uint8Array => new Uint8Array(length)

describe('output', () => {
  test('of one turn leaves in one write', () => {
    const { output, writes, endTurn } = ground()
    for (const length of [1, 2, 3]) output.write(bytes(length))
    expect(writes).toEqual([])
    endTurn()
    expect(writes).toEqual([6])
    output.write(bytes(4))
    endTurn()
    expect(writes).toEqual([6, 4])
  })

  test('is full at its bound, before and after it is written, and free at half of it', () => {
    const { output, said, endTurn, flush } = ground()
    output.write(bytes(60))
    endTurn()
    output.write(bytes(40))
    expect(said).toEqual(['full'])
    endTurn()
    flush()
    expect(said).toEqual(['full', 'free'])
  })

  test('is stuck when nothing of it leaves, and only then', () => {
    const { output, said, endTurn, flush, wait } = ground()
    for (const length of [10, 10, 10]) {
      output.write(bytes(length))
      endTurn()
    }
    flush()
    wait()
    expect(said).toEqual([])
    wait()
    expect(said).toEqual(['stuck'])
  })

  test('that has left leaves no timer behind', () => {
    const { output, said, due, endTurn, flush, wait } = ground()
    output.write(bytes(10))
    endTurn()
    flush()
    wait()
    expect([said, due]).toEqual([[], []])
  })

  test('ends after what was written', () => {
    const { output, wire, writes } = ground()
    output.write(bytes(10))
    output.end()
    expect([writes, wire.isEnded]).toEqual([[10], true])
  })

  test('that was stopped says nothing more', () => {
    const { output, said, writes, due, endTurn } = ground()
    output.write(bytes(10))
    endTurn()
    output.write(bytes(10))
    output.stop()
    endTurn()
    expect([said, writes, due]).toEqual([[], [10], []])
  })
})
