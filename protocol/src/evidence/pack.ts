// The evidence of one unbind case in one file: JSON, version 1. What it holds of the ledger it holds with
// proofs, of the terminal with its signatures; the rest (votes, names) is what the server says. README.md,
// "The evidence pack".
import type { ExportedEvent } from '../audit/entries.js'

export const packFormat = 'tillgate-evidence/1'

export const packLimits = {
  /** Of the file. */
  lettersMax: 16 * 1024 * 1024,
  eventsMax: 5_000,
  commandsMax: 256,
  certificatesMax: 64,
  approvalsMax: 16,
  votesMax: 64,
  pathHashesMax: 64,
} as const

/** A line of the ledger with its place in the tree. */
export interface PackedEvent extends ExportedEvent {
  readonly index: number
  /** From the leaf's sibling up, base 64. */
  readonly path: readonly string[]
}

export interface PackedCommand {
  readonly id: string
  /** The bodies that the gateway signed last, base 64; null where there was none. */
  readonly body: string | null
  readonly proceedBody: string | null
}

export interface PackedApproval {
  readonly id: string
  readonly maker: string
  /** Canonical JSON, byte for byte what was hashed and voted on. */
  readonly subject: string
  readonly approversNeeded: number
  readonly votes: readonly {
    readonly login: string
    readonly decision: string
    /** How sure it is who it was; the server attests it. */
    readonly label: string
    readonly at: string
  }[]
}

export interface PackedCase {
  readonly id: string
  readonly sn: string
  readonly bindingId: string
  readonly bindingEpoch: number
  readonly acquirerCode: string
  readonly mid: string
  readonly tid: string
  readonly reason: string
  readonly state: string
  readonly confirmedHow: string | null
  readonly openedAt: string
  readonly endedAt: string | null
}

export interface EvidencePack {
  readonly format: typeof packFormat
  readonly madeAt: string
  readonly case: PackedCase
  readonly commands: readonly PackedCommand[]
  readonly approvals: readonly PackedApproval[]
  /** Every certificate of the terminal, DER in base 64. */
  readonly certificates: readonly string[]
  readonly events: readonly PackedEvent[]
  /** The signed head of the tree that the events stand in. */
  readonly checkpoint: string
  /** As the server gave them: whoever knows them from elsewhere uses his own. */
  readonly keys: { readonly checkpoint: string | null; readonly ca: string }
}

export type ReadPack =
  | { readonly ok: true; readonly pack: EvidencePack }
  | { readonly ok: false; readonly field: string; readonly rule: string }
