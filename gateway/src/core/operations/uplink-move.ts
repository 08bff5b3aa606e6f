/**
 * What the operations that record an authenticated uplink about a command have in common: the command
 * must be this terminal's (I3), the writer must still own the lane, and the PUBACK's time, kept in
 * memory until now, is written with the move.
 */
import type { CommandInput } from '../commands/inputs.js'
import type { CommandRow } from '../records/tables.js'
import {
  decideMove,
  loadCommand,
  refusal,
  type CommandRows,
  type MoveContext,
  type MoveResult,
} from './command-move.js'
import type { Decision, Load } from './operation.js'
import { sameBytes } from '../records/same-bytes.js'

export interface UplinkInput {
  readonly terminalId: number
  /** Of the session that authenticated it. */
  readonly fence: number
  readonly commandUuid: Uint8Array
  /** Of the Command body that the terminal answers; null where it names none. */
  readonly downlinkHash: Uint8Array | null
  /** The envelope as received, where it is evidence; else null. */
  readonly evidence: Uint8Array | null
  /** When the attempt was PUBACKed, if it was heard since. */
  readonly deliveredAtMs: number | null
  readonly atMs: number
}

export const loadForUplink = (input: UplinkInput): Load<CommandRows> =>
  loadCommand({ commandUuid: input.commandUuid })

/**
 * Evidence is always a signature: what ends a destructive command does not count under a MAC. Of another
 * terminal's command nothing is told, not even whether it destroys.
 */
export const lacksSignature = ({ command }: CommandRows, input: UplinkInput): boolean =>
  command?.destructive === 1 && command.terminalId === input.terminalId && input.evidence === null

/** It answers the latest attempt that was claimed. */
export const answersCurrentAttempt = (command: CommandRow, input: UplinkInput): boolean =>
  sameBytes(command.bodyHash, input.downlinkHash)

export const decideUplink = (
  rows: CommandRows,
  input: UplinkInput,
  toInput: (command: CommandRow) => CommandInput,
  context: Partial<MoveContext> = {},
): Decision<MoveResult> => {
  const { command, terminal } = rows
  if (command === undefined || terminal === undefined) return refusal('NOT_FOUND')
  if (command.terminalId !== input.terminalId) return refusal('FOREIGN_COMMAND')
  if (terminal.fence !== input.fence) return refusal('FENCED')
  const delivered = command.deliveredAtMs ?? input.deliveredAtMs
  return decideMove(rows, toInput(command), {
    atMs: input.atMs,
    actor: 'terminal',
    evidence: input.evidence,
    ...context,
    set: { deliveredAtMs: delivered, ...context.set },
  })
}
