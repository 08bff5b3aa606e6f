import { describe, expect, test } from 'vitest'
import { acknowledge, dropWaiting, emptyQueue, enqueue, hasRoom } from './downlink-queue.js'
import type { DownlinkQueue } from './downlink-queue.js'

const limits = { downlinksQueuedMax: 3, downlinkBytesQueuedMax: 250 }
const payload = new Uint8Array(100)

const filled = (queue: DownlinkQueue, count: number): DownlinkQueue =>
  Array.from({ length: count }).reduce<DownlinkQueue>(
    (q) => enqueue(q, payload, undefined, 0).queue,
    queue,
  )

describe('the queue of downlinks', () => {
  test('sends as many as the client takes and lets the others wait', () => {
    const queue = filled(emptyQueue(2, 65_536, 0), 2)
    const { queue: next, sent } = enqueue(queue, payload, undefined, 5)
    expect(sent).toEqual([])
    expect(next.waiting).toHaveLength(1)
    expect(next.movedAt).toBe(5)
  })

  test('sends the next one when one is acknowledged, and says whose it was', () => {
    const told = (): void => undefined
    let queue = enqueue(emptyQueue(1, 65_536, 0), payload, told, 0).queue
    queue = filled(queue, 1)
    const step = acknowledge(queue, 1, 9)
    expect(step.delivered).toBe(told)
    expect(step.sent).toEqual([{ packetId: 2, payload }])
    expect(step.queue.waitingBytes).toBe(0)
    expect(step.queue.movedAt).toBe(9)
  })

  test('ignores an acknowledgement of nothing', () => {
    const queue = filled(emptyQueue(1, 65_536, 0), 1)
    expect(acknowledge(queue, 77, 9)).toEqual({ queue, sent: [], delivered: undefined })
  })

  test('has no room above its count or its bytes', () => {
    const queue = filled(emptyQueue(1, 65_536, 0), 1)
    expect(hasRoom(filled(queue, 1), 100, limits)).toBe(true)
    expect(hasRoom(filled(queue, 2), 100, limits)).toBe(false)
    expect(hasRoom(filled(queue, 2), 50, limits)).toBe(true)
    expect(hasRoom(filled(queue, 3), 0, limits)).toBe(false)
  })

  test('never uses an id that is out, nor 0', () => {
    let queue: DownlinkQueue = { ...emptyQueue(3, 65_536, 0), nextPacketId: 65_535 }
    queue = filled(queue, 2)
    expect(queue.inFlight.map((one) => one.packetId)).toEqual([65_535, 1])
    queue = filled({ ...queue, nextPacketId: 65_535 }, 1)
    expect(queue.inFlight.map((one) => one.packetId)).toEqual([65_535, 1, 2])
  })

  test('forgets what waits, but not what is out', () => {
    const queue = dropWaiting(filled(emptyQueue(1, 65_536, 0), 3))
    expect(queue.waiting).toEqual([])
    expect(queue.waitingBytes).toBe(0)
    expect(queue.inFlight).toHaveLength(1)
  })
})
