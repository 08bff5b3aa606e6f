/**
 * A mixture of behaviours by share, each drawn for each terminal from its own stream. The shares are
 * this simulator's assumptions (domain §8), not facts from outside.
 */
import { answersTwice } from '../behaviours/answers-twice.js'
import type { Behaviour } from '../behaviours/behaviour.js'
import { busyInSale } from '../behaviours/busy-in-sale.js'
import { dropsFirstResult } from '../behaviours/drops-first-result.js'
import { offlineSalesPending } from '../behaviours/offline-sales-pending.js'
import { rebootsMidCommand } from '../behaviours/reboots-mid-command.js'
import { slowLink } from '../behaviours/slow-link.js'
import { unsettledBatch } from '../behaviours/unsettled-batch.js'
import type { Prng } from '../system/prng.js'

export const mixShares = {
  unsettledBatch: 0.9,
  offlineSalesPending: 0.2,
  busyInSale: 0.15,
  rebootsMidCommand: 0.15,
  dropsFirstResult: 0.05,
  answersTwice: 0.05,
  slowLink: 0.1,
} as const

/** An unbind has about so many journal steps. */
const stepsMax = 24

export const mixedBehaviours = (_sn: string, prng: Prng): readonly Behaviour[] => {
  const isDrawn = (name: keyof typeof mixShares): boolean => prng.chance(mixShares[name])
  const behaviours: Behaviour[] = []
  if (isDrawn('unsettledBatch')) {
    behaviours.push(unsettledBatch({ prng: prng.fork('batch'), sales: prng.between(1, 5) }))
  }
  if (isDrawn('offlineSalesPending')) {
    behaviours.push(offlineSalesPending({ prng: prng.fork('offline'), sales: prng.between(1, 4) }))
  }
  if (isDrawn('busyInSale')) behaviours.push(busyInSale({ prng: prng.fork('busy') }))
  if (isDrawn('rebootsMidCommand')) {
    const edge = prng.pick(['before', 'after'] as const)
    behaviours.push(rebootsMidCommand({ atStep: prng.between(1, stepsMax), edge }))
  }
  if (isDrawn('dropsFirstResult')) behaviours.push(dropsFirstResult())
  if (isDrawn('answersTwice')) behaviours.push(answersTwice())
  if (isDrawn('slowLink')) behaviours.push(slowLink({ prng: prng.fork('line') }))
  return behaviours
}
