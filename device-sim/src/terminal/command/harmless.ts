/**
 * A command that destroys nothing and takes no time: its effect, its sequence and its journal entry
 * are one write, so it happened with its result or it did not happen.
 */
import {
  commandTypeName,
  encodeResult,
  type Command,
  type CommandResult,
  type ErrorCode,
} from '@tillgate/protocol'
import type { FlashChange } from '../../flash/contents.js'
import type { Turn } from '../turn.js'
import { send } from '../uplink/outbox.js'
import { commandEntry, newEntry, storeSeq } from './journal.js'
import { refuseCommand } from './refuse.js'

export type Outcome =
  | {
      readonly ok: true
      readonly changes: readonly FlashChange[]
      readonly result: CommandResult
      /** What follows once it is durable. */
      readonly then?: (turn: Turn) => void
    }
  | { readonly ok: false; readonly code: ErrorCode; readonly detail: string }

export const runAtOnce = (turn: Turn, command: Command, hash: Uint8Array, did: Outcome): void => {
  if (!did.ok) return refuseCommand(turn, command, hash, did)
  const result = encodeResult(did.result)
  const head = commandEntry(turn.world.primitives, command, hash)
  const { changes } = newEntry(turn.flash, { ...head, state: 'done', result })
  turn.write([...storeSeq(turn.flash, command.seq), ...did.changes, ...changes])
  const about = { commandId: command.commandId, downlinkHash: hash }
  send(turn, { kind: 'result', code: 0, payload: result, unknown: false }, about)
  turn.show(commandTypeName(command.type) ?? '')
  did.then?.(turn)
}
