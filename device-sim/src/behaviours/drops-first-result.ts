/**
 * The first answer that ends a command is lost on its way: its effect has happened, and nobody hears
 * of it until the terminal is asked, or says it again in the next session.
 */
import type { Effect } from '../terminal/effect.js'
import type { Behaviour } from './behaviour.js'

const ends: ReadonlySet<string> = new Set(['result', 'proof'])

export const dropsFirstResult = (): Behaviour => {
  let isDropped = false
  const isLost = (effect: Effect): boolean => {
    if (isDropped || effect.kind !== 'publish' || !ends.has(effect.says)) return false
    isDropped = true
    return true
  }
  return {
    name: 'drops-first-result',
    effects: (effects) => effects.filter((effect) => !isLost(effect)),
  }
}
