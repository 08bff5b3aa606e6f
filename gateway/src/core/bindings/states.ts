/** The states of a binding (domain §6.2). */
export type BindingState =
  | 'DRAFT'
  | 'REPORTING'
  | 'DELIVERING'
  | 'WITHDRAWING'
  | 'ACTIVE'
  | 'RELEASING'
  | 'RELEASED'
  | 'RELEASED_UNPROVEN'
  | 'REJECTED'
  | 'CANCELLED'

const live: ReadonlySet<BindingState> = new Set([
  'REPORTING',
  'DELIVERING',
  'WITHDRAWING',
  'ACTIVE',
  'RELEASING',
])

/** B1: at most one binding of a serial number, and of an (acquirer, MID, TID), is in these. */
export const isLive = (state: BindingState): boolean => live.has(state)
