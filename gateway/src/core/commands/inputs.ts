/**
 * What can happen to a command, as data: what a terminal said (already authenticated), what the host
 * answered, what a person or the clock wants. Both machines take these.
 */

/** What the journal of the terminal holds, from a signed Status (schema: JournalState). */
export type JournalState =
  | 'NOT_SEEN'
  | 'RUNNING_NOW'
  | 'PREPARING'
  | 'PREPARED_NOW'
  | 'ERASING'
  | 'DONE'
  | 'FAILED'
  | 'REFUSED'
  | 'RELEASED'
  | 'INTERRUPTED'

export type CommandInput =
  /** A new attempt is made: body, hash and sequence are committed with this move. */
  | { readonly on: 'claim' }
  | { readonly on: 'accepted'; readonly currentAttempt: boolean }
  | { readonly on: 'progress'; readonly erasing: boolean; readonly currentAttempt: boolean }
  | {
      readonly on: 'ready'
      readonly nonce: Uint8Array
      readonly leaseMs: number
      readonly currentAttempt: boolean
      /** The erase after a forced close: its TID was blocked for good, and the host is not called again. */
      readonly isErase?: true
    }
  /** Our clock says that the lease is over, or as good as. */
  | { readonly on: 'lease-over' }
  | { readonly on: 'host-call-begun'; readonly callNumber: number }
  | {
      readonly on: 'host-answered'
      readonly callNumber: number
      /** `unknown-tid`: refused, and there is no such TID to be blocked. */
      readonly answer: 'blocked' | 'open' | 'refused' | 'unknown-tid' | 'stale'
    }
  | { readonly on: 'proceed' }
  /** Proceed may have arrived, and nothing was heard in time. */
  | { readonly on: 'proceed-silent' }
  | {
      readonly on: 'released'
      readonly nonce: Uint8Array | undefined
      readonly currentAttempt: boolean
      /** It answers an Abort with this sequence; 0 where it answers none. */
      readonly abortSeq: number
    }
  | {
      readonly on: 'refused'
      readonly code: number
      /** A new attempt may well succeed (another sequence, a fresh nonce, a set clock). */
      readonly reissue: boolean
      readonly nonce: Uint8Array | undefined
      readonly currentAttempt: boolean
    }
  | {
      readonly on: 'result'
      readonly code: number
      /** A crash interrupted an effect that can't be resumed. */
      readonly interrupted: boolean
    }
  /** A valid proof: signed by the terminal, over this ready nonce and this Proceed. */
  | { readonly on: 'proof'; readonly matches: boolean; readonly partial: boolean }
  | {
      readonly on: 'status'
      readonly journal: JournalState
      /** The Query's sequence is above that of the latest attempt, so the gap is closed. */
      readonly closesGap: boolean
      readonly nonce: Uint8Array | undefined
      readonly code: number
    }
  /** Two persons have closed its case without it: what may have left is of unknown outcome from here on. */
  | { readonly on: 'forced' }
  | { readonly on: 'cancel' }
  | { readonly on: 'overdue' }
  | { readonly on: 'too-many-attempts' }
  /** Its case begins anew: what is parked gives its place to another. */
  | { readonly on: 'begun-anew' }
