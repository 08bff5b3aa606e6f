/**
 * What the owner of a terminal's lane keeps in memory: the next sequence number, and what was sent when.
 * Nothing here is needed to be correct: whoever loses it takes the lane anew and asks the records.
 */
import type { DurationMs, EpochMs } from '../ports/system.js'

export type SentKind = 'command' | 'proceed' | 'abort' | 'query'

export interface Sent {
  readonly kind: SentKind
  /** Monotonic. */
  readonly at: DurationMs
  /** How often in this session, 1 at first. */
  readonly tries: number
  readonly seq: number
}

export interface Attempted {
  readonly type: number
  /** PUBACK, until a move writes it: a time in the ledger, not a state. */
  readonly deliveredAtMs: EpochMs | null
}

export interface Lane {
  readonly terminalId: number
  readonly fence: number
  nextSeq: number
  seqLast: number
  /** The highest number that this owner has given out; 0 before the first. */
  seqIssued: number
  assetEpoch: number
  bindingEpoch: number
  /** The last thing sent about each open command in this session, by the command's key. */
  readonly sent: Map<number, Sent>
  /** Attempts that left in this session, by the command's uuid as text, until the command ends. */
  readonly attempts: Map<string, Attempted>
  /** Open commands that this owner knows of; orders go the short way only while it is small. */
  open: number
  /** A step is under way, or the Welcome has not left; a nudge meanwhile sets `dirty`. */
  working: boolean
  dirty: boolean
  /** Monotonic; when the lane wants to be looked at again by itself. */
  wakeAt: DurationMs
  /** Monotonic; when the last look began. What was sent later, that look knew nothing of. */
  lookedAt: DurationMs
}

export const newLane = (fields: {
  readonly terminalId: number
  readonly fence: number
  readonly seqFirst: number
  readonly seqLast: number
  readonly assetEpoch: number
  readonly bindingEpoch: number
}): Lane => ({
  terminalId: fields.terminalId,
  fence: fields.fence,
  nextSeq: fields.seqFirst,
  seqLast: fields.seqLast,
  seqIssued: 0,
  assetEpoch: fields.assetEpoch,
  bindingEpoch: fields.bindingEpoch,
  sent: new Map(),
  attempts: new Map(),
  // Unknown until the first look: the short way stays shut.
  open: Number.MAX_SAFE_INTEGER,
  working: false,
  dirty: false,
  wakeAt: 0,
  lookedAt: 0,
})

/** The next sequence number, from memory; undefined when the reserved block is used up. */
export const takeSeq = (lane: Lane): number | undefined => {
  if (lane.nextSeq > lane.seqLast) return undefined
  const seq = lane.nextSeq
  lane.nextSeq += 1
  lane.seqIssued = seq
  return seq
}
