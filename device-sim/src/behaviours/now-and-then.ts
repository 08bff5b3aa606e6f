/** Something that befalls a terminal now and then, by no clock: waits are drawn, long ones included. */
import type { DurationMs } from '../system/system.js'
import type { Prng } from '../system/prng.js'
import type { Hands } from './behaviour.js'

/** Exponential, as between calls of chance that know nothing of each other. */
export const drawnWait = (prng: Prng, meanMs: DurationMs): DurationMs =>
  Math.ceil(-Math.log(1 - prng.float()) * meanMs)

/** Until the power goes. */
export const nowAndThen = (
  hands: Hands,
  { prng, meanMs }: { readonly prng: Prng; readonly meanMs: DurationMs },
  action: () => void,
): void => {
  const next = (): void =>
    hands.after(drawnWait(prng, meanMs), () => {
      action()
      next()
    })
  next()
}
