/**
 * The dispatch loop: it reads what is open in the lanes of the terminals connected here, plans, claims,
 * signs and sends. A nudge only makes it look earlier; a lost nudge costs latency, for the sweep looks
 * by itself. It accepts no instruction: what to do follows from the records alone.
 * It must never send what was not claimed, and never claim what it was merely told of.
 */
import { uuidToText } from '@tillgate/protocol'

import { coreLimits } from '../limits.js'
import type { Lane } from '../lanes/lane.js'
import { planLane, type LaneTiming } from '../lanes/plan-lane.js'
import type { Log } from '../ports/log.js'
import { RecordsUnavailable, type Records } from '../ports/records.js'
import type { Clock, DurationMs, Entropy, TimerHandle, Timers } from '../ports/system.js'
import type { CommandRow } from '../records/tables.js'
import type { SessionRegistry } from '../sessions/registry.js'
import type { LaneSteps } from './lane-steps.js'

export interface DispatchPorts {
  readonly records: Records
  readonly sessions: SessionRegistry
  readonly steps: LaneSteps
  readonly clock: Clock
  readonly timers: Timers
  readonly entropy: Entropy
  readonly timing: LaneTiming
  readonly log: Log
  /** How often the loop looks for lanes whose time has come. */
  readonly sweepMs?: DurationMs
}

export interface Dispatch {
  /** This terminal's lane may have something to do. */
  nudge(terminalId: number): void
  start(): void
  /** Starts nothing new; resolves when what is under way has ended. */
  stop(): Promise<void>
}

const sweepMsDefault: DurationMs = 250
/** Every lane is looked at this often, whatever its memory says. */
const lookAnywayMs: DurationMs = 30_000

/** In parts of the first repetition's pause: a look that the lane asked for itself comes sooner. */
const overlookedAfter = 1.25

/**
 * What an order sent the short way asked for no look, and a lost one would lie until every lane is looked at
 * anyway: a socket that lives is no word from the terminal.
 */
const isOverlooked = (lane: Lane, sentBefore: DurationMs): boolean => {
  for (const { at } of lane.sent.values()) {
    if (at >= lane.lookedAt && at <= sentBefore) return true
  }
  return false
}

/** What a lane's look found, and when it began to look (monotonic). */
interface Look {
  readonly commands: readonly CommandRow[]
  readonly readAt: DurationMs
}

/** Drops what was sent about commands that are open no more; what left since the look may be newer. */
const forgetEnded = (lane: Lane, { commands, readAt }: Look): void => {
  for (const [id, { at }] of lane.sent) {
    if (at < readAt && !commands.some((command) => command.id === id)) lane.sent.delete(id)
  }
  if (lane.attempts.size <= coreLimits.commandsPerTerminalMax) return
  const open = new Set(commands.map(({ uuid }) => uuidToText(uuid)))
  for (const uuid of lane.attempts.keys()) if (!open.has(uuid)) lane.attempts.delete(uuid)
}

export const createDispatch = (ports: DispatchPorts): Dispatch => {
  const { records, sessions, steps, clock, timers, log, sweepMs = sweepMsDefault } = ports
  const dirty = new Set<number>()
  const underWay = new Set<Promise<void>>()
  let turning = false
  let stopped = false
  let timer: TimerHandle | undefined

  const jitter = (ms: DurationMs): DurationMs =>
    ms * (0.75 + 0.5 * ((ports.entropy.bytes(1)[0] ?? 0) / 255))

  const work = async (lane: Lane, { commands, readAt }: Look): Promise<void> => {
    const session = sessions.greeted(lane.terminalId)
    if (session === undefined || session.greeting.lane !== lane) return
    lane.open = commands.length
    lane.lookedAt = readAt
    forgetEnded(lane, { commands, readAt })
    const plan = planLane(
      {
        commands,
        sent: lane.sent,
        seqIssued: lane.seqIssued,
        now: clock.now(),
        monotonic: clock.monotonic(),
      },
      ports.timing,
    )
    lane.wakeAt = clock.monotonic() + jitter(Math.min(plan.wakeInMs, lookAnywayMs))
    for (const step of plan.steps) await steps.take(session, step)
  }

  const finish = (lane: Lane): void => {
    lane.working = false
    if (lane.dirty) nudge(lane.terminalId)
  }

  const workAndFinish = (lane: Lane, look: Look): void => {
    const running = work(lane, look)
      .catch((error: unknown) => {
        lane.wakeAt = clock.monotonic() + ports.timing.resendMs
        if (error instanceof RecordsUnavailable)
          log.warn('dispatch waits for the records', { error: error.message })
        else
          log.error('a lane could not be worked', {
            terminalId: lane.terminalId,
            error: String(error),
          })
      })
      .finally(() => {
        underWay.delete(running)
        finish(lane)
      })
    underWay.add(running)
  }

  /** The lanes that this turn takes; a lane that is being worked stays marked. */
  const takeLanes = (): readonly Lane[] => {
    const lanes: Lane[] = []
    for (const terminalId of dirty) {
      if (lanes.length === coreLimits.lanesPerTurnMax) break
      dirty.delete(terminalId)
      const lane = sessions.greeted(terminalId)?.greeting.lane
      if (lane === undefined) continue
      if (lane.working) lane.dirty = true
      else {
        lane.working = true
        lane.dirty = false
        lanes.push(lane)
      }
    }
    return lanes
  }

  const putBack = (lane: Lane): void => {
    lane.working = false
    dirty.add(lane.terminalId)
  }

  const turn = async (): Promise<void> => {
    const lanes = takeLanes()
    if (lanes.length === 0) return
    const readAt = clock.monotonic()
    try {
      const open = await records.read('open-commands', {
        terminalIds: lanes.map(({ terminalId }) => terminalId),
        limit: coreLimits.commandsPerTurnMax,
      })
      // A full page ends somewhere in a lane: that one and those behind it are read by the next turn.
      const cutAt =
        open.length < coreLimits.commandsPerTurnMax ? Infinity : (open.at(-1)?.terminalId ?? 0)
      const byTerminal = new Map<number, CommandRow[]>(lanes.map((lane) => [lane.terminalId, []]))
      for (const command of open) byTerminal.get(command.terminalId)?.push(command)
      for (const lane of lanes) {
        if (lane.terminalId >= cutAt) putBack(lane)
        else workAndFinish(lane, { commands: byTerminal.get(lane.terminalId) ?? [], readAt })
      }
    } catch (error) {
      log.warn('dispatch could not read the lanes', { error: String(error) })
      for (const lane of lanes) {
        lane.working = false
        lane.wakeAt = clock.monotonic() + ports.timing.resendMs / 4
      }
    }
  }

  const turnWhileDirty = async (): Promise<void> => {
    turning = true
    // What else this turn of the event loop marks is looked at with one read.
    await Promise.resolve()
    while (dirty.size > 0 && !stopped) await turn()
    turning = false
  }

  const nudge = (terminalId: number): void => {
    if (stopped) return
    dirty.add(terminalId)
    if (turning) return
    const running = turnWhileDirty().finally(() => underWay.delete(running))
    underWay.add(running)
  }

  const sweep = (): void => {
    if (stopped) return
    const now = clock.monotonic()
    const sentBefore = now - ports.timing.resendMs * overlookedAfter
    for (const session of sessions.all()) {
      const lane = session.greeting?.lane
      if (lane === undefined || lane.working) continue
      if (lane.wakeAt <= now || isOverlooked(lane, sentBefore)) nudge(session.terminalId)
    }
    timer = timers.after(sweepMs, sweep)
  }

  return {
    nudge,
    start: sweep,
    async stop() {
      stopped = true
      timer?.cancel()
      // A turn that is reading still starts lanes when its answer comes.
      while (underWay.size > 0) await Promise.allSettled([...underWay])
    },
  }
}
