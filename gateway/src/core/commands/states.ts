/**
 * The states of a command (architecture §6). `phase` is set only inside `running`, and only for a
 * destructive command; it is persisted, so a restart knows where it stood (habit 10).
 */
export type CommandState =
  | 'queued'
  | 'published' // claimed: it may have left
  | 'accepted'
  | 'running'
  | 'done'
  | 'failed'
  | 'refused'
  | 'cancelled'
  | 'expired'
  | 'superseded'
  | 'parked'

export type CommandPhase =
  | 'preparing' // the terminal quiesces, flushes, settles, uploads
  | 'ready' // a ready nonce is durable; the host has not been called for it
  | 'tid_blocking' // a block call made for this ready nonce may have left
  | 'proceed_sent' // the point of no return is behind us
  | 'proceed_unknown' // no answer to Proceed: ask, never assume
  | 'erasing'
  | 'aborting' // only Released, or Refused for the nonce, leads on
  | 'tid_unblocking' // the terminal has released; the TID must be opened again

/** Where a released destructive command goes once its TID is open again. */
export type AfterRelease = 'queued' | 'cancelled' | 'expired' | 'refused'

const finals: ReadonlySet<CommandState> = new Set([
  'done',
  'failed',
  'refused',
  'cancelled',
  'expired',
  'superseded',
])

/** A final state; whether its outcome is known is a column of its own. */
export const isFinal = (state: CommandState): boolean => finals.has(state)

const pastNoReturn: ReadonlySet<CommandPhase> = new Set([
  'proceed_sent',
  'proceed_unknown',
  'erasing',
])

/** The commit of Proceed is behind this phase: cancelling answers TOO_LATE. */
export const isPastNoReturn = (phase: CommandPhase | null): boolean =>
  phase !== null && pastNoReturn.has(phase)
