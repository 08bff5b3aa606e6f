/**
 * A customer stands at the till when a destructive command arrives: the sale has begun, and the
 * prepare has to wait for its end.
 */
import { commandTypeNumber } from '@tillgate/protocol'
import type { Prng } from '../system/prng.js'
import type { Input } from '../terminal/input.js'
import type { Behaviour } from './behaviour.js'
import { messageIn } from './peek.js'

export interface BusyInSale {
  readonly prng: Prng
  /** Part of all such commands. */
  readonly rate?: number
  readonly saleMs?: number
  readonly amountMinorMax?: number
}

/** Nobody waits for these sales by their number. */
const saleId = -1

const isUnbind = (payload: Uint8Array): boolean => {
  const message = messageIn(payload)
  return message?.kind === 'command' && message.type === commandTypeNumber('Unbind')
}

export const busyInSale = (options: BusyInSale): Behaviour => {
  const { prng, rate = 1, saleMs, amountMinorMax = 50_000 } = options
  return {
    name: 'busy-in-sale',
    profile: (profile) =>
      saleMs === undefined ? profile : { ...profile, timings: { ...profile.timings, saleMs } },
    input: (input) => {
      if (input.kind !== 'packet' || !isUnbind(input.payload) || !prng.chance(rate)) return [input]
      const sale: Input = { kind: 'sale', saleId, amountMinor: prng.between(1, amountMinorMax) }
      return [sale, input]
    },
  }
}
