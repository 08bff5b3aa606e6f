/**
 * A mixture of behaviours: shares by name, as data. Each behaviour is drawn for each terminal from a
 * stream of its own, so a share that changes moves nobody else's luck.
 */
import type { Behaviour } from '../behaviours/behaviour.js'
import type { Prng } from '../system/prng.js'
import { behaviourNames, entryOf, type BehaviourName } from './catalogue.js'

/** What is not named has none. */
export type Shares = Readonly<Partial<Record<BehaviourName, number>>>

/** As the domain paper has them, its assumptions included. */
export const domainShares: Shares = Object.fromEntries(
  behaviourNames.map((name) => [name, entryOf(name).share]),
)

export const isBehaviourName = (text: string): text is BehaviourName =>
  (behaviourNames as readonly string[]).includes(text)

/** What is wrong with it, in words; undefined: nothing. */
export const shareFault = (name: string, share: number): string | undefined => {
  if (!isBehaviourName(name)) return `no behaviour is named ${JSON.stringify(name)}`
  const isShare = Number.isFinite(share) && share >= 0 && share <= 1
  return isShare ? undefined : `the share of ${name} must be a number from 0 to 1`
}

export const assertShares = (shares: Shares): void => {
  for (const [name, share] of Object.entries(shares)) {
    const fault = shareFault(name, share)
    if (fault !== undefined) throw new RangeError(`behaviours: ${fault}`)
  }
}

export const drawBehaviours = (shares: Shares, prng: Prng): readonly Behaviour[] =>
  behaviourNames
    .filter((name) => prng.fork(`${name}?`).chance(shares[name] ?? 0))
    .map((name) => entryOf(name).make(prng.fork(name)))

export const mixedBehaviours = (_sn: string, prng: Prng): readonly Behaviour[] =>
  drawBehaviours(domainShares, prng)
