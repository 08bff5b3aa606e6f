// What the tree of the ledger has as leaves, as bytes that anybody can make again from an event as the
// API gives it. An entry is one line of canonical JSON (RFC 8785) in UTF-8; its leaf hash is
// SHA-256(00 || line). README.md, "The audited ledger", says what each member holds.
import { toHex, utf8 } from '../bytes.js'
import type { Primitives } from '../crypto/primitives.js'
import { leafHash } from '../envelope/merkle.js'
import { fromBase64 } from './base64.js'
import { canonicalJson } from './canonical-json.js'

type Hashing = Pick<Primitives, 'sha256'>

/** A line of the ledger. Ids of other things are the 32 hexadecimal digits of their UUID, in lower case. */
export interface EventEntry {
  readonly actor: string
  readonly atMs: number
  readonly bindingId: string | null
  readonly caseId: string | null
  readonly commandId: string | null
  /** A JSON object. */
  readonly data: unknown
  /** Hexadecimal digits, in lower case. */
  readonly evidenceSha256: string | null
  readonly id: number
  readonly kind: string
  readonly sn: string | null
}

/**
 * Lines that were made and were gone before they could be sealed. `writer` made them; they were its lines
 * number `from` to `through`. 0 is the only writer where the records are one file, and the number an id.
 */
export interface HoleEntry {
  readonly hole: { readonly from: number; readonly through: number; readonly writer: number }
  readonly noticedAtMs: number
}

export type AuditEntry = EventEntry | HoleEntry

export const entryText = (entry: AuditEntry): string => canonicalJson(entry)

export const entryHash = (p: Hashing, entry: AuditEntry): Uint8Array =>
  leafHash(p, utf8(entryText(entry)))

/** An event as the API gives it, with its id. */
export interface ExportedEvent {
  readonly id: number
  /** RFC 3339, with milliseconds. */
  readonly at: string
  readonly kind: string
  readonly actor: string
  readonly data: unknown
  /** Base 64. */
  readonly evidence: string | null
  readonly sn: string | null
  readonly commandId: string | null
  readonly bindingId: string | null
  readonly caseId?: string | null
}

const bareId = (id: string | null | undefined): string | null =>
  id === null || id === undefined ? null : id.replaceAll('-', '').toLowerCase()

/** Undefined where its time or its evidence can't be read. */
export const entryOfExport = (p: Hashing, event: ExportedEvent): EventEntry | undefined => {
  const atMs = Date.parse(event.at)
  const evidence = event.evidence === null ? null : fromBase64(event.evidence)
  if (Number.isNaN(atMs) || evidence === undefined) return undefined
  return {
    actor: event.actor,
    atMs,
    bindingId: bareId(event.bindingId),
    caseId: bareId(event.caseId),
    commandId: bareId(event.commandId),
    data: event.data,
    evidenceSha256: evidence === null ? null : toHex(p.sha256(evidence)),
    id: event.id,
    kind: event.kind,
    sn: event.sn,
  }
}
