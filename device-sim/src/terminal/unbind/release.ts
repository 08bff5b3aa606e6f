/**
 * Released: a prepare is given up, its nonce is dead in the journal before anything says so, and the
 * terminal sells again. Not the end of the command id. Said again, it is the same.
 */
import { equalBytes, type Released, type ReleaseCause } from '@tillgate/protocol'
import type { JournalEntry } from '../../flash/contents.js'
import { aboutEntry, newEntry, storeSeq, updateEntry } from '../command/journal.js'
import { nextErrand } from '../till/next.js'
import type { Turn } from '../turn.js'
import { aboutNothing } from '../uplink/compose.js'
import { dropKept, keptFor, prepareEvidence, sendEvidence, testify } from '../uplink/evidence.js'
import { showPaper } from './paper.js'
import { endPreparation, openPreparation } from './preparation.js'

/** Kills what the journal holds as preparing or prepared. `abortSeq` 0: no Abort asked for it. */
export const releaseEntry = (
  turn: Turn,
  entry: JournalEntry,
  cause: ReleaseCause,
  abortSeq: number,
): void => {
  const { commandId, readyNonce } = entry
  const released = updateEntry(entry, { state: 'released', cause })
  testify(turn, { kind: 'released', readyNonce, cause, abortSeq }, aboutEntry(entry), [
    ...storeSeq(turn.flash, abortSeq),
    ...dropKept(keptFor(turn.flash, commandId, 'ready')),
    released.change,
  ])
  turn.note({ what: 'released', commandId, detail: cause })
}

/** The running prepare, if there is one. */
export const releaseOpen = (turn: Turn, cause: ReleaseCause, abortSeq = 0): void => {
  const { preparation } = turn.state
  if (preparation === undefined) return
  const open = openPreparation(turn.state)
  endPreparation(turn)
  if (open === undefined) releaseOffline(turn, cause, abortSeq)
  else releaseEntry(turn, open.entry, cause, abortSeq)
  turn.show('解绑取消')
}

/**
 * Kills the nonce that an OfflineReady showed. No command was ever seen, so none is named; whoever
 * carries papers carries this one, and the next session has it as well.
 */
export const releaseOffline = (turn: Turn, cause: ReleaseCause, abortSeq: number): void => {
  const readyNonce = turn.flash.cells.offlineNonce
  if (readyNonce === undefined) return
  const message: Released = { kind: 'released', readyNonce, cause, abortSeq }
  const { kept, changes } = prepareEvidence(turn, message, aboutNothing)
  turn.write([
    ...changes,
    ...storeSeq(turn.flash, abortSeq),
    { cell: 'offlineNonce', value: undefined },
  ])
  showPaper(turn, 'released', kept.envelope)
  sendEvidence(turn, kept)
}

/** Only what was begun from the menu ends there. */
export const cancelOffline = (turn: Turn): void => {
  if (turn.state.preparation?.isOffline !== true) return
  releaseOpen(turn, 'ABORTED')
  nextErrand(turn)
}

export const onLeaseTimer = (turn: Turn): void => {
  const lease = turn.state.preparation?.lease
  if (lease === undefined || turn.world.nowMs < lease.endsMs) return
  releaseOpen(turn, 'LEASE_OVER')
  nextErrand(turn)
}

/** An Abort for a command that never came: the id is kept as released below that sequence. */
export const releaseUnseen = (turn: Turn, commandId: Uint8Array, abortSeq: number): void => {
  const cause = 'NEVER_SEEN'
  const { entry, changes } = newEntry(turn.flash, {
    commandId,
    state: 'released',
    seq: abortSeq,
    cause,
  })
  const message: Released = { kind: 'released', readyNonce: undefined, cause, abortSeq }
  testify(turn, message, aboutEntry(entry), [...storeSeq(turn.flash, abortSeq), ...changes])
}

const sameBytes = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a === undefined || b === undefined ? a === b : equalBytes(a, b)

/** About a nonce that is dead, or that never was. */
export const releaseAgain = (
  turn: Turn,
  entry: JournalEntry,
  abortSeq: number,
  readyNonce: Uint8Array | undefined = entry.readyNonce,
): void => {
  const kept = keptFor(turn.flash, entry.commandId, 'released').filter(
    (one) => (abortSeq === 0 || one.abortSeq === abortSeq) && sameBytes(one.readyNonce, readyNonce),
  )
  const [last] = kept.slice(-1)
  if (last !== undefined) {
    turn.write(storeSeq(turn.flash, abortSeq))
    return sendEvidence(turn, last)
  }
  const cause = entry.cause ?? 'ABORTED'
  const changes = storeSeq(turn.flash, abortSeq)
  testify(turn, { kind: 'released', readyNonce, cause, abortSeq }, aboutEntry(entry), changes)
}
