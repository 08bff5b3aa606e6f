/**
 * The stretch of a case in which its Unbind decides: the case stands where the command stands, named in
 * the words of the case (domain §6.3). It never leads the command; it only tells, counts what the
 * terminal tells of, and knows what comes after the command's end.
 */
import { caseLimits } from './limits.js'
import type { CaseInput, RefusedBecause, Stage } from './inputs.js'
import { stay, type CaseChange, type CaseMove, type CaseSituation } from './move.js'
import type { CaseState } from './states.js'
import type { WaitingCode } from './waiting.js'
import { writeWaits } from './waits.js'

type Followed = Extract<CaseInput, { on: 'command' }>

const preparing: Readonly<Partial<Record<Stage, CaseState>>> = {
  QUIESCING: 'QUIESCING',
  FLUSHING: 'FLUSHING',
  SETTLING: 'SETTLING',
  UPLOADING: 'UPLOADING',
  PREPARED: 'UPLOADING',
}

const stageWhilePreparing = (s: CaseSituation, { told }: Followed): CaseState => {
  const named = preparing[told?.stage as Stage]
  if (named !== undefined) return named
  // Heard of in another way: the stage that was told last still holds.
  return Object.values(preparing).includes(s.state) ? s.state : 'QUIESCING'
}

const stageWhileErasing = (s: CaseSituation, { told }: Followed): CaseState => {
  if (s.state === 'FAILED_PARTIAL') return s.state
  if (told?.stage === 'ERASING_PARAMS')
    return told.isStageDone ? 'AWAITING_PROOF' : 'ERASING_PARAMS'
  if (told?.stage === 'ERASING_KEYS') return 'ERASING_KEYS'
  return s.state === 'ERASING_PARAMS' || s.state === 'AWAITING_PROOF' ? s.state : 'ERASING_KEYS'
}

/** Anything that a terminal has said for itself ends its silence. */
const isSilence = (s: CaseSituation, { heard }: Followed): boolean =>
  s.state === 'WAITING_DEVICE' && (heard.on === 'claim' || heard.on === 'too-many-attempts')

const placeOf = (s: CaseSituation, command: Followed): CaseState => {
  switch (command.phase) {
    case null:
      return isSilence(s, command) ? 'WAITING_DEVICE' : 'DISPATCHED'
    case 'preparing':
      return stageWhilePreparing(s, command)
    case 'ready':
      return 'READY'
    case 'tid_blocking':
      return 'TID_BLOCKING'
    case 'proceed_sent':
      return 'PROCEED_SENT'
    case 'proceed_unknown':
      return 'PROCEED_UNKNOWN'
    case 'erasing':
      return stageWhileErasing(s, command)
    case 'aborting':
      return 'ABORTING'
    case 'tid_unblocking':
      return 'TID_UNBLOCKING'
    default:
      return command.phase satisfies never
  }
}

/** Only while nothing of it is under way is the clock of any use: silence, then nothing. */
const dueIn = (state: CaseState, atMs: number): number | null =>
  state === 'DISPATCHED' ? atMs + caseLimits.silentAfterMs : null

const underWay = (s: CaseSituation, command: Followed, atMs: number): CaseMove => {
  const state = placeOf(s, command)
  const isPartial = command.heard.on === 'proof' && command.heard.partial
  const partialProofs = s.partialProofs + (isPartial ? 1 : 0)
  const reboots = Math.max(s.reboots, command.told?.reboots ?? 0)
  const next = partialProofs >= caseLimits.partialProofsMax ? 'FAILED_PARTIAL' : state
  if (next === s.state && partialProofs === s.partialProofs && reboots === s.reboots) {
    return stay(`it is ${s.state} already`)
  }
  const set: CaseChange = {
    state: next,
    partialProofs,
    reboots,
    waitsFor: '[]',
    dueAtMs: dueIn(next, atMs),
  }
  return { move: 'to', set, event: next.toLowerCase(), data: { partialProofs, reboots } }
}

const blocked = (code: WaitingCode, detail: string): CaseMove => ({
  move: 'to',
  set: { state: 'BLOCKED', waitsFor: writeWaits([code]), dueAtMs: null },
  event: 'blocked',
  data: { because: code, detail },
})

const askAgain = (atMs: number, inMs: number, detail: string): CaseMove => ({
  move: 'to',
  set: { state: 'WAITING_DEVICE', waitsFor: '[]', dueAtMs: atMs + inMs },
  event: 'waiting_device',
  data: { because: detail },
})

/** The merchant pressed *later*: up to the limit, and never beyond the deadline. */
const postponed = (s: CaseSituation, atMs: number): CaseMove => {
  const postponements = s.postponements + 1
  const dueAtMs = atMs + caseLimits.postponedForMs
  if (postponements > caseLimits.postponementsMax || dueAtMs > s.deadlineMs) {
    return blocked('MERCHANT_POSTPONED', 'POSTPONED_BY_MERCHANT')
  }
  return {
    move: 'to',
    set: { state: 'POSTPONED', postponements, waitsFor: '[]', dueAtMs },
    event: 'postponed',
    data: { times: postponements },
  }
}

/** Refusals that a person must clear, as what the case then waits for (domain §1.5). */
const blocking: Readonly<Record<string, WaitingCode>> = {
  BATCH_NOT_SETTLED: 'UNSETTLED_BATCH',
  SETTLE_MISMATCH: 'UNSETTLED_BATCH',
  HOST_REFUSED: 'UNSETTLED_BATCH',
  OFFLINE_NOT_EMPTY: 'OFFLINE_TXN_PENDING',
  REVERSAL_NOT_SENT: 'REVERSAL_PENDING',
  SLIP_NOT_UPLOADED: 'SLIP_NOT_UPLOADED',
  TAMPERED: 'DEVICE_TAMPERED',
}

const refused = (s: CaseSituation, because: RefusedBecause | undefined, atMs: number): CaseMove => {
  // Nothing was refused by the terminal: it was the host that would not block the TID.
  if (because === undefined) return blocked('HOST_REFUSED', '')
  if (because.code === 'POSTPONED_BY_MERCHANT') return postponed(s, atMs)
  const waits = blocking[because.code]
  if (waits !== undefined) return blocked(waits, because.code)
  switch (because.retry) {
    case 'short':
    case 'reissue':
      return askAgain(atMs, caseLimits.askAgainSoonMs, because.code)
    case 'later':
      return askAgain(atMs, caseLimits.askAgainLaterMs, because.code)
    case 'human':
    case 'update':
    case 'no':
      return blocked('DEVICE_REFUSED', because.code)
    default:
      return because.retry satisfies never
  }
}

export const followCommand = (s: CaseSituation, command: Followed, atMs: number): CaseMove => {
  // By force it goes on without its command; a proof that comes after all is a proof.
  if (s.state === 'FORCED' && command.state !== 'done') return stay('it is closed by force')
  switch (command.state) {
    case 'queued':
    case 'published':
    case 'accepted':
    case 'running':
      return underWay(s, command, atMs)
    case 'done':
      return {
        move: 'to',
        set: { state: 'PROVEN', waitsFor: '[]', dueAtMs: atMs },
        event: 'proven',
      }
    case 'cancelled':
      return {
        move: 'to',
        set: { state: 'CANCELLED', open: 0, waitsFor: '[]', dueAtMs: null },
        event: 'cancelled',
      }
    case 'refused':
      return refused(s, command.refusal, atMs)
    case 'expired':
    case 'superseded':
      // Expiry is the command's, not the case's: another is ordered.
      return askAgain(atMs, 0, command.state)
    case 'parked':
    case 'failed':
      return blocked('DEVICE_REFUSED', command.state)
    default:
      return command.state satisfies never
  }
}
