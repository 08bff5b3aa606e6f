/** What can happen to a case, as data. The clock is an input: `atMs` comes with each. */
import type { CommandInput } from '../commands/inputs.js'
import type { CommandPhase, CommandState } from '../commands/states.js'
import type { DurationMs } from '../ports/system.js'
import type { WaitingCode } from './waiting.js'

/** Stages of a prepare and of an erasure that a terminal tells of (schema: Phase). */
export type Stage =
  | 'QUIESCING'
  | 'FLUSHING'
  | 'SETTLING'
  | 'UPLOADING'
  | 'PREPARED'
  | 'ERASING_KEYS'
  | 'ERASING_PARAMS'

/** The case's command, after what has just happened to it. */
export interface FollowedCommand {
  readonly state: CommandState
  readonly phase: CommandPhase | null
  readonly heard: CommandInput
  /** With `progress`. */
  readonly told?: Told
  /** With `refused`: the code's name, and whether a later try may do. */
  readonly refusal?: RefusedBecause
}

export interface Told {
  readonly stage: string
  readonly isStageDone: boolean
  readonly reboots: number
}

export interface RefusedBecause {
  readonly code: string
  readonly retry: 'no' | 'short' | 'later' | 'reissue' | 'human' | 'update'
}

export type CaseInput =
  /** Host, gateway and back office were asked; this is what they found, waived or not. */
  | { readonly on: 'checked'; readonly found: readonly WaitingCode[] }
  /** A person says that what held it up is done, or its time to be asked again has come. */
  | { readonly on: 'check-again' }
  | {
      readonly on: 'waived'
      readonly code: WaitingCode
      readonly who: string
      readonly why: string
    }
  /** The merchant has said that this is wanted; what more there is to say goes into the ledger. */
  | {
      readonly on: 'confirmed'
      readonly how: 'code' | 'counter'
      readonly said: Readonly<Record<string, string>>
    }
  /** Another appointment, before anything is ordered. */
  | { readonly on: 'rescheduled'; readonly startsAtMs: number }
  /** A document was kept for this case. */
  | {
      readonly on: 'paper-kept'
      readonly kind: string
      readonly document: string
      readonly who: string
    }
  | { readonly on: 'approved'; readonly approvalHash: Uint8Array }
  | { readonly on: 'rejected' }
  /** What was approved covers it no longer: it has expired, or the binding is another by now. */
  | { readonly on: 'approval-lapsed' }
  /** Its order stands in the same transaction. */
  | { readonly on: 'ordered' }
  | { readonly on: 'silent' }
  /** Its step could not be taken, or there was none to take: to be looked at again after a while. */
  | { readonly on: 'not-yet' }
  | ({ readonly on: 'command' } & FollowedCommand)
  /** The registry is being told. */
  | { readonly on: 'deregistering' }
  | { readonly on: 'deregistered' }
  | {
      readonly on: 'not-deregistered'
      readonly because: 'REGISTRY_UNREACHABLE' | 'REGISTRY_REFUSED'
      /** For how long nobody has got an answer from it, as far as who asked can say. */
      readonly silentForMs: DurationMs
    }
  /** Two persons have said so: the host is to block the TID for good. */
  | { readonly on: 'forced'; readonly reason: string }
  | { readonly on: 'force-calling' }
  | { readonly on: 'force-waits'; readonly because: 'HOST_UNREACHABLE' | 'HOST_REFUSED' }
  | { readonly on: 'force-blocked' }
  /** Of a case that was closed without one: by a command that was not its own. */
  | { readonly on: 'proof-came' }
  /** Only where no command is under way; else the command's own cancel leads on. */
  | { readonly on: 'cancel' }
