/**
 * The shape that every operation on one command has: read the command with its terminal and binding,
 * ask the machine, and turn its move into writes: one row for the command, one ledger line, and what
 * the move means for binding, terminal and the case that ordered it. Each operation's own file says which input it is and what
 * it adds.
 */
import { commandTypeNumbers, type ErrorCode } from '@tillgate/protocol'

import type { RefusedBecause, Told } from '../cases/inputs.js'
import type { CommandInput } from '../commands/inputs.js'
import type { Move } from '../commands/move.js'
import {
  isFinal,
  isPastNoReturn,
  type CommandPhase,
  type CommandState,
} from '../commands/states.js'
import { transition } from '../commands/transition.js'
import type {
  BindingRow,
  BrakeRow,
  CommandRow,
  RegistrationRow,
  TerminalRow,
  UnbindCaseRow,
} from '../records/tables.js'
import { followWrites } from './case-move.js'
import { brakeWrites, loadBrake } from '../approvals/brake.js'
import { effectWrites } from './command-effects.js'
import { event, type EventFields } from './event.js'
import {
  nothing,
  one,
  together,
  update,
  type Decision,
  type Load,
  type Write,
} from './operation.js'

export interface CommandRows {
  readonly command: CommandRow | undefined
  readonly terminal: TerminalRow | undefined
  /** Only where the command is about one: Bind, Unbind. */
  readonly binding: BindingRow | undefined
  /** Only of a Bind, and only where its binding was reported. */
  readonly registration?: RegistrationRow | undefined
  /** Only where a case ordered it. */
  readonly unbindCase?: UnbindCaseRow | undefined
  /** Only where a move may lead over the point of no return, or back from behind it. */
  readonly brake?: BrakeRow | undefined
}

export type CommandKey = { readonly commandId: number } | { readonly commandUuid: Uint8Array }

const commandOf = (key: CommandKey): Load<CommandRow | undefined> =>
  one('command', 'commandId' in key ? { id: key.commandId } : { uuid: key.commandUuid })

const terminalOf = (command: CommandRow): Load<TerminalRow | undefined> =>
  one('terminal', { id: command.terminalId })

const bindingOf = (command: CommandRow): Load<BindingRow | undefined> =>
  command.bindingId === null ? nothing(undefined) : one('binding', { id: command.bindingId })

const registrationOf = ({ type, bindingId }: CommandRow): Load<RegistrationRow | undefined> =>
  type === commandTypeNumbers.Bind && bindingId !== null
    ? one('registration', { bindingId })
    : nothing(undefined)

const caseOf = (command: CommandRow): Load<UnbindCaseRow | undefined> =>
  command.caseId === null ? nothing(undefined) : one('unbindCase', { id: command.caseId })

const brakeOf = ({ phase, hostAnswer }: CommandRow): Load<BrakeRow | undefined> =>
  isPastNoReturn(phase) || (phase === 'tid_blocking' && hostAnswer === 'blocked')
    ? loadBrake()
    : nothing(undefined)

export function* loadCommand(key: CommandKey): Load<CommandRows> {
  const command = yield* commandOf(key)
  if (command === undefined) return { command, terminal: undefined, binding: undefined }
  const found = yield* together({
    terminal: terminalOf(command),
    binding: bindingOf(command),
    registration: registrationOf(command),
    unbindCase: caseOf(command),
    brake: brakeOf(command),
  })
  return { command, ...found }
}

/** With what else hangs on the command itself, asked beside its terminal and its binding. */
export function* loadCommandWith<T>(
  key: CommandKey,
  more: (command: CommandRow) => Load<T>,
  without: T,
): Load<{ readonly rows: CommandRows; readonly more: T }> {
  const command = yield* commandOf(key)
  if (command === undefined) {
    return { rows: { command, terminal: undefined, binding: undefined }, more: without }
  }
  const found = yield* together({
    terminal: terminalOf(command),
    binding: bindingOf(command),
    registration: registrationOf(command),
    unbindCase: caseOf(command),
    brake: brakeOf(command),
    more: more(command),
  })
  const { more: other, ...rest } = found
  return { rows: { command, ...rest }, more: other }
}

/** Where the command stands after the operation. */
export interface Standing {
  readonly commandId: number
  readonly terminalId: number
  readonly type: number
  readonly destructive: 0 | 1
  readonly bindingEpoch: number
  readonly state: CommandState
  readonly phase: CommandPhase | null
  readonly open: 0 | 1
}

export type MoveResult =
  /** `moved` false: heard, and no news. */
  | { readonly ok: true; readonly moved: boolean; readonly standing: Standing }
  | { readonly ok: false; readonly code: ErrorCode }

export interface MoveContext {
  readonly atMs: number
  readonly actor: string
  /** More columns to set with the move. */
  readonly set?: Partial<CommandRow>
  readonly data?: EventFields['data']
  readonly evidence?: Uint8Array | null
  /** More rows to write where the command moved. */
  readonly also?: readonly Write[]
  /** For the case that ordered it. */
  readonly told?: Told
  readonly refusal?: RefusedBecause
}

export const standingOf = (command: CommandRow, set: Partial<CommandRow> = {}): Standing => ({
  commandId: command.id,
  terminalId: command.terminalId,
  type: command.type,
  destructive: command.destructive,
  bindingEpoch: command.bindingEpoch,
  state: set.state ?? command.state,
  phase: set.phase === undefined ? command.phase : set.phase,
  open: set.open ?? command.open,
})

const moveWrites = (
  rows: CommandRows & { readonly command: CommandRow; readonly terminal: TerminalRow },
  move: Extract<Move, { move: 'to' }>,
  context: MoveContext,
): readonly Write[] => {
  const { command, terminal, binding, registration } = rows
  const { atMs, actor } = context
  const ends = move.set.state !== undefined && isFinal(move.set.state)
  return [
    // Not by spreads: one behind the other they cost twenty times as much.
    update(
      'command',
      command.id,
      Object.assign({}, move.set, context.set, ends ? { finalAtMs: atMs } : undefined),
    ),
    event({
      atMs,
      kind: `command.${move.event}`,
      actor,
      terminalId: terminal.id,
      commandId: command.id,
      bindingId: command.bindingId,
      ...(context.data === undefined ? {} : { data: context.data }),
      evidence: context.evidence ?? null,
    }),
    ...(move.effect === undefined
      ? []
      : effectWrites(move.effect, { command, terminal, binding, registration, atMs, actor })),
    ...(context.also ?? []),
    ...(move.set.phase === undefined ? [] : brakeWrites(rows.brake, command.phase, move.set.phase)),
  ]
}

/** The case stands where its command stands; it hears also what is no news to the command. */
const caseWrites = (
  { unbindCase }: CommandRows,
  standing: Standing,
  heard: CommandInput,
  { atMs, actor, told, refusal: because }: MoveContext,
): readonly Write[] => {
  if (unbindCase === undefined) return []
  const { state, phase } = standing
  const news = { on: 'command', state, phase, heard } as const
  return followWrites(
    unbindCase,
    {
      ...news,
      ...(told === undefined ? undefined : { told }),
      ...(because === undefined ? undefined : { refusal: because }),
    },
    { atMs, actor },
  )
}

/** Asks the machine and writes its move. A refusal writes nothing, and so does a `stay` but for the case. */
export const decideMove = (
  rows: CommandRows,
  input: CommandInput,
  context: MoveContext,
): Decision<MoveResult> => {
  const { command, terminal } = rows
  if (command === undefined || terminal === undefined) return refusal('NOT_FOUND')
  const move = transition(command, input)
  if (move.move === 'refuse') return refusal(move.code)
  if (move.move === 'stay') {
    const standing = standingOf(command)
    const writes = command.open === 1 ? caseWrites(rows, standing, input, context) : []
    return { writes, result: { ok: true, moved: false, standing } }
  }
  const standing = standingOf(command, move.set)
  return {
    writes: [
      ...moveWrites({ ...rows, command, terminal }, move, context),
      ...caseWrites(rows, standing, input, context),
    ],
    result: { ok: true, moved: true, standing },
  }
}

export const refusal = (code: ErrorCode): Decision<{ ok: false; code: ErrorCode }> => ({
  writes: [],
  result: { ok: false, code },
})
