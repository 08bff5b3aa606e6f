/**
 * What the API may ask about unbind cases. As with commands: it reads, submits one operation, nudges a
 * loop and answers what was committed. It orders nothing itself.
 */
import { uuidFromText, uuidToText } from '@tillgate/protocol'

import { caseLimits } from '../cases/limits.js'
import { isUnbindReason } from '../cases/reasons.js'
import type { CaseState } from '../cases/states.js'
import { isWaitingCode } from '../cases/waiting.js'
import { coreLimits } from '../limits.js'
import type { InputOf } from '../operations/catalogue.js'
import type { CaseMoveResult } from '../operations/case-move.js'
import type { IdempotencyClaim } from '../operations/idempotency.js'
import type { Records } from '../ports/records.js'
import type { Clock, Ids } from '../ports/system.js'
import type { CaseView } from '../queries/queries.js'
import type { EventRow, ForcedCloseRow } from '../records/tables.js'
import type { Answer } from './command-service.js'
import {
  createForceRequests,
  offersOf,
  type ForceRequest,
  type ForceWish,
} from './force-request.js'
import { refusal } from './refusal.js'

export interface OpenCase {
  readonly sn: string
  readonly reason: string
  readonly note?: string
  /** The appointment; now where left out. */
  readonly startsAtMs?: number
  readonly deadlineMs?: number
  readonly actor: string
  readonly idempotency?: IdempotencyClaim
}

export interface CaseWithLedger {
  readonly unbindCase: CaseView
  readonly ledger: readonly EventRow[]
  /** Where it was closed by force. */
  readonly forced: ForcedCloseRow | undefined
  /** For which reasons it may be closed by force now, given the papers. */
  readonly forceOffers: readonly string[]
}

interface Act {
  readonly uuid: Uint8Array
  readonly actor: string
}

export interface CaseService {
  /** `existing`: the binding's open case, or an earlier request's; this one changed nothing (U1). */
  open(
    request: OpenCase,
  ): Promise<Answer<{ readonly uuid: Uint8Array; readonly existing: boolean }>>
  /** Somebody says that what held it up is done: everything is asked anew. */
  checkAgain(act: Act): Promise<Answer<CaseState>>
  /** `FORBIDDEN` for what is never waived. */
  waive(act: Act & { readonly code: string; readonly why: string }): Promise<Answer<CaseState>>
  /** Another appointment: before the order, and before the case's deadline. */
  reschedule(act: Act & { readonly startsAtMs: number }): Promise<Answer<CaseState>>
  reject(act: Act): Promise<Answer<CaseState>>
  /** `TOO_LATE` after the point of no return, `ALREADY_DONE` after the end. */
  cancel(act: Act): Promise<Answer<CaseState>>
  /** What two persons are to vote on; it asks nobody yet. */
  forceRequest(wish: ForceWish): Promise<Answer<ForceRequest>>
  show(uuid: Uint8Array): Promise<CaseWithLedger | undefined>
}

export interface CaseServicePorts {
  readonly records: Records
  readonly clock: Clock
  readonly ids: Ids
  nudgeCases(): void
  nudgeLane(terminalId: number): void
}

interface Times {
  readonly startsAtMs: number
  readonly deadlineMs: number
}

const timesOf = (request: OpenCase, atMs: number): Answer<Times> => {
  const startsAtMs = Math.max(atMs, request.startsAtMs ?? atMs)
  const deadlineMs = request.deadlineMs ?? startsAtMs + caseLimits.deadlineMsDefault
  if (startsAtMs - atMs > caseLimits.startsInMsMax) {
    return refusal('VALIDATION', 'startsAt', 'must lie within 90 days')
  }
  if (deadlineMs <= startsAtMs || deadlineMs - startsAtMs > caseLimits.deadlineMsMax) {
    return refusal('VALIDATION', 'deadline', 'must lie after the start, by 180 days at most')
  }
  return { ok: true, value: { startsAtMs, deadlineMs } }
}

export const createCaseService = (ports: CaseServicePorts): CaseService => {
  const { records, clock, ids } = ports

  const open: CaseService['open'] = async (request) => {
    const { sn, reason, note = '', actor, idempotency } = request
    const atMs = clock.now()
    if (!isUnbindReason(reason)) {
      return refusal('VALIDATION', 'reason', 'must be a reason code of an unbind')
    }
    if (note.length > caseLimits.noteLettersMax) {
      return refusal(
        'VALIDATION',
        'note',
        `must have at most ${String(caseLimits.noteLettersMax)} letters`,
      )
    }
    const times = timesOf(request, atMs)
    if (!times.ok) return times
    const terminal = await records.read('terminal-by-sn', { sn })
    if (terminal === undefined) return refusal('NOT_FOUND', 'sn')
    const { id: terminalId } = terminal
    const [binding] = await records.read('bindings', { terminalId, live: 1, afterId: 0, limit: 1 })
    if (binding === undefined) return refusal('TERMINAL_NOT_BOUND', 'sn')
    const uuid = ids.next()
    const result = await records.submit('open-case', {
      uuid,
      publicId: uuidToText(uuid),
      terminalId,
      bindingId: binding.id,
      ...{ reason, note, actor, atMs },
      ...times.value,
      ...(idempotency === undefined ? undefined : { idempotency }),
    })
    if (!result.ok) return refusal(result.code, result.code === 'NOT_FOUND' ? 'sn' : undefined)
    if (!result.existing) ports.nudgeCases()
    const made = result.madeId === undefined ? result.uuid : uuidFromText(result.madeId)
    if (made === undefined) throw new Error('a case was answered with something that is no uuid')
    return { ok: true, value: { uuid: made, existing: result.existing } }
  }

  const answered = (result: CaseMoveResult): Answer<CaseState> =>
    result.ok ? { ok: true, value: result.state } : refusal(result.code)

  const move = async (
    { uuid, actor }: Act,
    input: InputOf<'move-case'>['input'],
  ): Promise<Answer<CaseState>> => {
    const row = await records.read('case-by-uuid', { uuid })
    if (row === undefined) return refusal('NOT_FOUND')
    const { id: caseId, terminalId } = row
    const result = await records.submit('move-case', {
      ...{ caseId, terminalId, input, actor },
      atMs: clock.now(),
    })
    ports.nudgeCases()
    return answered(result)
  }

  const cancel: CaseService['cancel'] = async ({ uuid, actor }) => {
    const row = await records.read('case-by-uuid', { uuid })
    if (row === undefined) return refusal('NOT_FOUND')
    const { id: caseId, terminalId } = row
    const result = await records.submit('cancel-case', {
      ...{ caseId, terminalId, actor },
      atMs: clock.now(),
    })
    ports.nudgeLane(terminalId)
    return answered(result)
  }

  const show: CaseService['show'] = async (uuid) => {
    const unbindCase = await records.read('case-by-uuid', { uuid })
    if (unbindCase === undefined) return undefined
    const ledger = await records.read('events-of-case', {
      caseId: unbindCase.id,
      afterId: 0,
      limit: coreLimits.eventsPerReadMax,
    })
    const forced = await records.read('forced-close', { caseId: unbindCase.id })
    return { unbindCase, ledger, forced, forceOffers: offersOf(unbindCase, clock.now()) }
  }

  return {
    open,
    cancel,
    show,
    forceRequest: createForceRequests(ports),
    checkAgain: (act) => move(act, { on: 'check-again' }),
    waive: (act) =>
      isWaitingCode(act.code)
        ? move(act, { on: 'waived', code: act.code, who: act.actor, why: act.why })
        : Promise.resolve(refusal('VALIDATION', 'code', 'must be something that a case waits for')),
    async reschedule({ startsAtMs, ...act }) {
      const answer = await move(act, { on: 'rescheduled', startsAtMs })
      if (answer.ok || answer.code !== 'VALIDATION') return answer
      return refusal('VALIDATION', 'startsAt', 'must lie ahead, before the deadline of the case')
    },
    reject: (act) => move(act, { on: 'rejected' }),
  }
}
