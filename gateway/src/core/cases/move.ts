/** What the case machine answers, as the command machines do: a move, no news, or a refusal. */
import type { ErrorCode } from '@tillgate/protocol'

import type { UnbindCaseRow } from '../records/tables.js'

/** The part of a case's row that decides. */
export type CaseSituation = Pick<
  UnbindCaseRow,
  | 'reason'
  | 'state'
  | 'open'
  | 'waitsFor'
  | 'waivers'
  | 'approvalHash'
  | 'orders'
  | 'postponements'
  | 'partialProofs'
  | 'reboots'
  | 'startsAtMs'
  | 'deadlineMs'
  | 'dueAtMs'
  | 'confirmedAtMs'
  | 'papers'
  | 'reschedules'
>

export type CaseChange = Partial<Omit<CaseSituation, 'reason' | 'orders' | 'deadlineMs'>>

export type CaseMove =
  | {
      readonly move: 'to'
      readonly set: CaseChange
      /** The ledger line's kind, without `case.`. */
      readonly event: string
      readonly data?: Readonly<Record<string, string | number | boolean | null>>
    }
  /** Nothing has happened: it is looked at again then. Leaves no line. */
  | { readonly move: 'later'; readonly dueAtMs: number }
  | { readonly move: 'stay'; readonly because: string }
  | { readonly move: 'refuse'; readonly code: ErrorCode }

export const stay = (because: string): CaseMove => ({ move: 'stay', because })
export const refuse = (code: ErrorCode): CaseMove => ({ move: 'refuse', code })
