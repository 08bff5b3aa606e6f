/**
 * The second half of the ordered checks of a command (architecture §5): known command id, type
 * known and its payload parsed, epochs, sequence, expiry, nonce. Pure; changes nothing. A command is at this point authentic,
 * so what it says of itself may be answered.
 */
import {
  changesBindingEpoch,
  commandTypeName,
  equalBytes,
  isDestructive,
  parsePayload,
  runsWithoutClock,
  type Command,
  type CommandPayload,
  type ErrorCode,
  type Primitives,
} from '@tillgate/protocol'
import type { JournalEntry } from '../../flash/contents.js'
import { trustedNow, type TerminalState } from '../state.js'
import { entryOf, payloadHashOf } from './journal.js'

export type Verdict =
  | { readonly verdict: 'run'; readonly payload: CommandPayload }
  /** Answer the state that the journal holds, and stop. */
  | { readonly verdict: 'known'; readonly entry: JournalEntry }
  /** The same id with another payload. */
  | { readonly verdict: 'reused' }
  | { readonly verdict: 'refused'; readonly code: ErrorCode; readonly detail: string }

export interface Arrived {
  readonly command: Command
  readonly hash: Uint8Array
  readonly nowMs: number
  /** Of an OfflineReady: stands for the session's, and where no clock is sure for the time as well. */
  readonly offlineNonce?: Uint8Array
}

const refused = (code: ErrorCode, detail: string): Verdict => ({ verdict: 'refused', code, detail })

/** Not the end of an id: a higher sequence runs it again, a redelivered old one is stale. */
const mayRunAgain = ({ state }: JournalEntry): boolean =>
  state === 'refused' || state === 'released'

const checkKnown = (
  state: TerminalState,
  p: Primitives,
  { command }: Arrived,
): Verdict | undefined => {
  const entry = entryOf(state.flash, command.commandId)
  // An Abort that came first left an id without a payload: nothing to compare, and nothing done.
  if (entry?.payloadHash === undefined) return undefined
  if (!equalBytes(entry.payloadHash, payloadHashOf(p, command))) return { verdict: 'reused' }
  return mayRunAgain(entry) ? undefined : { verdict: 'known', entry }
}

const checkEpochs = (state: TerminalState, command: Command): Verdict | undefined => {
  const { asset = 0, binding = 0 } = state.flash.cells.epochs ?? {}
  if (command.assetEpoch !== asset) return refused('STALE_EPOCH', 'asset epoch')
  const fits = changesBindingEpoch(command.type)
    ? command.bindingEpoch > binding
    : command.bindingEpoch === binding
  return fits ? undefined : refused('STALE_EPOCH', 'binding epoch')
}

const checkExpiry = (
  state: TerminalState,
  { command, nowMs, offlineNonce }: Arrived,
): Verdict | undefined => {
  const now = trustedNow(state, nowMs)
  if (now === undefined) {
    return runsWithoutClock(command.type) || offlineNonce !== undefined
      ? undefined
      : refused('CLOCK_UNSURE', 'no Welcome yet')
  }
  return now > command.notAfterMs ? refused('EXPIRED', '') : undefined
}

const checkNonce = (
  state: TerminalState,
  { command, offlineNonce }: Arrived,
): Verdict | undefined => {
  if (!isDestructive(command.type)) return undefined
  const nonce = offlineNonce ?? state.session.nonce
  const { sessionNonce } = command
  const isCurrent =
    nonce !== undefined && sessionNonce !== undefined && equalBytes(nonce, sessionNonce)
  return isCurrent ? undefined : refused('BAD_NONCE', 'of another session')
}

export const judge = (state: TerminalState, p: Primitives, arrived: Arrived): Verdict => {
  const { command } = arrived
  const known = checkKnown(state, p, arrived)
  if (known !== undefined) return known
  const name = commandTypeName(command.type)
  if (name === undefined || !state.profile.capabilities.includes(name)) {
    return refused('UNKNOWN_COMMAND', `type ${String(command.type)}`)
  }
  const payload = parsePayload(command.type, command.payload)
  if (!payload.ok) {
    return refused(payload.code, `payload: ${payload.field} ${payload.rule}`.slice(0, 120))
  }
  const sequence = state.flash.cells.sequence ?? 0
  return (
    checkEpochs(state, command) ??
    (command.seq > sequence ? undefined : refused('STALE_SEQ', `${String(sequence)} is stored`)) ??
    checkExpiry(state, arrived) ??
    checkNonce(state, arrived) ?? { verdict: 'run', payload: payload.value }
  )
}
