/**
 * claim-command: a new attempt at a command: its body, hash, sequence and fencing number are durable
 * before it is signed (architecture §5, Sequence). `published` means: it may have left.
 * Results: ok | NOT_FOUND | FENCED (somebody else owns the lane) | CONFLICT (epochs or session have
 * moved since the body was made, or something stands before it in the lane) | ILLEGAL_STATE | parked.
 * Events: command.published, command.published_again, command.parked.
 */
import { changesBindingEpoch } from '@tillgate/protocol'

import { mayPass } from '../lanes/may-pass.js'
import { coreLimits } from '../limits.js'
import type { CommandRow, TerminalRow } from '../records/tables.js'
import {
  decideMove,
  loadCommandWith,
  refusal,
  type CommandRows,
  type MoveResult,
} from './command-move.js'
import { claimColumns, claimHolds, type OfferedClaim } from './command-row.js'
import { many, operation, type Load } from './operation.js'
import { sameBytes } from '../records/same-bytes.js'

export interface ClaimCommandInput extends OfferedClaim {
  readonly commandId: number
  readonly atMs: number
}

export interface Rows extends CommandRows {
  /** The lane: open commands, oldest first. */
  readonly lane: readonly CommandRow[]
}

const loadLane = ({ terminalId }: CommandRow): Load<readonly CommandRow[]> =>
  many('command', { terminalId, open: 1 }, coreLimits.commandsPerTerminalMax)

function* load(input: ClaimCommandInput): Load<Rows> {
  const { rows, more } = yield* loadCommandWith({ commandId: input.commandId }, loadLane, [])
  return { ...rows, lane: more }
}

/**
 * A destructive command has the lane to itself from its first claim to its end; what is of unknown
 * outcome is passed by nothing but a Lock, which overtakes all that has no Proceed.
 */
const laneIsFree = (command: CommandRow, lane: readonly CommandRow[]): boolean =>
  lane.every((other) => mayPass(command, other))

/**
 * Bind names the epoch that it brings; what destroys names the binding that it was ordered for; the
 * rest is for the terminal as it is now, so its epoch is taken anew at each claim.
 */
const epochHolds = (
  input: ClaimCommandInput,
  command: CommandRow,
  terminal: TerminalRow,
): boolean => {
  if (changesBindingEpoch(command.type)) return input.bindingEpoch === command.bindingEpoch
  const current = input.bindingEpoch === terminal.bindingEpoch
  return command.destructive === 1
    ? current && command.bindingEpoch === input.bindingEpoch
    : current
}

export const claimCommand = operation<ClaimCommandInput, Rows, MoveResult>({
  name: 'claim-command',
  load,
  decide(rows, input) {
    const { command, terminal } = rows
    if (command === undefined || terminal === undefined) return refusal('NOT_FOUND')
    if (terminal.fence !== input.fence) return refusal('FENCED')
    const fits =
      claimHolds(input, terminal) &&
      epochHolds(input, command, terminal) &&
      input.assetEpoch === command.assetEpoch &&
      sameBytes(input.attemptNonce, terminal.sessionNonce) &&
      laneIsFree(command, rows.lane)
    if (!fits) return refusal('CONFLICT')
    if (command.attempts >= coreLimits.attemptsMax) {
      return decideMove(rows, { on: 'too-many-attempts' }, { atMs: input.atMs, actor: 'gateway' })
    }
    const { state: _published, ...columns } = claimColumns(input, command.attempts + 1, input.atMs)
    return decideMove(
      rows,
      { on: 'claim' },
      {
        atMs: input.atMs,
        actor: 'gateway',
        set: { ...columns, bindingEpoch: input.bindingEpoch },
        data: { seq: input.seq },
      },
    )
  },
})
