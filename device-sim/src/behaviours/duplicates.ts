/**
 * The network delivers a packet twice: at once, in the next session, or hours later (domain §8: 1 %).
 * The copy wants no PUBACK of its own: what carried it has long been acknowledged.
 */
import type { Prng } from '../system/prng.js'
import type { Input } from '../terminal/input.js'
import type { Behaviour, Hands } from './behaviour.js'

export type Again = 'at-once' | 'next-session' | 'hours-later'

export interface Duplicates {
  readonly prng: Prng
  /** Of all packets that come down. */
  readonly rate?: number
  readonly when?: readonly Again[]
  readonly laterMsMax?: number
}

const laterMsMaxDefault = 6 * 3_600_000
/** A network that holds more back would be another fault. */
const heldMax = 16

export const duplicates = (options: Duplicates): Behaviour => {
  const { prng, rate = 0.05, laterMsMax = laterMsMaxDefault } = options
  const { when = ['at-once', 'next-session', 'hours-later'] } = options
  let hands: Hands | undefined
  /** For the next session. */
  let held: Input[] = []
  const copies = new WeakSet<Input>()
  const copyOf = (payload: Uint8Array): Input => {
    const copy: Input = { kind: 'packet', payload, token: 0 }
    copies.add(copy)
    return copy
  }
  const again = (payload: Uint8Array): readonly Input[] => {
    const copy = copyOf(payload)
    switch (prng.pick(when)) {
      case 'at-once':
        return [copy]
      case 'next-session':
        if (held.length < heldMax) held.push(copy)
        return []
      case 'hours-later':
        hands?.after(prng.between(0, laterMsMax), () => hands?.input(copy))
        return []
    }
  }
  return {
    name: 'duplicates',
    begin: (given) => {
      hands = given
    },
    input: (input) => {
      if (input.kind === 'connected') {
        const copied = held
        held = []
        return [input, ...copied]
      }
      if (input.kind !== 'packet' || copies.has(input) || !prng.chance(rate)) return [input]
      return [input, ...again(input.payload)]
    },
  }
}
