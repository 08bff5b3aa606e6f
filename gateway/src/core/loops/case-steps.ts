/**
 * The loop of unbind cases: those that are due get their next step (`core/cases/steps.ts`). It asks host
 * and registry, orders, and commits what came of it; it decides nothing. What does not lead on is put off in
 * the records; only a step that threw rests in memory.
 */
import { encodePayload, uuidToText } from '@tillgate/protocol'

import { caseLimits } from '../cases/limits.js'
import { stepOf, type CaseStep } from '../cases/steps.js'
import { isWaitingCode, type WaitingCode } from '../cases/waiting.js'
import { withoutAccounts } from '../masking/without-accounts.js'
import type { InputOf } from '../operations/catalogue.js'
import type { Host } from '../ports/host.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { Registry } from '../ports/registry.js'
import type { Clock, DurationMs, Ids, Timers } from '../ports/system.js'
import type { CaseView } from '../queries/queries.js'
import type { Trail } from '../trail/trail.js'
import { createForcedCases, type ForcedCases } from './forced-cases.js'
import { createLateComers } from './late-comers.js'
import { createLoop, type Loop } from './pace.js'
import { createSilence } from './silence.js'

export interface CaseLoopPorts {
  readonly records: Records
  readonly host: Host
  readonly registry: Registry
  readonly clock: Clock
  readonly timers: Timers
  readonly ids: Ids
  readonly log: Log
  readonly trail: Trail
  /** Its own beat, beside the nudges. */
  readonly beatMs?: DurationMs
  nudgeLane(terminalId: number): void
  mayRun?(): boolean
}

type Steps = Readonly<Record<CaseStep, (row: CaseView) => Promise<unknown>>>

const restMs: DurationMs = 10_000

const aboutCase = ({ uuid, sn, state }: CaseView) => ({ caseId: uuidToText(uuid), sn, state })

const createSteps = (ports: CaseLoopPorts, forced: ForcedCases): Steps => {
  const { records, host, registry, clock, ids, log, trail } = ports
  const silence = createSilence(clock)

  const move = async (
    row: CaseView,
    input: InputOf<'move-case'>['input'],
    actor = 'gateway',
  ): Promise<boolean> => {
    const { id: caseId, terminalId } = row
    const moved = await records.submit('move-case', {
      caseId,
      terminalId,
      input,
      actor,
      atMs: clock.now(),
    })
    return moved.ok && moved.moved
  }

  const askedOfHost = async (row: CaseView): Promise<readonly WaitingCode[]> => {
    const { acquirerCode, mid, tid } = row
    const view = await host.show({ acquirerCode, mid, tid })
    if (!view.ok) return [view.code === 'unavailable' ? 'HOST_UNREACHABLE' : 'HOST_REFUSED']
    const obstacles = view.obstacles ?? []
    const strange = obstacles.filter((code) => !isWaitingCode(code))
    if (strange.length > 0) {
      log.warn('the host names obstacles that are not known here', {
        ...aboutCase(row),
        codes: strange.join(' '),
      })
    }
    return obstacles.filter(isWaitingCode)
  }

  const knownHere = async ({ merchantId }: CaseView): Promise<readonly WaitingCode[]> => {
    const live = await records.read('bindings', { merchantId, live: 1, afterId: 0, limit: 2 })
    return live.length < 2 ? ['LAST_TERMINAL'] : []
  }

  const check = async (row: CaseView): Promise<boolean> => {
    const found = await Promise.all([askedOfHost(row), knownHere(row)])
    return move(row, { on: 'checked', found: found.flat() })
  }

  const order = async (row: CaseView): Promise<boolean> => {
    const { reason, mid, tid, terminalId } = row
    const atMs = clock.now()
    const uuid = ids.next()
    const ordering = trail.begin('order')
    const ordered = await records.submit('order-case', {
      caseId: row.id,
      terminalId,
      uuid,
      publicId: uuidToText(uuid),
      payload: encodePayload({
        ...{ type: 'Unbind', reason, mid, tid },
        settleTimeoutS: caseLimits.settleTimeoutS,
      }),
      bindingId: row.bindingId,
      notAfterMs: atMs + caseLimits.orderLifetimeMs,
      atMs,
    })
    if (!ordered.ok) {
      log.info('a case could not order yet', { ...aboutCase(row), code: ordered.code })
      return move(row, { on: 'not-yet' })
    }
    if (ordered.state === 'DISPATCHED') {
      ordering?.end(uuid, row.sn, { type: 'Unbind', caseId: uuidToText(row.uuid) })
      ports.nudgeLane(terminalId)
    }
    return true
  }

  const noteSilence = (row: CaseView): Promise<boolean> => {
    const isThere = row.sessionSinceMs !== null && row.sessionEndedMs === null
    return move(row, { on: isThere ? 'not-yet' : 'silent' })
  }

  const deregister = async (row: CaseView): Promise<boolean> => {
    const { acquirerCode, mid, tid, sn, tusn, reason, uuid, id: caseId, terminalId } = row
    const claim = { caseId, terminalId, actor: 'gateway', atMs: clock.now() }
    const begun = await records.submit('move-case', { ...claim, input: { on: 'deregistering' } })
    if (!begun.ok || !(begun.moved || begun.isPutOff === true)) return false
    const answer = await registry.deregister({
      ...{ acquirerCode, mid, tid, sn, tusn, reason },
      idempotencyKey: uuidToText(uuid),
    })
    const silentForMs = silence.heard(answer.ok || answer.code === 'refused')
    if (answer.ok) return move(row, { on: 'deregistered' }, 'registry')
    log.warn('the registry did not cancel an association', {
      ...aboutCase(row),
      code: answer.code,
      detail: withoutAccounts(answer.detail),
    })
    const because = answer.code === 'refused' ? 'REGISTRY_REFUSED' : 'REGISTRY_UNREACHABLE'
    return move(row, { on: 'not-deregistered', because, silentForMs }, 'registry')
  }

  return {
    check,
    order,
    deregister,
    'block-for-good': forced.blockForGood,
    'look-again': (row) => move(row, { on: 'check-again' }),
    'note-silence': noteSilence,
  }
}

export const createCaseLoop = (ports: CaseLoopPorts): Loop => {
  const { records, clock, log } = ports
  const forced = createForcedCases(ports)
  const lateComers = createLateComers(ports)
  const steps = createSteps(ports, forced)
  const resting = new Map<number, DurationMs>()
  const underWay = new Set<number>()
  let afterApproved = 0

  const start = (row: CaseView, step: CaseStep): void => {
    underWay.add(row.id)
    steps[step](row)
      .catch((error: unknown) => {
        log.warn('a step of a case waits', { ...aboutCase(row), error: String(error) })
        resting.set(row.id, clock.monotonic() + restMs)
      })
      .finally(() => {
        underWay.delete(row.id)
        loop.nudge()
      })
  }

  /** Whoever voted has not looked at the cases: the approval is found here, and taken by each. */
  const takeApprovals = async (): Promise<boolean> => {
    const limit = caseLimits.casesPerTurnMax
    const wanted = { nowMs: clock.now(), afterId: afterApproved, limit }
    const page = await records.read('approvable-cases', wanted)
    afterApproved = page.length < limit ? 0 : (page.at(-1)?.caseId ?? 0)
    await Promise.all(
      page.map((found) =>
        records.submit('approve-case', { ...found, actor: 'gateway', atMs: clock.now() }),
      ),
    )
    return afterApproved !== 0
  }

  const turn = async (): Promise<boolean> => {
    const hasMore = [
      await takeApprovals(),
      await forced.takeGranted(),
      await lateComers.orderErases(),
    ].includes(true)
    if (underWay.size >= caseLimits.stepsAtOnceMax) return false
    const limit = caseLimits.casesPerTurnMax
    const page = await records.read('due-cases', { nowMs: clock.now(), limit })
    const now = clock.monotonic()
    for (const [id, until] of resting) if (until <= now) resting.delete(id)
    for (const row of page) {
      const step = stepOf(row.state)
      if (step === undefined || underWay.has(row.id) || resting.has(row.id)) continue
      if (underWay.size >= caseLimits.stepsAtOnceMax) break
      start(row, step)
    }
    return hasMore
  }

  const loop = createLoop({ name: 'cases', ...ports, turn })
  return loop
}
