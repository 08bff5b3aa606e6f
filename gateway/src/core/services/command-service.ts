/**
 * What the API may ask about commands. A service decides nothing that matters and sends nothing: it
 * parses, submits one operation, nudges a loop and answers what was committed (habit 8).
 */
import type { CommandPayload, ErrorCode } from '@tillgate/protocol'

import type { GivenElements } from '../bindings/five-elements.js'
import type { IdempotencyClaim } from '../operations/idempotency.js'
import type { CommandView } from '../queries/queries.js'
import type { EventRow, ProofRow } from '../records/tables.js'
import type { Origin } from '../trail/trail.js'

export interface Refusal {
  readonly ok: false
  readonly code: ErrorCode
  /** The input field at fault, where one is. */
  readonly field?: string
  readonly detail?: string
}

export type Answer<T> = { readonly ok: true; readonly value: T } | Refusal

export interface OrderCommand {
  readonly sn: string
  readonly payload: CommandPayload
  /** Lifetime from now; capped by `commandLifetimeMsMax`. */
  readonly expiresInMs?: number
  readonly actor: string
  readonly idempotency?: IdempotencyClaim
  readonly origin?: Origin
}

/** The place is the store's address where it is left out. */
export type WishedElements = Omit<GivenElements, 'placeOfDeployment'> &
  Partial<Pick<GivenElements, 'placeOfDeployment'>>

/** A binding: its `Bind` is ordered in the same transaction, or, where it is reported, once the registry agrees. */
export interface OrderBinding {
  readonly sn: string
  readonly merchantUuid: Uint8Array
  readonly storeUuid?: Uint8Array
  readonly tid: string
  /** What it is registered with; without them it is not reported. */
  readonly elements?: WishedElements
  readonly actor: string
  readonly expiresInMs?: number
  readonly idempotency?: IdempotencyClaim
  readonly origin?: Origin
}

export interface OrderedCommand {
  readonly uuid: Uint8Array
  /** An earlier request with this idempotency key ordered it; this one changed nothing. */
  readonly replayed: boolean
}

export interface OrderedBinding {
  readonly bindingUuid: Uint8Array
  /** Undefined while the registry is asked. */
  readonly commandUuid: Uint8Array | undefined
  /** As for a command. */
  readonly replayed: boolean
}

export interface CommandWithLedger {
  readonly command: CommandView
  readonly ledger: readonly EventRow[]
  readonly proofs: readonly ProofRow[]
}

export interface CommandService {
  /** `Bind` is refused here: it comes with a binding. */
  order(request: OrderCommand): Promise<Answer<OrderedCommand>>
  bind(request: OrderBinding): Promise<Answer<OrderedBinding>>
  /**
   * Takes back a binding before its terminal has confirmed it: while the registry is asked at once, later by
   * cancelling its `Bind`, whose outcome the terminal may still have to tell. `ILLEGAL_STATE` once it is active.
   */
  withdraw(request: {
    readonly bindingUuid: Uint8Array
    readonly actor: string
    readonly origin?: Origin
  }): Promise<Answer<undefined>>
  /**
   * `TOO_LATE` after the point of no return, `ALREADY_DONE` after the end. Answers the state that the
   * cancel led to.
   */
  cancel(request: {
    readonly uuid: Uint8Array
    readonly actor: string
    readonly origin?: Origin
  }): Promise<Answer<{ readonly state: string; readonly phase: string | null }>>
  show(uuid: Uint8Array): Promise<CommandWithLedger | undefined>
}
