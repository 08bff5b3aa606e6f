/**
 * The OfflineAnswer that a person carried: Command and Proceed together (protocol §9a). Each is
 * authentic by itself or it is nobody's; what is about another nonce changes nothing and is answered
 * with nothing. What is authentic, for the live nonce, and fails: the nonce dies in the journal, and a
 * signed Refused is shown. What holds becomes an ordinary prepared command, and its Proceed an
 * ordinary Proceed (`proceed.ts`), so nothing erases that would not over a line.
 */
import {
  commandTypeNumbers,
  joinFrames,
  parseOfflineAnswer,
  type Command,
  type CommandPayload,
  type ErrorCode,
  type Proceed,
  type Refusal,
} from '@tillgate/protocol'
import { judge } from '../command/checks.js'
import { commandEntry, keyOf, newEntry, storeSeq } from '../command/journal.js'
import { refuseCommand } from '../command/refuse.js'
import { openPacket } from '../downlink/open.js'
import { isErasing } from '../state.js'
import { nextErrand } from '../till/next.js'
import type { Turn } from '../turn.js'
import { deny } from '../uplink/alarm.js'
import { keptFor } from '../uplink/evidence.js'
import { isOfOffline } from './offline.js'
import { showPaper } from './paper.js'
import { endPreparation } from './preparation.js'
import { onProceed } from './proceed.js'

interface Answer {
  readonly command: Command
  readonly commandHash: Uint8Array
  readonly proceed: Proceed
  readonly proceedHash: Uint8Array
}

const notAnAnswer = (turn: Turn, reason: string): undefined => {
  turn.note({ what: 'offline', is: 'not-an-answer', reason })
  turn.show('应答无效')
  return undefined
}

const denied = (turn: Turn, { code, field, rule }: Refusal, bodyHash?: Uint8Array): undefined => {
  deny(turn, { code, detail: `${field} ${rule}`.trim().slice(0, 120), bodyHash })
  return notAnAnswer(turn, code)
}

const open = (turn: Turn, frames: readonly string[]): Answer | undefined => {
  const bytes = joinFrames(frames)
  // A slip of the hand, and nobody's attempt: there is no alarm about it.
  if (!bytes.ok) return notAnAnswer(turn, bytes.rule)
  const parsed = parseOfflineAnswer(bytes.value)
  if (!parsed.ok) return denied(turn, parsed)
  const { primitives, nowMs } = turn.world
  const first = openPacket(turn.state, primitives, parsed.value.command, nowMs)
  if (!first.ok) return denied(turn, first.refusal, first.hash)
  const second = openPacket(turn.state, primitives, parsed.value.proceed, nowMs)
  if (!second.ok) return denied(turn, second.refusal, second.hash)
  if (first.message.kind !== 'command' || first.message.type !== commandTypeNumbers.Unbind) {
    return notAnAnswer(turn, 'its first half is no Unbind')
  }
  if (second.message.kind !== 'proceed') return notAnAnswer(turn, 'its second half is no Proceed')
  return {
    command: first.message,
    commandHash: first.hash,
    proceed: second.message,
    proceedHash: second.hash,
  }
}

const contradiction = (turn: Turn, payload: CommandPayload): ErrorCode | undefined => {
  if (payload.type !== 'Unbind') return 'UNKNOWN_COMMAND'
  const { params } = turn.flash.areas
  const isMine = params.get('mid')?.text === payload.mid && params.get('tid')?.text === payload.tid
  return isMine ? undefined : 'NOT_BOUND'
}

/** The nonce dies in the flash in the same write that keeps the Refused. */
const refuse = (turn: Turn, { command, commandHash }: Answer, code: ErrorCode, detail: string) => {
  const readyNonce = turn.flash.cells.offlineNonce
  endPreparation(turn)
  refuseCommand(turn, command, commandHash, { code, detail, readyNonce }, [
    { cell: 'offlineNonce', value: undefined },
  ])
  nextErrand(turn)
}

const judged = (turn: Turn, answer: Answer): { code: ErrorCode; detail: string } | undefined => {
  const { command, commandHash: hash, proceed } = answer
  const { primitives, nowMs } = turn.world
  const { offlineNonce } = turn.flash.cells
  if (offlineNonce === undefined) return { code: 'BAD_NONCE', detail: '' }
  const verdict = judge(turn.state, primitives, { command, hash, nowMs, offlineNonce })
  switch (verdict.verdict) {
    case 'refused':
      return verdict
    case 'reused':
    case 'known':
      return { code: 'COMMAND_ID_REUSED', detail: 'known to the journal' }
    case 'run': {
      const code = contradiction(turn, verdict.payload)
      if (code !== undefined) return { code, detail: '' }
      const isSame = keyOf(command.commandId) === keyOf(proceed.commandId)
      if (!isSame) return { code: 'BAD_NONCE', detail: 'a Proceed of another command' }
      return isOfOffline(turn, proceed.readyNonce)
        ? undefined
        : { code: 'BAD_NONCE', detail: 'a Proceed for another nonce' }
    }
    default:
      return verdict satisfies never
  }
}

/** From here it is an ordinary prepared command: a power loss releases it as one. */
const adopt = (turn: Turn, { command, commandHash }: Answer): void => {
  const { preparation } = turn.state
  const readyNonce = turn.flash.cells.offlineNonce
  if (preparation === undefined) return
  const { changes } = newEntry(turn.flash, {
    ...commandEntry(turn.world.primitives, command, commandHash),
    state: 'prepared',
    readyNonce,
    namedHashes: [commandHash],
  })
  turn.write([
    ...storeSeq(turn.flash, command.seq),
    ...changes,
    { cell: 'offlineNonce', value: undefined },
  ])
  turn.set({ preparation: { ...preparation, key: keyOf(command.commandId) } })
}

const showRefusal = (turn: Turn, commandId: Uint8Array): void => {
  const [last] = keptFor(turn.flash, commandId, 'refused').slice(-1)
  if (last !== undefined) showPaper(turn, 'refused', last.envelope)
}

export const onAnswer = (turn: Turn, frames: readonly string[]): void => {
  const answer = open(turn, frames)
  if (answer === undefined) return
  const { command, proceed, proceedHash } = answer
  if (!isOfOffline(turn, command.sessionNonce)) {
    notAnAnswer(turn, 'for another nonce')
    return
  }
  const failure = judged(turn, answer)
  if (failure !== undefined) refuse(turn, answer, failure.code, failure.detail)
  else {
    adopt(turn, answer)
    onProceed(turn, proceed, proceedHash)
  }
  if (!isErasing(turn.state)) showRefusal(turn, command.commandId)
}
