/**
 * Terminals with open commands whose lane no living node keeps: behind a broker a terminal stays connected
 * when its node dies, and nobody is told; and a session that is over may have ended by a lie. They are
 * asked for a Hello, with growing pauses: whichever node takes it raises the fencing number, reserves
 * sequences and sends everything pending, as after any connection. A terminal that is off costs nothing
 * but that question: no attempt is claimed for it.
 */
import { coreLimits } from '../limits.js'
import type { HelloRequests } from '../brokered/hello-requests.js'
import type { Coordination } from '../ports/coordination.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { Clock, DurationMs, Timers } from '../ports/system.js'
import type { SessionRegistry } from '../sessions/registry.js'
import { createLoop, type Loop } from './pace.js'

export interface WaitingTerminalsPorts {
  readonly records: Pick<Records, 'read'>
  readonly sessions: SessionRegistry
  readonly coordination: Pick<Coordination, 'online'>
  readonly helloRequests: HelloRequests
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly beatMs?: DurationMs
  mayRun?(): boolean
}

interface Asked {
  readonly dueAt: DurationMs
  readonly gapMs: DurationMs
}

export const createWaitingTerminalsLoop = (ports: WaitingTerminalsPorts): Loop => {
  const { records, sessions, coordination, helloRequests, clock } = ports
  const asked = new Map<number, Asked>()
  let after = 0
  let turns = 0
  let inDoubtSince: DurationMs | undefined

  const ask = (terminalId: number, sn: string, now: DurationMs): void => {
    const before = asked.get(terminalId)
    if (before !== undefined && before.dueAt > now) return
    helloRequests.ask(sn)
    const gapMs = Math.min((before?.gapMs ?? 0) * 2, coreLimits.helloRequestGapMsMax)
    const nextMs = Math.max(gapMs, coreLimits.helloRequestGapMs)
    asked.delete(terminalId)
    asked.set(terminalId, { dueAt: now + nextMs, gapMs: nextMs })
    if (asked.size <= coreLimits.helloRequestsKeptMax) return
    for (const oldest of asked.keys()) {
      asked.delete(oldest)
      return
    }
  }

  /** Undefined: nobody can say, and not for long. */
  const kept = async (
    terminalIds: readonly number[],
    now: DurationMs,
  ): Promise<ReadonlySet<number> | undefined> => {
    const online = await coordination.online(terminalIds)
    if (online !== undefined) {
      inDoubtSince = undefined
      return online
    }
    inDoubtSince ??= now
    return now - inDoubtSince < coreLimits.presenceDoubtMs ? undefined : new Set()
  }

  const turn = async (): Promise<boolean> => {
    const limit = coreLimits.waitingPerTurnMax
    const page = await records.read('waiting-terminals', { afterId: after, limit })
    after = page.length < limit ? 0 : (page.at(-1)?.id ?? 0)
    const elsewhere = page.filter(({ id }) => {
      const isHere = sessions.greeted(id) !== undefined
      if (isHere) asked.delete(id)
      return !isHere
    })
    const now = clock.monotonic()
    const online =
      elsewhere.length === 0
        ? undefined
        : await kept(
            elsewhere.map(({ id }) => id),
            now,
          )
    if (online !== undefined) {
      for (const { id, sn } of elsewhere) {
        if (online.has(id)) asked.delete(id)
        else ask(id, sn, now)
      }
    }
    turns = after === 0 ? 0 : turns + 1
    return after !== 0 && turns % coreLimits.waitingTurnsPerBeatMax !== 0
  }

  return createLoop({ name: 'waiting-terminals', ...ports, turn })
}
