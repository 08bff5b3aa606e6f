/** The states of an unbind case (domain §6.3), in the order of a case that meets no trouble. */
export type CaseState =
  | 'OPENED' // asked for; nothing has been looked at
  | 'PRECHECK' // what host, registry and back office know is being asked
  | 'BLOCKED' // something must be done by a person first: `waitsFor` says what
  | 'AWAITING_APPROVAL' // a second person decides
  | 'APPROVED' // waits for its appointment, then for the order
  | 'DISPATCHED' // ordered: the command may have left
  | 'WAITING_DEVICE' // the terminal is silent
  | 'POSTPONED' // the merchant pressed *later*
  | 'QUIESCING' // the running sale ends, no new one begins
  | 'FLUSHING' // reversals, offline sales
  | 'SETTLING'
  | 'UPLOADING'
  | 'READY' // the terminal has said under its signature that nothing is left to lose
  | 'TID_BLOCKING' // a block call made for this Ready may have left
  | 'PROCEED_SENT' // the point of no return is behind us
  | 'PROCEED_UNKNOWN' // no answer to Proceed: ask, never assume
  | 'ERASING_KEYS'
  | 'ERASING_PARAMS'
  | 'AWAITING_PROOF'
  | 'FAILED_PARTIAL' // three proofs, all of them partial: to the depot
  | 'PROVEN' // the terminal's proof is valid
  | 'DEREGISTERING' // the registry is told
  | 'ABORTING' // only Released, or Refused for the nonce, leads on
  | 'TID_UNBLOCKING' // released; the host must open the TID again
  | 'FORCED' // two persons close it without a proof; the host is told
  | 'CLOSED'
  | 'CLOSED_UNPROVEN'
  | 'CANCELLED'
  | 'REJECTED'

const ended: ReadonlySet<CaseState> = new Set([
  'CLOSED',
  'CLOSED_UNPROVEN',
  'CANCELLED',
  'REJECTED',
])

export const isEnded = (state: CaseState): boolean => ended.has(state)

const unordered: ReadonlySet<CaseState> = new Set([
  'OPENED',
  'PRECHECK',
  'BLOCKED',
  'AWAITING_APPROVAL',
  'APPROVED',
])

/** No command of the case may be under way: the records alone decide. */
export const isBeforeOrder = (state: CaseState): boolean => unordered.has(state)

const pastNoReturn: ReadonlySet<CaseState> = new Set([
  'PROCEED_SENT',
  'PROCEED_UNKNOWN',
  'ERASING_KEYS',
  'ERASING_PARAMS',
  'AWAITING_PROOF',
  'FAILED_PARTIAL',
  'PROVEN',
  'DEREGISTERING',
  'FORCED',
])

/** U5: cancelling answers TOO_LATE. */
export const isPastNoReturn = (state: CaseState): boolean => pastNoReturn.has(state)
