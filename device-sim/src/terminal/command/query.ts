/**
 * Query: what became of a command? The sequence is stored before the answer, so that *not seen* also
 * means *never will be*. Beside the Status goes what ended the command, where something did (rule 5).
 */
import { noBytes, type JournalState, type Query, type Status } from '@tillgate/protocol'
import type { JournalEntry, JournalledState } from '../../flash/contents.js'
import { sayErasing } from '../unbind/erase.js'
import { nameAgain } from '../unbind/ready.js'
import { releaseAgain } from '../unbind/release.js'
import { sendEvidence } from '../uplink/evidence.js'
import { send } from '../uplink/outbox.js'
import type { Turn } from '../turn.js'
import { aboutEntry, entryOf, storeSeq } from './journal.js'

const shown: Readonly<Record<JournalledState, JournalState>> = {
  running: 'RUNNING_NOW',
  preparing: 'PREPARING',
  prepared: 'PREPARED_NOW',
  erasing: 'ERASING',
  done: 'DONE',
  failed: 'FAILED',
  refused: 'REFUSED',
  released: 'RELEASED',
  interrupted: 'INTERRUPTED',
}

const notSeen = (querySeq: number): Status => ({
  kind: 'status',
  querySeq,
  state: 'NOT_SEEN',
  readyNonce: undefined,
  code: 0,
  payload: noBytes,
})

const statusOf = (entry: JournalEntry, querySeq: number): Status => ({
  kind: 'status',
  querySeq,
  state: shown[entry.state],
  readyNonce: entry.readyNonce,
  code: entry.code,
  payload: entry.result,
})

const alsoSay = (turn: Turn, entry: JournalEntry): void => {
  if (entry.state === 'released') return releaseAgain(turn, entry, 0)
  if (entry.state === 'erasing') return sayErasing(turn)
  if (entry.state === 'prepared') return nameAgain(turn, entry)
  const proof = turn.flash.areas.evidence.get(entry.proofId ?? '')
  if (proof !== undefined) sendEvidence(turn, proof)
}

export const onQuery = (turn: Turn, { commandId, seq }: Query): void => {
  turn.write(storeSeq(turn.flash, seq))
  const entry = entryOf(turn.flash, commandId)
  if (entry === undefined) {
    return send(turn, notSeen(seq), { commandId, downlinkHash: undefined })
  }
  send(turn, statusOf(entry, seq), aboutEntry(entry))
  alsoSay(turn, entry)
}
