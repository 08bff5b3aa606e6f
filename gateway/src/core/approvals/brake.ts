/**
 * The brake (domain §5): the worst accident is a wrong filter, so only so many terminals are between
 * `Proceed` and proof at once. Those that wait for it don't count. How many there are stands in one row,
 * changed in the transaction that takes a terminal in or out; how many there may be is reckoned from the
 * terminals in service, and may have been raised by what was approved.
 */
import { isPastNoReturn, type CommandPhase } from '../commands/states.js'
import { insert, one, update, type Load, type Write } from '../operations/operation.js'
import type { BrakeRow } from '../records/tables.js'
import type { BrakePolicy } from './policy.js'

const brakeId = 1

/** How many may be between `Proceed` and proof where so many are in service. */
export const brakeLimit = ({ percent, atLeast }: BrakePolicy, inService: number): number =>
  Math.max(atLeast, Math.floor((inService * percent) / 100))

/** A higher cap that was approved counts; a lower one does not tighten the brake. */
export const isBraked = (held: number, limit: number, approvedCap: number | null): boolean =>
  held >= Math.max(limit, approvedCap ?? 0)

export const loadBrake = (): Load<BrakeRow | undefined> => one('brake', { id: brakeId })

/** What a move between these phases changes; nothing for most. */
export const brakeWrites = (
  row: BrakeRow | undefined,
  before: CommandPhase | null,
  after: CommandPhase | null,
): readonly Write[] => {
  const change = Number(isPastNoReturn(after)) - Number(isPastNoReturn(before))
  if (change === 0) return []
  const held = Math.max(0, (row?.held ?? 0) + change)
  return [
    row === undefined ? insert('brake', { id: brakeId, held }) : update('brake', row.id, { held }),
  ]
}
