/**
 * A command whose id the journal knows: answered with what the journal holds, never run again
 * (architecture §5, known command id). A newer attempt of this session becomes the one that the
 * terminal answers for.
 */
import { equalBytes, errorNumber, isDestructive, type Command } from '@tillgate/protocol'
import type { JournalEntry } from '../../flash/contents.js'
import { sayErasing } from '../unbind/erase.js'
import { nameAgain } from '../unbind/ready.js'
import { releaseAgain } from '../unbind/release.js'
import { keptFor, sendEvidence, testify } from '../uplink/evidence.js'
import { send } from '../uplink/outbox.js'
import type { Turn } from '../turn.js'
import { aboutEntry, storeSeq, updateEntry } from './journal.js'
import { refuseAgain } from './refuse.js'

const isOfThisSession = (turn: Turn, command: Command): boolean => {
  if (!isDestructive(command.type)) return true
  const { nonce } = turn.state.session
  const { sessionNonce } = command
  return nonce !== undefined && sessionNonce !== undefined && equalBytes(nonce, sessionNonce)
}

const adopt = (
  turn: Turn,
  entry: JournalEntry,
  command: Command,
  hash: Uint8Array,
): JournalEntry => {
  if (command.seq <= entry.seq || !isOfThisSession(turn, command)) return entry
  const adopted = updateEntry(entry, { seq: command.seq, hash })
  turn.write([...storeSeq(turn.flash, command.seq), adopted.change])
  return adopted.entry
}

export const onKnownCommand = (
  turn: Turn,
  entry: JournalEntry,
  command: Command,
  hash: Uint8Array,
): void => answerWith(turn, adopt(turn, entry, command, hash))

const resultAgain = (turn: Turn, entry: JournalEntry): void => {
  const unknown = entry.state === 'interrupted'
  const code = unknown ? errorNumber('INTERRUPTED') : entry.code
  const message = { kind: 'result', code, payload: entry.result, unknown } as const
  if (!isDestructive(entry.type ?? 0)) return send(turn, message, aboutEntry(entry))
  const kept = keptFor(turn.flash, entry.commandId, 'result')
  if (kept.length === 0) return testify(turn, message, aboutEntry(entry), [])
  for (const one of kept) sendEvidence(turn, one)
}

/** Also what a Proceed, an Abort or a Query about it gets where there is nothing left to decide. */
export const answerWith = (turn: Turn, entry: JournalEntry): void => {
  switch (entry.state) {
    case 'running':
      return send(turn, { kind: 'accepted' }, aboutEntry(entry))
    case 'preparing':
      return sayPreparing(turn, entry)
    case 'prepared':
      return nameAgain(turn, entry)
    case 'erasing':
      return sayErasing(turn)
    case 'done':
    case 'failed': {
      const proof = turn.flash.areas.evidence.get(entry.proofId ?? '')
      return proof === undefined ? resultAgain(turn, entry) : sendEvidence(turn, proof)
    }
    case 'interrupted':
      return resultAgain(turn, entry)
    case 'refused':
      return refuseAgain(turn, entry)
    case 'released':
      return releaseAgain(turn, entry, 0)
    default:
      return entry.state satisfies never
  }
}

const sayPreparing = (turn: Turn, entry: JournalEntry): void => {
  const phase = turn.state.preparation?.phase ?? 'QUIESCING'
  send(turn, { kind: 'progress', phase, done: 0, total: 0, resumed: 0 }, aboutEntry(entry))
}
