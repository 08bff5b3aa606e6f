/**
 * A packet lies somewhere for a long time and comes when others have overtaken it, perhaps after its
 * expiry and in another session, where nobody waits for its PUBACK any more.
 */
import type { Prng } from '../system/prng.js'
import type { Input } from '../terminal/input.js'
import type { Behaviour, Hands } from './behaviour.js'

export interface LateDeliveries {
  readonly prng: Prng
  /** Of all packets that come down. */
  readonly rate?: number
  readonly lateMsMin?: number
  readonly lateMsMax?: number
}

export const lateDeliveries = (options: LateDeliveries): Behaviour => {
  const { prng, rate = 0.02, lateMsMin = 5_000, lateMsMax = 3_600_000 } = options
  let hands: Hands | undefined
  const arrived = new WeakSet<Input>()
  return {
    name: 'late-deliveries',
    begin: (given) => {
      hands = given
    },
    input: (input, { state }) => {
      if (input.kind !== 'packet' || hands === undefined) return [input]
      if (arrived.has(input) || !prng.chance(rate)) return [input]
      const { nonce } = state.session
      const { payload } = input
      const { after, input: give, look } = hands
      after(prng.between(lateMsMin, lateMsMax), () => {
        const isSameSession = look().state.session.nonce === nonce
        const late: Input = { kind: 'packet', payload, token: isSameSession ? input.token : 0 }
        arrived.add(late)
        give(late)
      })
      return []
    },
  }
}
