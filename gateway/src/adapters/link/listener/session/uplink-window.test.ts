import { describe, expect, test } from 'vitest'
import { answer, arrive, emptyWindow, isHoldFull } from './uplink-window.js'
import type { UplinkWindow, WindowStep } from './uplink-window.js'

const limits = { uplinksInFlightMax: 3, heldBytesMax: 1_000, heldOverheadBytes: 100 }
const done = { ok: true } as const

const uplink = (packetId: number | undefined, bytes = 10) => ({
  channel: 'up' as const,
  packetId,
  payload: new Uint8Array(bytes),
})

const after = (window: UplinkWindow, ...packetIds: (number | undefined)[]): UplinkWindow =>
  packetIds.reduce((w, id) => arrive(w, uplink(id), false, limits).window, window)

const acknowledged = (step: WindowStep): number[] => step.acknowledged.map((one) => one.packetId)

describe('the window of uplinks', () => {
  test('begins as many as it may and holds the others back in order', () => {
    const full = after(emptyWindow, 11, 12, 13)
    const step = arrive(full, uplink(14), false, limits)
    expect(step.started).toEqual([])
    expect(step.window.held.map((one) => one.packetId)).toEqual([14])
  })

  test('acknowledges in arrival order, whatever is answered first', () => {
    let step = answer(after(emptyWindow, 11, 12, 13), 3, done, false, limits)
    expect(acknowledged(step)).toEqual([])
    step = answer(step.window, 1, done, false, limits)
    expect(acknowledged(step)).toEqual([11])
    step = answer(step.window, 2, { ok: false, code: 'MALFORMED' }, false, limits)
    expect(step.acknowledged).toEqual([
      { packetId: 12, outcome: { ok: false, code: 'MALFORMED' } },
      { packetId: 13, outcome: done },
    ])
    expect(step.window.inFlight).toEqual([])
  })

  test('begins a held one for each that is acknowledged, and gives its bytes back', () => {
    let window = after(emptyWindow, 1, 2, 3, 4, 5)
    expect(window.heldBytes).toBe(220)
    const step = answer(window, 1, done, false, limits)
    window = step.window
    expect(step.started.map(({ number, packetId }) => [number, packetId])).toEqual([[4, 4]])
    expect(window.heldBytes).toBe(110)
    expect(window.held.map((one) => one.packetId)).toEqual([5])
  })

  test('lets nothing overtake what is held', () => {
    const window = { ...after(emptyWindow, 1, 2, 3, 4), inFlight: [] }
    expect(arrive(window, uplink(5), false, limits).started).toEqual([])
  })

  test('gives QoS 0 a place and no acknowledgement', () => {
    const window = after(emptyWindow, undefined, 2)
    expect(acknowledged(answer(window, 1, done, false, limits))).toEqual([])
    expect(after(window, undefined, undefined).held).toHaveLength(1)
  })

  test('is full by bytes, small packets counting more than their bytes', () => {
    const full = after(emptyWindow, 1, 2, 3)
    expect(isHoldFull(after(full, ...Array<number>(9).fill(4)), limits)).toBe(false)
    expect(isHoldFull(after(full, ...Array<number>(10).fill(4)), limits)).toBe(true)
  })

  test('begins nothing while it is held', () => {
    expect(arrive(emptyWindow, uplink(1), true, limits).started).toEqual([])
    const window = after(emptyWindow, 1, 2, 3, 4)
    const step = answer(window, 1, done, true, limits)
    expect(acknowledged(step)).toEqual([1])
    expect(step.started).toEqual([])
  })

  test('is not changed by an answer that nobody waits for', () => {
    const window = after(emptyWindow, 1)
    expect(answer(window, 99, done, false, limits).window).toEqual(window)
  })
})
