/**
 * Abort: give the prepare up. Every attempt below its sequence is dead, also one that is still on its
 * way; one above it is not meant. Answered with Released also where the command was never seen, and
 * never where the journal holds an erasure (rule 5).
 */
import type { Abort } from '@tillgate/protocol'
import type { JournalEntry } from '../../flash/contents.js'
import { entryOf, storeSeq } from '../command/journal.js'
import { answerWith } from '../command/known.js'
import { nextErrand } from '../till/next.js'
import type { Turn } from '../turn.js'
import { isOfOffline } from './offline.js'
import { deny } from '../uplink/alarm.js'
import { releaseAgain, releaseOpen, releaseUnseen } from './release.js'

const abortOpen = (turn: Turn, entry: JournalEntry, { seq }: Abort): void => {
  if (seq < entry.seq) {
    const detail = 'an Abort of an earlier attempt'
    return deny(turn, { code: 'STALE_SEQ', detail, bodyHash: undefined })
  }
  releaseOpen(turn, 'ABORTED', seq)
  nextErrand(turn)
}

export const onAbort = (turn: Turn, abort: Abort): void => {
  const { commandId, seq, readyNonce } = abort
  const entry = entryOf(turn.flash, commandId)
  if (isOfOffline(turn, readyNonce)) {
    releaseOpen(turn, 'ABORTED', seq)
    return nextErrand(turn)
  }
  if (entry === undefined) return releaseUnseen(turn, commandId, seq)
  switch (entry.state) {
    case 'preparing':
    case 'prepared':
      return abortOpen(turn, entry, abort)
    case 'released':
      return releaseAgain(turn, entry, seq, readyNonce ?? entry.readyNonce)
    case 'refused':
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
