/**
 * The command-id journal: what became of each command, by its id. It keeps the last 64 that are
 * closed and every open one; a closed one goes together with its proof, and never before that proof
 * has its Receipt. It survives every level of wiping.
 */
import { noBytes, toHex, type Command, type Primitives } from '@tillgate/protocol'
import type { FlashChange, JournalEntry } from '../../flash/contents.js'
import type { FlashImage } from '../../flash/image.js'
import { terminalLimits } from '../limits.js'
import type { About } from '../uplink/compose.js'
import { nextOrder } from '../uplink/evidence.js'

export const keyOf = (commandId: Uint8Array): string => toHex(commandId)

export const entryOf = (flash: FlashImage, commandId: Uint8Array): JournalEntry | undefined =>
  flash.areas.journal.get(keyOf(commandId))

export const aboutEntry = ({ commandId, hash }: JournalEntry): About => ({
  commandId,
  downlinkHash: hash,
})

/** Type and payload: the same id with another of these is another command. */
export const payloadHashOf = (p: Pick<Primitives, 'sha256'>, command: Command): Uint8Array => {
  const bytes = new Uint8Array(1 + command.payload.length)
  bytes[0] = command.type
  bytes.set(command.payload, 1)
  return p.sha256(bytes)
}

/** The sequence only ever rises. */
export const storeSeq = (flash: FlashImage, seq: number): readonly FlashChange[] =>
  seq > (flash.cells.sequence ?? 0) ? [{ cell: 'sequence', value: seq }] : []

const openStates: ReadonlySet<string> = new Set(['running', 'preparing', 'prepared', 'erasing'])

export const isOpen = (entry: JournalEntry): boolean => openStates.has(entry.state)

const mayGo = (flash: FlashImage, entry: JournalEntry): boolean => {
  if (isOpen(entry)) return false
  const proof = entry.proofId === undefined ? undefined : flash.areas.evidence.get(entry.proofId)
  return proof === undefined || proof.receipted
}

const evictions = (flash: FlashImage): readonly FlashChange[] => {
  if (flash.areas.journal.size < terminalLimits.journalClosedEntriesMax) return []
  const closed = [...flash.areas.journal.values()].filter((entry) => !isOpen(entry))
  const excess = closed.length + 1 - terminalLimits.journalClosedEntriesMax
  if (excess <= 0) return []
  return closed
    .filter((entry) => mayGo(flash, entry))
    .sort((a, b) => a.order - b.order)
    .slice(0, excess)
    .flatMap((entry): FlashChange[] => [
      { area: 'journal', id: keyOf(entry.commandId), value: undefined },
      ...(entry.proofId === undefined
        ? []
        : [{ area: 'evidence', id: entry.proofId, value: undefined } as const]),
    ])
}

export const updateEntry = (
  entry: JournalEntry,
  part: Partial<JournalEntry>,
): { readonly entry: JournalEntry; readonly change: FlashChange } => {
  const updated = { ...entry, ...part }
  return { entry: updated, change: { area: 'journal', id: keyOf(entry.commandId), value: updated } }
}

export type NewEntry = Pick<JournalEntry, 'commandId' | 'state' | 'seq'> & Partial<JournalEntry>

/** A new attempt under a known id takes the place of the one before. */
export const newEntry = (
  flash: FlashImage,
  entry: NewEntry,
): { readonly entry: JournalEntry; readonly changes: readonly FlashChange[] } => {
  const { order, change } = nextOrder(flash)
  const whole: JournalEntry = {
    type: undefined,
    payloadHash: undefined,
    hash: undefined,
    code: 0,
    result: noBytes,
    readyNonce: undefined,
    namedHashes: [],
    cause: undefined,
    proofId: undefined,
    ...entry,
    order,
  }
  const id = keyOf(entry.commandId)
  const evicted = flash.areas.journal.has(id) ? [] : evictions(flash)
  return { entry: whole, changes: [...evicted, change, { area: 'journal', id, value: whole }] }
}

export const commandEntry = (
  p: Pick<Primitives, 'sha256'>,
  command: Command,
  hash: Uint8Array,
): Pick<JournalEntry, 'commandId' | 'type' | 'payloadHash' | 'seq' | 'hash'> => ({
  commandId: command.commandId,
  type: command.type,
  payloadHash: payloadHashOf(p, command),
  seq: command.seq,
  hash,
})
