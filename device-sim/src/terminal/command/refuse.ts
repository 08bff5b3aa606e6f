/**
 * Refused: the command had no effect and will have none under its sequence, because that sequence is
 * stored first. For a destructive command it is evidence; the same refusal is never kept twice.
 */
import {
  equalBytes,
  errorNumber,
  isDestructive,
  type Command,
  type ErrorCode,
  type Refused,
} from '@tillgate/protocol'
import type { FlashChange, JournalEntry } from '../../flash/contents.js'
import type { Turn } from '../turn.js'
import type { About } from '../uplink/compose.js'
import { keptFor, sendEvidence, testify } from '../uplink/evidence.js'
import { send } from '../uplink/outbox.js'
import { commandEntry, newEntry, storeSeq } from './journal.js'

export interface Refusing {
  readonly code: ErrorCode
  readonly detail: string
  /** Where it refuses a Proceed, or ends a prepare that was ready. */
  readonly readyNonce?: Uint8Array | undefined
}

const messageOf = ({ code, detail, readyNonce }: Refusing): Refused => ({
  kind: 'refused',
  code: errorNumber(code),
  readyNonce,
  detail,
})

const sameBytes = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a === undefined || b === undefined ? a === b : equalBytes(a, b)

/** Signed, kept until its Receipt. */
export const refuseDestructive = (
  turn: Turn,
  refusing: Refusing,
  about: About,
  changes: readonly FlashChange[],
): void => {
  const message = messageOf(refusing)
  const { commandId } = about
  const [kept] =
    commandId === undefined
      ? []
      : keptFor(turn.flash, commandId, 'refused').filter(
          (one) =>
            one.code === message.code &&
            sameBytes(one.readyNonce, message.readyNonce) &&
            sameBytes(one.downlinkHash, about.downlinkHash),
        )
  if (kept === undefined) return testify(turn, message, about, changes)
  turn.write(changes)
  sendEvidence(turn, kept)
}

/** An attempt that comes late, below what is stored, changes nothing of what the journal says. */
const refusedEntry = (
  turn: Turn,
  command: Command,
  hash: Uint8Array,
  code: number,
): readonly FlashChange[] => {
  if (command.seq <= (turn.flash.cells.sequence ?? 0)) return []
  const head = commandEntry(turn.world.primitives, command, hash)
  const { changes } = newEntry(turn.flash, { ...head, state: 'refused', code })
  return [...storeSeq(turn.flash, command.seq), ...changes]
}

export const refuseCommand = (
  turn: Turn,
  command: Command,
  hash: Uint8Array,
  refusing: Refusing,
  alongside: readonly FlashChange[] = [],
): void => {
  const { commandId } = command
  const about = { commandId, downlinkHash: hash }
  const changes = [...alongside, ...refusedEntry(turn, command, hash, errorNumber(refusing.code))]
  turn.note({ what: 'refused', commandId, detail: refusing.code })
  if (isDestructive(command.type)) return refuseDestructive(turn, refusing, about, changes)
  turn.write(changes)
  send(turn, messageOf(refusing), about)
}

/** The stored answer, for an Abort that comes after it. */
export const refuseAgain = (turn: Turn, entry: JournalEntry): void => {
  const { commandId, hash } = entry
  const about = { commandId, downlinkHash: hash }
  const { code, readyNonce } = entry
  const message: Refused = { kind: 'refused', code, readyNonce, detail: '' }
  if (!isDestructive(entry.type ?? 0)) return send(turn, message, about)
  const kept = keptFor(turn.flash, commandId, 'refused')
  if (kept.length === 0) return testify(turn, message, about, [])
  for (const one of kept) sendEvidence(turn, one)
}
