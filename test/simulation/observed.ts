/**
 * Everything that a simulated world lets itself be watched by: one union, told in the order in which it
 * happens. Checkers hear nothing else, so that none of them can lean on what the product says of itself.
 */
import type {
  Effect,
  FlashChange,
  HostRequest,
  HostResponse,
  Input,
  NoResponse,
  TerminalState,
} from '@tillgate/device-sim'
import type { HostAnswer, OperationName, Write } from '@tillgate/gateway'

/** What is asked about cases and approvals. */
export type CaseVerb =
  | 'open-case'
  | 'cancel-case'
  | 'check-case'
  | 'waive'
  | 'reject-case'
  | 'force'
  | 'approval'
  | 'vote'
  | 'withdraw'

/** What a person asked of the API, and what it answered. A crash leaves a question without an answer. */
export type Answered =
  | {
      readonly what: 'answered'
      readonly verb: 'order' | 'bind'
      readonly sn: string
      /** As text. */
      readonly commandId: string
    }
  | {
      readonly what: 'answered'
      readonly verb: 'cancel'
      readonly sn: string
      readonly commandId: string
      readonly state: string
      readonly phase: string | null
    }
  | {
      readonly what: 'answered'
      readonly verb: 'open-case' | 'cancel-case'
      readonly sn: string
      /** As text. */
      readonly caseId: string
      /** Where the case stands by that answer; of one that was opened: whether it stood already. */
      readonly state: string
    }
  | {
      readonly what: 'refused'
      readonly verb: 'order' | 'bind' | 'cancel' | CaseVerb
      readonly sn: string
      readonly code: string
    }

/** One operation of a group, after the group's COMMIT and before anybody got an answer. */
export interface Committed {
  readonly what: 'committed'
  readonly name: OperationName
  readonly input: unknown
  readonly rows: unknown
  readonly writes: readonly Write[]
  readonly result: unknown
}

export type Observed =
  | Answered
  | Committed
  /** The gateway gave this to its link for that terminal. */
  | { readonly what: 'sent'; readonly sn: string; readonly envelope: Uint8Array }
  /** An uplink reached the gateway; `arrival` names it until it is acknowledged. */
  | {
      readonly what: 'arrived'
      readonly sn: string
      readonly arrival: number
      readonly envelope: Uint8Array
    }
  | {
      readonly what: 'acknowledged'
      readonly sn: string
      readonly arrival: number
      /** Undefined: taken. */
      readonly refusal: string | undefined
    }
  /** One step of a terminal's machine. */
  | {
      readonly what: 'stepped'
      readonly sn: string
      readonly input: Input
      readonly before: TerminalState
      readonly after: TerminalState
      readonly effects: readonly Effect[]
      /** On the terminal's monotonic clock. */
      readonly nowMs: number
    }
  /** These changes are durable in the terminal's flash now. */
  | { readonly what: 'flashed'; readonly sn: string; readonly changes: readonly FlashChange[] }
  | { readonly what: 'power'; readonly sn: string; readonly is: 'on' | 'off' }
  /** A call took effect, or not, at the host's side. */
  | {
      readonly what: 'host-called'
      readonly verb: 'block' | 'unblock'
      readonly tid: string
      readonly callNumber: number
      readonly answer: HostAnswer
    }
  /** The registry has cancelled this association, under this key; once more where it had. */
  | {
      readonly what: 'registry-called'
      readonly key: string
      readonly sn: string
      readonly tid: string
    }
  /** A terminal's request took effect at the host; the answer may still be lost. */
  | {
      readonly what: 'host-asked'
      readonly sn: string
      readonly request: HostRequest
      readonly answer: HostResponse | NoResponse
    }
  /** What the customer was told. */
  | {
      readonly what: 'sold'
      readonly sn: string
      readonly tid: string
      readonly outcome: 'approved' | 'stored'
      readonly trace: number
      readonly amountMinor: number
    }
  | { readonly what: 'gateway'; readonly is: 'opened' | 'crashed' }
