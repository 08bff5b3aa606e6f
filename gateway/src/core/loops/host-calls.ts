/**
 * The host loop: destructive commands that are prepared want their TID blocked, released ones want it
 * open again. Each call gets its number in the records before it leaves; an answer counts only for the
 * call that is open. A call without an answer is repeated with the same number.
 * It must never unblock without `tid_unblocking`, which only Released or Refused leads to.
 */
import { uuidToText } from '@tillgate/protocol'

import { coreLimits } from '../limits.js'
import type { Host, HostAnswer, HostCall, TidRef } from '../ports/host.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { Clock, DurationMs, Timers } from '../ports/system.js'
import type { Queries } from '../queries/queries.js'
import type { Trail } from '../trail/trail.js'
import { createLoop, type Loop } from './pace.js'

type Work = Queries['host-work']['output'][number]

export interface HostLoopPorts {
  readonly records: Records
  readonly host: Host
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly trail: Trail
  /** Its own beat, beside the nudges. */
  readonly beatMs?: DurationMs
  nudgeLane(terminalId: number): void
  mayRun?(): boolean
}

const pauseMs: DurationMs = 1_000
const pauseMsMax: DurationMs = 30_000

interface Open {
  readonly verb: 'block' | 'unblock'
  readonly callNumber: number
  readonly target: TidRef
}

/** The call that is open already, where its number was given and its answer is missing. */
const openCall = (work: Work): Open | undefined =>
  work.hostCallNumber === null
    ? undefined
    : {
        verb: work.phase === 'tid_unblocking' ? 'unblock' : 'block',
        callNumber: work.hostCallNumber,
        target: { acquirerCode: work.acquirerCode, mid: work.mid, tid: work.tid },
      }

const aboutWork = ({ uuid, sn }: Work) => ({ commandId: uuidToText(uuid), sn })

const refusalIn = (code: string): 'refused' | 'unknown-tid' =>
  code === 'unknown-tid' ? code : 'refused'

export const createHostLoop = (ports: HostLoopPorts): Loop => {
  const { records, host, clock, log, trail } = ports
  /** When to call again, and how often it failed; memory only. */
  const resting = new Map<number, { readonly until: DurationMs; readonly tries: number }>()
  const underWay = new Set<number>()

  const rest = (commandId: number): void => {
    const tries = (resting.get(commandId)?.tries ?? 0) + 1
    const pause = Math.min(pauseMs * 2 ** (tries - 1), pauseMsMax)
    resting.set(commandId, { until: clock.monotonic() + pause, tries })
  }

  const seenNumber = async (target: TidRef): Promise<number> => {
    const view = await host.show(target)
    return view.ok ? view.callNumber : 0
  }

  const record = async (work: Work, call: Open, answer: HostAnswer): Promise<void> => {
    // A host that knows this number for a block gets the unblock under a fresh one.
    const wantsFreshNumber =
      !answer.ok &&
      (answer.code === 'stale' || (answer.code === 'refused' && call.verb === 'unblock'))
    if (
      !answer.ok &&
      !wantsFreshNumber &&
      (answer.code === 'unavailable' || call.verb === 'unblock')
    ) {
      log.warn('the host did not answer a call', {
        ...aboutWork(work),
        verb: call.verb,
        detail: answer.detail,
      })
      rest(work.id)
      return
    }
    const said = answer.ok ? answer.state : wantsFreshNumber ? 'stale' : refusalIn(answer.code)
    const recorded = await records.submit('record-host-answer', {
      commandId: work.id,
      callNumber: call.callNumber,
      answer: said,
      seenNumber: said === 'stale' ? await seenNumber(call.target) : 0,
      detail: answer.ok ? '' : `${answer.code}: ${answer.detail}`,
      atMs: clock.now(),
    })
    // What does not lead on at once must not be asked again at once.
    if (recorded.ok && said !== 'stale') resting.delete(work.id)
    else rest(work.id)
    if (recorded.ok && recorded.moved) trail.ended(work.uuid, work.sn, recorded.standing)
    ports.nudgeLane(work.terminalId)
  }

  const callFor = async (work: Work): Promise<void> => {
    let call = openCall(work)
    if (call === undefined) {
      const begun = await records.submit('begin-host-call', {
        commandId: work.id,
        atMs: clock.now(),
      })
      if (!begun.ok) return rest(work.id)
      call = begun
    }
    const request: HostCall = { ...call.target, callNumber: call.callNumber, reason: 'unbind' }
    const calling = trail.begin('host-call')
    const { verb, callNumber } = call
    const answer = await (verb === 'block' ? host.block(request) : host.unblock(request))
    const outcome = answer.ok ? answer.state : answer.code
    calling?.end(work.uuid, work.sn, { message: verb, callNumber, outcome })
    await record(work, call, answer)
  }

  const start = (work: Work): void => {
    underWay.add(work.id)
    callFor(work)
      .catch((error: unknown) => {
        log.warn('a call to the host waits', { ...aboutWork(work), error: String(error) })
        rest(work.id)
      })
      .finally(() => {
        underWay.delete(work.id)
        loop.nudge()
      })
  }

  let after = 0
  const turn = async (): Promise<boolean> => {
    const room = coreLimits.hostCallsMax - underWay.size
    if (room <= 0) return false
    const page = await records.read('host-work', { afterId: after, limit: coreLimits.hostCallsMax })
    after = page.length < coreLimits.hostCallsMax ? 0 : (page.at(-1)?.id ?? 0)
    const now = clock.monotonic()
    const due = page.filter(({ id }) => !underWay.has(id) && (resting.get(id)?.until ?? 0) <= now)
    for (const work of due.slice(0, room)) start(work)
    return after !== 0 && underWay.size < coreLimits.hostCallsMax
  }

  const loop = createLoop({ name: 'host calls', ...ports, turn })
  return loop
}
