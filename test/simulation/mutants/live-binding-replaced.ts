/** Whoever binds last is right. */
import { deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const liveBindingReplaced: Mutant = {
  name: 'live-binding-replaced',
  plants: 'a Bind ends the binding that the terminal has, whatever becomes of its keys',
  breaks: 'B1: one live binding for a serial number',
  replaced: {
    operations: deciding('order-binding', (own, rows, input) => {
      const { liveOfTerminal: live } = rows
      if (live === undefined) return own(rows, input)
      const { writes, result } = own({ ...rows, liveOfTerminal: undefined }, input)
      const ended = { state: 'CANCELLED', live: 0, endedAtMs: input.atMs }
      return result.ok && writes.length > 0
        ? {
            writes: [{ write: 'update', table: 'binding', id: live.id, set: ended }, ...writes],
            result,
          }
        : { writes, result }
    }),
  },
}
