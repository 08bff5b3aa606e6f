// How single calls become batches.
import { describe, expect, test } from 'vitest'
import { BatchQueue } from './batch-queue.js'
import { ownBytes } from './own-bytes.js'
import type { GroupItem } from './group.js'

const queueOf = (limits: { batchMax: number; inFlightMax: number; waitingMax: number }) => {
  const posted: (readonly GroupItem[])[] = []
  const queue = new BatchQueue({ ...limits, post: (items) => void posted.push(items) })
  const answer = (place: number): void =>
    queue.answered((posted[place] ?? []).map(({ input }) => ({ ok: true, value: input })))
  return { queue, posted, answer }
}

const tick = (): Promise<void> => Promise.resolve()

describe('a batch queue', () => {
  test('posts what one tick brings as one batch', async () => {
    const { queue, posted, answer } = queueOf({ batchMax: 10, inFlightMax: 2, waitingMax: 100 })
    const calls = [1, 2, 3].map((n) => queue.call('x', n))
    expect(posted).toEqual([])
    await tick()
    expect(posted.map((batch) => batch.length)).toEqual([3])
    answer(0)
    expect(await Promise.all(calls)).toEqual([1, 2, 3])
  })

  test('keeps to its limits in flight and sends the rest when one is answered', async () => {
    const { queue, posted, answer } = queueOf({ batchMax: 4, inFlightMax: 2, waitingMax: 100 })
    const calls = Array.from({ length: 11 }, (_, n) => queue.call('x', n))
    await tick()
    expect(posted.map((batch) => batch.length)).toEqual([4, 4])
    answer(0)
    await tick()
    expect(posted.map((batch) => batch.length)).toEqual([4, 4, 3])
    answer(1)
    answer(2)
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 11 }, (_, n) => n))
  })

  test('refuses what it has no room for and answers all when it gives up', async () => {
    const { queue, posted } = queueOf({ batchMax: 1, inFlightMax: 1, waitingMax: 2 })
    const calls = [1, 2, 3].map((n) => queue.call('x', n))
    await expect(calls[2]).rejects.toMatchObject({ code: 'RECORDS_UNAVAILABLE' })
    await tick()
    expect(posted).toHaveLength(1)
    queue.rejectAll('it has failed')
    await expect(calls[0]).rejects.toThrow('it has failed')
    await expect(calls[1]).rejects.toThrow('it has failed')
    await queue.empty()
  })

  test('a rejected waiting call is never posted', async () => {
    const { queue, posted } = queueOf({ batchMax: 1, inFlightMax: 1, waitingMax: 9 })
    const call = queue.call('x', 1)
    queue.rejectWaiting('it has failed')
    await expect(call).rejects.toThrow('it has failed')
    await tick()
    expect(posted).toEqual([])
  })
})

describe('bytes on their way to a worker', () => {
  test('a window on a pool is cut out, what owns its buffer stays', () => {
    const window = Buffer.from('abc')
    const whole = new Uint8Array([1, 2])
    const input = { a: window, b: whole, c: [{ d: window.subarray(1) }], e: 'text', f: null }
    const own = ownBytes(input) as typeof input
    expect(own.a).toEqual(new Uint8Array([97, 98, 99]))
    expect(own.a.buffer.byteLength).toBe(3)
    expect(own.c[0]?.d.buffer.byteLength).toBe(2)
    expect(own.b).toBe(whole)
    expect(input.a).toBe(window)
  })

  test('an input without such windows is passed on as it is', () => {
    const input = { a: new Uint8Array(4), b: [1, 2], c: { d: 'x' } }
    expect(ownBytes(input)).toBe(input)
  })
})
