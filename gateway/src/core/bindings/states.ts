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
