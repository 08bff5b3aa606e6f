/**
 * The watch afterwards: for some time after a terminal was taken from its merchant nothing may be tried any more
 * under the TID, the key or the epoch that it had. Whose a TID was is a question of the moment that is asked
 * about: it may have been given to somebody else since (domain §1.2).
 */
import type { DurationMs, EpochMs } from '../ports/system.js'
import type { BindingRow } from '../records/tables.js'

export const watchLimits = {
  watchMsDefault: 90 * 24 * 3_600_000,
  watchDaysMax: 3_650,
  /** Bindings that one TID may have had, as far as they are looked through. */
  bindingsPerTidMax: 256,
  /** Attempts of one case that are kept; beyond them the alarm was heard. */
  attemptsPerCaseMax: 1_000,
  casesPerBindingMax: 64,
  referenceLengthMax: 100,
  /** How far a host's clock may be ahead. */
  aheadMsMax: 5 * 60_000,
} as const

export type Watched =
  | { readonly is: 'watched'; readonly binding: BindingRow }
  /** It was in force then: nothing is wrong with it. */
  | { readonly is: 'in-force' }
  | { readonly is: 'over' }
  | { readonly is: 'unknown' }

const wasReleased = ({ state }: BindingRow): boolean =>
  state === 'RELEASED' || state === 'RELEASED_UNPROVEN'

/** One that is being delivered is tested under its TID before it is active. */
const begunAtMs = ({ activeAtMs, live, createdAtMs }: BindingRow): EpochMs =>
  activeAtMs ?? (live === 1 ? createdAtMs : Infinity)

/** Of the bindings of one TID, or of one terminal: whose it was at that time. */
export const watchedAt = (
  bindings: readonly BindingRow[],
  atMs: EpochMs,
  watchMs: DurationMs,
): Watched => {
  const then = bindings.filter((one) => begunAtMs(one) <= atMs)
  const isInForce = ({ endedAtMs }: BindingRow): boolean => endedAtMs === null || endedAtMs > atMs
  if (then.some(isInForce)) return { is: 'in-force' }
  const last = then.reduce<BindingRow | undefined>(
    (latest, one) => ((one.endedAtMs ?? 0) >= (latest?.endedAtMs ?? 0) ? one : latest),
    undefined,
  )
  if (last === undefined) return { is: 'unknown' }
  if (!wasReleased(last)) return { is: 'over' }
  return atMs - (last.endedAtMs ?? 0) <= watchMs ? { is: 'watched', binding: last } : { is: 'over' }
}
