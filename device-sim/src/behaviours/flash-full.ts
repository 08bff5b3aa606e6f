/**
 * The flash is full: no journal entry can be written, so nothing is begun (`FLASH_FULL`); and where
 * a proof would find no room, nothing is erased. Somebody may clear it, after a time.
 */
import type { Behaviour } from './behaviour.js'

export interface FlashFull {
  /** After each boot. */
  readonly fullAfterMs?: number
  /** From then on; never, unless it is said. */
  readonly clearedAfterMs?: number
}

export const flashFull = ({ fullAfterMs = 0, clearedAfterMs }: FlashFull = {}): Behaviour => {
  let isCleared = false
  return {
    name: 'flash-full',
    begin: (hands) => {
      if (isCleared) return
      hands.after(fullAfterMs, () => {
        hands.input({ kind: 'flash', isFull: true })
        if (clearedAfterMs === undefined) return
        hands.after(clearedAfterMs, () => {
          isCleared = true
          hands.input({ kind: 'flash', isFull: false })
        })
      })
    },
  }
}
