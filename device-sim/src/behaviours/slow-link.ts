/**
 * A slow mobile network: every packet takes its time, both ways, in order. Delays are drawn anew for
 * each (domain §8: round trips of 80 to 900 ms).
 */
import type { Prng } from '../system/prng.js'
import type { Effect } from '../terminal/effect.js'
import type { Input } from '../terminal/input.js'
import type { Behaviour, Hands } from './behaviour.js'

export interface SlowLink {
  readonly prng: Prng
  readonly oneWayMsMin?: number
  readonly oneWayMsMax?: number
}

export const slowLink = ({ prng, oneWayMsMin = 40, oneWayMsMax = 450 }: SlowLink): Behaviour => {
  const delay = (): number => prng.between(oneWayMsMin, oneWayMsMax)
  let hands: Hands | undefined
  let lastArrivesMs = 0
  /** What has been on its way, by identity: it is let through when it comes back. */
  const arrived = new WeakSet<Input>()
  return {
    name: 'slow-link',
    begin: (given) => {
      hands = given
      lastArrivesMs = 0
    },
    input: (input, { nowMs, state }) => {
      if (input.kind !== 'packet' || hands === undefined || arrived.has(input)) return [input]
      const { nonce } = state.session
      // Never before the packet that was sent first.
      lastArrivesMs = Math.max(lastArrivesMs, nowMs + delay())
      const late = { ...input }
      arrived.add(late)
      const { input: give, look } = hands
      hands.after(lastArrivesMs - nowMs, () => {
        // A stream that has ended delivers nothing more.
        if (look().state.session.nonce === nonce) give(late)
      })
      return []
    },
    effects: (effects) =>
      effects.flatMap((effect): readonly Effect[] =>
        effect.kind === 'publish' ? [{ kind: 'wait', ms: delay() }, effect] : [effect],
      ),
  }
}
