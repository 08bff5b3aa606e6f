/**
 * The acquirer's switch, as far as Tillgate may touch it: open or close a TID. Sales, reversals and
 * slips never come this way. Every call carries a number that rises per TID; the host's side refuses
 * a lower one (architecture §5, rule 2), so a late unblock can't open what a later attempt blocked.
 */
export interface TidRef {
  readonly acquirerCode: string
  readonly mid: string
  readonly tid: string
}

export interface HostCall extends TidRef {
  readonly callNumber: number
  readonly reason: string
}

/** `stale`: the host has seen a higher number. `unavailable`: outcome unknown, ask again with the same number. */
export type HostAnswer =
  | { readonly ok: true; readonly state: 'open' | 'blocked' }
  | {
      readonly ok: false
      readonly code: 'stale' | 'unknown-tid' | 'refused' | 'unavailable'
      readonly detail: string
    }

export type TidView =
  | {
      readonly ok: true
      readonly state: 'open' | 'blocked'
      readonly callNumber: number
      /** What is open there for this TID (`OPEN_PREAUTH`, `PENDING_REFUND`, `DISPUTE_OPEN` …), where the host tells. */
      readonly obstacles?: readonly string[]
    }
  | { readonly ok: false; readonly code: 'unknown-tid' | 'unavailable'; readonly detail: string }

/** Never throws: what went wrong on the way is `unavailable`. */
export interface Host {
  block(call: HostCall): Promise<HostAnswer>
  unblock(call: HostCall): Promise<HostAnswer>
  show(tid: TidRef): Promise<TidView>
}
