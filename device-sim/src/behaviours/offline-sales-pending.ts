/**
 * Has taken sales without the host, and keeps them: what would upload them in quiet times is held
 * back, so that a prepare finds them still there (domain §1.5, `OFFLINE_TXN_PENDING`).
 */
import type { Prng } from '../system/prng.js'
import type { Behaviour } from './behaviour.js'
import { pressesWhenBound } from './sells-when-bound.js'

export interface OfflineSalesPending {
  readonly prng: Prng
  readonly sales: number
  readonly everyMs?: number
  readonly amountMinorMax?: number
}

const everyMsDefault = 500

export const offlineSalesPending = (options: OfflineSalesPending): Behaviour => {
  const { prng, sales, everyMs = everyMsDefault, amountMinorMax = 25_000 } = options
  const presses = pressesWhenBound({
    name: 'offline-sales-pending',
    count: sales,
    everyMs,
    press: () => ({
      kind: 'offline-sale',
      saleId: -1,
      amountMinor: prng.between(1, amountMinorMax),
    }),
    taken: (hands) => hands.look().state.flash.areas.offline.size,
  })
  return { ...presses, profile: (profile) => ({ ...profile, keepsOffline: true }) }
}
