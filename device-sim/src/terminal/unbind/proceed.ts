/**
 * Proceed: the only way to an erasure. It must name the live nonce of this prepare and a Command body
 * that a Ready with that nonce named, within the lease. Its freshness is the nonce, not the sequence:
 * a nonce lives once. Whatever does not fit is answered for its nonce, which is dead then.
 */
import { equalBytes, type Proceed } from '@tillgate/protocol'
import type { FlashChange, JournalEntry } from '../../flash/contents.js'
import { entryOf, storeSeq } from '../command/journal.js'
import { answerWith } from '../command/known.js'
import { refuseDestructive } from '../command/refuse.js'
import type { Turn } from '../turn.js'
import { beginErasure } from './erase.js'
import { giveUp } from './give-up.js'
import { nextErrand } from '../till/next.js'
import { isOfOffline } from './offline.js'
import { endPreparation } from './preparation.js'
import { moneyLeft } from './ready.js'
import { releaseAgain } from './release.js'

const isSame = (a: Uint8Array | undefined, b: Uint8Array): boolean =>
  a !== undefined && equalBytes(a, b)

const refuseNonce = (
  turn: Turn,
  { commandId, readyNonce, commandHash, seq }: Proceed,
  alongside: readonly FlashChange[] = [],
): void =>
  refuseDestructive(
    turn,
    { code: 'BAD_NONCE', detail: 'no such nonce is open', readyNonce },
    { commandId, downlinkHash: commandHash },
    [...alongside, ...storeSeq(turn.flash, seq)],
  )

/** Over a line, for what a person was to carry, and its Command never came: the nonce dies first. */
const refuseOffline = (turn: Turn, proceed: Proceed): void => {
  endPreparation(turn)
  refuseNonce(turn, proceed, [{ cell: 'offlineNonce', value: undefined }])
  nextErrand(turn)
}

const onPrepared = (
  turn: Turn,
  entry: JournalEntry,
  proceed: Proceed,
  proceedHash: Uint8Array,
): void => {
  const lease = turn.state.preparation?.lease
  if (lease === undefined || !isSame(entry.readyNonce, proceed.readyNonce)) {
    return refuseNonce(turn, proceed)
  }
  turn.write(storeSeq(turn.flash, proceed.seq))
  if (turn.world.nowMs >= lease.endsMs) return giveUp(turn, 'LEASE_OVER', '')
  if (!entry.namedHashes.some((named) => equalBytes(named, proceed.commandHash))) {
    return giveUp(turn, 'BAD_NONCE', 'not a command that Ready named')
  }
  if (turn.state.flashFull) return giveUp(turn, 'FLASH_FULL', 'no room for the proof')
  const { withoutSettlement = false } = turn.state.preparation ?? {}
  const money = withoutSettlement ? undefined : moneyLeft(turn.flash)
  if (money !== undefined) return giveUp(turn, 'BATCH_NOT_SETTLED', money)
  beginErasure(turn, entry, proceed, proceedHash)
}

export const onProceed = (turn: Turn, proceed: Proceed, proceedHash: Uint8Array): void => {
  const entry = entryOf(turn.flash, proceed.commandId)
  if (isOfOffline(turn, proceed.readyNonce)) return refuseOffline(turn, proceed)
  if (entry === undefined) return refuseNonce(turn, proceed)
  switch (entry.state) {
    case 'prepared':
      return onPrepared(turn, entry, proceed, proceedHash)
    case 'erasing':
    case 'done':
      turn.write(storeSeq(turn.flash, proceed.seq))
      return answerWith(turn, entry)
    case 'released':
      turn.write(storeSeq(turn.flash, proceed.seq))
      return isSame(entry.readyNonce, proceed.readyNonce)
        ? releaseAgain(turn, entry, 0)
        : refuseNonce(turn, proceed)
    case 'refused':
      turn.write(storeSeq(turn.flash, proceed.seq))
      return isSame(entry.readyNonce, proceed.readyNonce)
        ? answerWith(turn, entry)
        : refuseNonce(turn, proceed)
    case 'running':
    case 'preparing':
    case 'failed':
    case 'interrupted':
      return refuseNonce(turn, proceed)
    default:
      return entry.state satisfies never
  }
}
