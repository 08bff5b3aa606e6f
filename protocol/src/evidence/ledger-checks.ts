// That the events of a pack stand in a tree whose head was signed, and belong to its case.
import { utf8 } from '../bytes.js'
import { fromBase64 } from '../audit/base64.js'
import { openCheckpoint, type Checkpoint } from '../audit/checkpoint.js'
import { entryHash, entryOfExport } from '../audit/entries.js'
import { provesEntry } from '../audit/proofs.js'
import { parseVerifierKey } from '../audit/signed-note.js'
import type { Primitives } from '../crypto/primitives.js'
import { ok, wrong, type Finding } from './findings.js'
import type { EvidencePack, PackedEvent } from './pack.js'

export const headOf = (
  p: Primitives,
  { checkpoint }: EvidencePack,
  keyText: string | null,
): { readonly finding: Finding; readonly head: Checkpoint | undefined } => {
  const key = keyText === null ? undefined : parseVerifierKey(p, keyText.trim())
  if (key === undefined) {
    return { head: undefined, finding: wrong('checkpoint', 'there is no key to check it with') }
  }
  const head = openCheckpoint(p, checkpoint, key)
  return head === undefined
    ? { head, finding: wrong('checkpoint', `is not signed by ${key.name}`) }
    : { head, finding: ok('checkpoint', `${key.name}, ${String(head.size)} entries`) }
}

/** The leaf is made from what the pack says of the event, so a changed word is another leaf. */
const stands = (p: Primitives, head: Checkpoint, packed: PackedEvent): boolean => {
  const entry = entryOfExport(p, packed)
  const path = packed.path.map(fromBase64)
  if (entry === undefined || path.includes(undefined)) return false
  const proof = { index: packed.index, size: head.size, path: path as readonly Uint8Array[] }
  return provesEntry(p, entryHash(p, entry), proof, head.root)
}

export const entriesStand = (
  p: Primitives,
  { events }: EvidencePack,
  head: Checkpoint | undefined,
): Finding => {
  if (head === undefined) return wrong('entries', 'there is no signed head that they stand under')
  const strange = events.find((packed) => !stands(p, head, packed))
  if (strange !== undefined) {
    return wrong('entries', `event ${String(strange.id)} (${strange.kind}) is not what was sealed`)
  }
  return ok('entries', `${String(events.length)} events, each where it was sealed`)
}

const bare = (id: string | null | undefined): string => (id ?? '').replaceAll('-', '').toLowerCase()

const isOf = ({ case: of, commands }: EvidencePack, event: PackedEvent): boolean => {
  if (bare(event.caseId) === bare(of.id)) return true
  if (commands.some(({ id }) => bare(id) === bare(event.commandId))) return event.sn === of.sn
  const { by } = (event.data ?? {}) as { readonly by?: unknown }
  return event.kind === 'approval.used' && event.sn === of.sn && by === of.id
}

/** Nothing of another case, and in the order of the ledger. */
export const entriesBelong = (pack: EvidencePack): Finding => {
  const { events } = pack
  if (events.length === 0) return wrong('belongs', 'a case has events')
  const strange = events.find((event) => !isOf(pack, event))
  if (strange !== undefined) return wrong('belongs', `event ${String(strange.id)} is another's`)
  const isInOrder = events.every(({ index }, i) => i === 0 || index > (events[i - 1]?.index ?? -1))
  return isInOrder ? ok('belongs', pack.case.sn) : wrong('belongs', 'they are not in order')
}

export const textHash = (p: Primitives, text: string): Uint8Array => p.sha256(utf8(text))
