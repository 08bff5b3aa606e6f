/** Has sold before anybody asks for an unbind: the batch is open and has to be settled first. */
import type { Prng } from '../system/prng.js'
import type { Behaviour } from './behaviour.js'
import { pressesWhenBound } from './sells-when-bound.js'

export interface UnsettledBatch {
  readonly prng: Prng
  readonly sales: number
  readonly everyMs?: number
  readonly amountMinorMax?: number
}

const everyMsDefault = 6_000

export const unsettledBatch = (options: UnsettledBatch): Behaviour => {
  const { prng, sales, everyMs = everyMsDefault, amountMinorMax = 100_000 } = options
  return pressesWhenBound({
    name: 'unsettled-batch',
    count: sales,
    everyMs,
    press: () => ({ kind: 'sale', saleId: -1, amountMinor: prng.between(1, amountMinorMax) }),
    taken: (hands) => hands.look().state.flash.areas.batch.size,
  })
}
