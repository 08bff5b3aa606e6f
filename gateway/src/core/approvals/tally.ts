/**
 * How many destructive targets a maker, or a merchant, has been asked for lately: counted by the hour in one
 * row each, so that asking costs the same after ten orders and after ten thousand. Every request counts,
 * also one that is rejected later: splitting an order gains nothing.
 */
import type { EpochMs } from '../ports/system.js'
import type { ApprovalTallyRow } from '../records/tables.js'

type Hours = readonly (readonly [hour: number, targets: number])[]

const hourMs = 3_600_000
const hourOf = (atMs: EpochMs): number => Math.floor(atMs / hourMs)

/** The hours that count, the present one and `windowHours` before it. */
const within = (row: Pick<ApprovalTallyRow, 'hours'> | undefined, first: number): Hours =>
  row === undefined ? [] : (JSON.parse(row.hours) as Hours).filter(([hour]) => hour >= first)

export interface Counted {
  /** With the new ones. */
  readonly total: number
  /** For the row. */
  readonly hours: string
}

export const countTargets = (
  row: Pick<ApprovalTallyRow, 'hours'> | undefined,
  targets: number,
  { atMs, windowHours }: { readonly atMs: EpochMs; readonly windowHours: number },
): Counted => {
  const now = hourOf(atMs)
  const known = within(row, now - windowHours)
  const here = known.find(([hour]) => hour === now)?.[1] ?? 0
  const hours: Hours = [...known.filter(([hour]) => hour !== now), [now, here + targets]]
  const total = hours.reduce((sum, [, count]) => sum + count, 0)
  return { total, hours: JSON.stringify(hours) }
}
