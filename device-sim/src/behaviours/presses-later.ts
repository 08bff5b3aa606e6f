/**
 * The merchant presses *later* when the terminal wants to be unbound, up to so many times; or nobody is
 * at the counter, and the prepare takes its course (domain §8: 15 %).
 */
import type { Prng } from '../system/prng.js'
import type { Effect } from '../terminal/effect.js'
import type { Behaviour, Hands } from './behaviour.js'

export interface PressesLater {
  readonly prng: Prng
  readonly times?: number
  /** How often somebody stands there and sees it. */
  readonly presence?: number
  readonly withinMs?: number
}

const isPreparing = (effect: Effect): boolean =>
  effect.kind === 'note' && effect.note.what === 'preparing'

export const pressesLater = (options: PressesLater): Behaviour => {
  const { prng, times = 2, presence = 0.7, withinMs = 1_000 } = options
  let left = times
  let hands: Hands | undefined
  return {
    name: 'presses-later',
    begin: (given) => {
      hands = given
    },
    effects: (effects) => {
      if (left > 0 && effects.some(isPreparing) && prng.chance(presence)) {
        left--
        hands?.after(prng.between(0, withinMs), () => hands?.input({ kind: 'postpone' }))
      }
      return effects
    },
  }
}
