import { describe, expect, test } from 'vitest'
import { Doorkeeper } from './doorkeeper.js'

const limits = { connectionsMax: 4, halfOpenMax: 3, halfOpenPerAddressMax: 2 }

describe('the doorkeeper', () => {
  test('turns away the third half-open socket of one address, not of another', () => {
    const door = new Doorkeeper(limits)
    door.knock('a', 0)
    const second = door.knock('a', 0)
    expect(door.knock('a', 0)).toBeUndefined()
    expect(door.knock('b', 0)).toBeDefined()
    second?.release()
    expect(door.knock('a', 0)).toBeDefined()
  })

  test('turns away above its totals', () => {
    const door = new Doorkeeper(limits)
    const opened = ['a', 'b', 'c'].map((address) => door.knock(address, 0))
    expect(door.knock('d', 0)).toBeUndefined()
    for (const one of opened) one?.release()
    expect(door.knock('d', 0)).toBeDefined()
    expect(door.knock('e', 0)).toBeUndefined()
  })

  test('counts each socket once, however often it leaves', () => {
    const door = new Doorkeeper(limits)
    const one = door.knock('a', 0)
    door.knock('a', 0)
    for (let time = 0; time < 3; time += 1) {
      one?.release()
      one?.leave()
    }
    expect([door.open, door.halfOpen]).toEqual([1, 1])
  })
})
