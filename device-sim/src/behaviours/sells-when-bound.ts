/** Presses keys as soon as the terminal is bound: what two behaviours of this folder have in common. */
import type { Input } from '../terminal/input.js'
import { isBound } from '../terminal/state.js'
import type { Behaviour, Hands } from './behaviour.js'

export interface Presses {
  readonly name: string
  readonly count: number
  readonly press: () => Input
  /** Between two of them, and until the binding is looked at again. */
  readonly everyMs: number
  readonly taken: (hands: Hands) => number
}

/** Until as many as asked for have been taken; an erasure ends it. */
export const pressesWhenBound = ({ name, count, press, everyMs, taken }: Presses): Behaviour => ({
  name,
  begin: (hands) => {
    let pressed = 0
    const next = (): void => {
      const { state } = hands.look()
      if (isBound(state) && pressed < count && taken(hands) < count) {
        pressed++
        hands.input(press())
      }
      if (pressed < count) hands.after(everyMs, next)
    }
    hands.after(everyMs, next)
  },
})
