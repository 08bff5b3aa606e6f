import { describe, expect, it } from 'vitest'

import { Anteroom } from './anteroom.js'

const limits = { handshakesPerTurnMax: 2, acceptFirstMs: 100 }

const room = () => {
  let now = 0
  let actions: (() => void)[] = []
  const begun: string[] = []
  const anteroom = new Anteroom({
    clock: { monotonic: () => now },
    limits,
    endOfTurn: (action) => actions.push(action),
  })
  return {
    begun,
    /** One turn of the event loop: who comes in it, and what is done at its end. */
    turn(names: readonly string[] = [], tookMs = 1): void {
      now += tookMs
      for (const name of names) anteroom.enter(() => begun.push(name))
      const due = actions
      actions = []
      for (const action of due) action()
    },
    isIdle: () => actions.length === 0,
  }
}

describe('a connection in the anteroom', () => {
  it('that comes alone begins its handshake one turn later, and then nothing is looked at any more', () => {
    const { begun, turn, isIdle } = room()
    turn(['a'])
    expect(begun).toEqual([])
    turn()
    expect(begun).toEqual(['a'])
    expect(isIdle()).toBe(true)
  })

  it('waits while others keep coming, and then they begin in their order, so many in a turn', () => {
    const { begun, turn } = room()
    for (const name of ['a', 'b', 'c', 'd', 'e']) turn([name])
    expect(begun).toEqual([])
    turn()
    expect(begun).toEqual(['a', 'b'])
    turn()
    turn()
    expect(begun).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('begins half of the time though others never stop coming', () => {
    const { begun, turn } = room()
    const begunAt: boolean[] = []
    for (let number = 0; number < 40; number += 1) {
      const before = begun.length
      turn([String(number)], 10)
      begunAt.push(begun.length > before)
    }
    expect(begunAt.filter(Boolean)).toHaveLength(20)
    expect(begunAt.slice(0, 10)).not.toContain(true)
    expect(begunAt.slice(10, 20)).not.toContain(false)
  })
})
