/**
 * A battery that runs low: below the terminal's limit it refuses what destroys (`LOW_BATTERY`), until it
 * hangs on its charger again; or it had just enough to begin, and dies in the middle (domain §8: 3 %).
 */
import type { Effect } from '../terminal/effect.js'
import type { Behaviour } from './behaviour.js'
import { hasOpenDestructive } from './open-command.js'

export interface LowBattery {
  readonly percent?: number
  /** When it hangs on its charger; counted from the boot. */
  readonly chargedAfterMs?: number
  /** Dies at this journal step of a destructive command, once. */
  readonly diesAtStep?: number
  /** Off for so long; charged then. */
  readonly offMs?: number
}

const onCharger = 101

const isStep = ({ kind }: Effect): boolean => kind === 'sync' || kind === 'scrub'

export const lowBattery = (options: LowBattery = {}): Behaviour => {
  const { percent = 20, chargedAfterMs, diesAtStep, offMs = 1_800_000 } = options
  let isCharged = false
  let steps = 0
  return {
    name: 'low-battery',
    begin: (hands) => {
      if (isCharged) return
      hands.input({ kind: 'battery', percent })
      if (chargedAfterMs === undefined) return
      hands.after(chargedAfterMs, () => {
        isCharged = true
        hands.input({ kind: 'battery', percent: onCharger })
      })
    },
    effects: (effects, { state }) => {
      if (diesAtStep === undefined || isCharged || !hasOpenDestructive(state)) return effects
      for (const [index, effect] of effects.entries()) {
        if (!isStep(effect) || ++steps !== diesAtStep) continue
        isCharged = true
        return [...effects.slice(0, index + 1), { kind: 'reboot', offMs }]
      }
      return effects
    },
  }
}
