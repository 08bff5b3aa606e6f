/**
 * Loses power in the middle of a command, at its n-th journal step: just before a sync (what it was
 * to make durable is lost) or just after it (nothing that follows has happened). Once, unless `times`
 * says more; a step that is never reached does nothing.
 */
import type { Effect } from '../terminal/effect.js'
import type { Behaviour } from './behaviour.js'
import { hasOpenCommand } from './open-command.js'

export interface RebootsMidCommand {
  /** From 1; counted anew after each reboot. */
  readonly atStep: number
  readonly edge?: 'before' | 'after'
  readonly offMs?: number
  readonly times?: number
}

const offMsDefault = 8_000

const isStep = ({ kind }: Effect): boolean => kind === 'sync' || kind === 'scrub'

export const rebootsMidCommand = (options: RebootsMidCommand): Behaviour => {
  const { atStep, edge = 'after', offMs = offMsDefault } = options
  let left = options.times ?? 1
  let steps = 0
  let wasOpen = false
  return {
    name: 'reboots-mid-command',
    begin: () => {
      steps = 0
    },
    effects: (effects, { state }) => {
      const isNow = hasOpenCommand(state)
      const counts = wasOpen || isNow
      wasOpen = isNow
      if (!counts || left === 0) return effects
      for (const [index, effect] of effects.entries()) {
        if (!isStep(effect) || ++steps !== atStep) continue
        left--
        wasOpen = false
        return [
          ...effects.slice(0, edge === 'after' ? index + 1 : index),
          { kind: 'reboot', offMs },
        ]
      }
      return effects
    },
  }
}
