/**
 * Abort: give the prepare up. One that is later in the lane than the attempt ends whatever that
 * attempt has reached, short of an erasure; one that is earlier meant an attempt before, and touches
 * nothing. Answered with Released also where the command was never seen (rule 5).
 */
import { equalBytes, type Abort } from '@tillgate/protocol'
import type { JournalEntry } from '../../flash/contents.js'
import { entryOf, storeSeq, updateEntry } from '../command/journal.js'
import { answerWith } from '../command/known.js'
import { nextErrand } from '../till/next.js'
import type { Turn } from '../turn.js'
import { deny } from '../uplink/alarm.js'
import { releaseAgain, releaseOpen, releaseUnseen } from './release.js'

const namesLive = (entry: JournalEntry, nonce: Uint8Array | undefined): boolean =>
  entry.state === 'prepared' &&
  nonce !== undefined &&
  entry.readyNonce !== undefined &&
  equalBytes(entry.readyNonce, nonce)

const abortOpen = (turn: Turn, entry: JournalEntry, { seq, readyNonce }: Abort): void => {
  const isMeant = namesLive(entry, readyNonce)
  if (seq > entry.seq || isMeant) {
    releaseOpen(turn, 'ABORTED', seq)
    nextErrand(turn)
  } else if (readyNonce === undefined) {
    deny(turn, { code: 'STALE_SEQ', detail: 'an Abort of an earlier attempt', bodyHash: undefined })
  }
  if (readyNonce !== undefined && !isMeant) releaseAgain(turn, entry, seq, readyNonce)
}

/** Refused or released before; from now on released, below this sequence. */
const abortEnded = (turn: Turn, entry: JournalEntry, { seq, readyNonce }: Abort): void => {
  const { entry: ended, change } = updateEntry(entry, {
    state: 'released',
    cause: entry.cause ?? 'ABORTED',
  })
  if (entry.state === 'refused') turn.write([change])
  releaseAgain(turn, ended, seq, readyNonce ?? entry.readyNonce)
}

export const onAbort = (turn: Turn, abort: Abort): void => {
  const { commandId, seq, readyNonce } = abort
  const entry = entryOf(turn.flash, commandId)
  if (entry === undefined) {
    const cause = 'NEVER_SEEN'
    return releaseUnseen(turn, commandId, { kind: 'released', readyNonce, cause, abortSeq: seq })
  }
  switch (entry.state) {
    case 'preparing':
    case 'prepared':
      return abortOpen(turn, entry, abort)
    case 'refused':
    case 'released':
      return abortEnded(turn, entry, abort)
    case 'running':
    case 'erasing':
    case 'done':
    case 'failed':
    case 'interrupted':
      turn.write(storeSeq(turn.flash, seq))
      return answerWith(turn, entry)
    default:
      return entry.state satisfies never
  }
}
