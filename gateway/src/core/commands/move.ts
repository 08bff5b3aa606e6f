/**
 * What a machine answers. `to` is a move: one record, one ledger line. `stay` is an input that is
 * ignored, with the reason: nothing is written. `refuse` is an input that must not happen here.
 */
import type { ErrorCode } from '@tillgate/protocol'

import type { CommandRow } from '../records/tables.js'

/** What a move means for the binding and the terminal; operations turn it into writes. */
export type CommandEffect =
  /** The command ended without effect: what its order reserved is given back. */
  | 'undo-reservation'
  /** Whether it took effect is not known, and the order is given up: the reservation stays for now. */
  | 'withdraw'
  /** The terminal carried it out. */
  | 'apply'

/** The columns that a move sets. */
export type CommandChange = Partial<
  Pick<
    CommandRow,
    | 'state'
    | 'phase'
    | 'open'
    | 'outcomeUnknown'
    | 'readyNonce'
    | 'leaseMs'
    | 'hostCallNumber'
    | 'hostAnswer'
    | 'tidMayBeBlocked'
    | 'afterRelease'
    | 'resultCode'
  >
>

export type Move =
  | {
      readonly move: 'to'
      readonly set: CommandChange
      /** The ledger line's kind, without `command.`. */
      readonly event: string
      readonly effect?: CommandEffect
    }
  | { readonly move: 'stay'; readonly because: string }
  | { readonly move: 'refuse'; readonly code: ErrorCode }

export const stay = (because: string): Move => ({ move: 'stay', because })
export const refuse = (code: ErrorCode): Move => ({ move: 'refuse', code })

/** The part of a command's row that decides. */
export type Situation = Pick<
  CommandRow,
  | 'state'
  | 'phase'
  | 'open'
  | 'outcomeUnknown'
  | 'attempts'
  | 'seq'
  | 'readyNonce'
  | 'hostCallNumber'
  | 'hostAnswer'
  | 'tidMayBeBlocked'
  | 'afterRelease'
>
