/**
 * What to do next in a lane: a pure function of the open commands, of what was sent in this session, and
 * of the time. It sends nothing and writes nothing; the dispatch loop carries the steps out, and the
 * records refuse what no longer holds.
 */
import { commandTypeNumbers } from '@tillgate/protocol'

import { coreLimits } from '../limits.js'
import type { DurationMs, EpochMs } from '../ports/system.js'
import type { CommandRow } from '../records/tables.js'
import { mayPass } from './may-pass.js'
import type { Sent } from './lane.js'

/** How long to wait for what; spread by the caller's jitter. */
export interface LaneTiming {
  /** Before the first repetition; doubles. */
  readonly resendMs: DurationMs
  readonly resendMsMax: DurationMs
  /** Patience with a Proceed before its outcome is called unknown. */
  readonly proceedPatienceMs: DurationMs
  /** A command that the terminal is at is asked after this often. */
  readonly askMs: DurationMs
  /** No Proceed is committed with less of the lease left, by our clock. */
  readonly leaseMarginMs: DurationMs
}

export const defaultTiming: LaneTiming = {
  resendMs: 5_000,
  resendMsMax: 60_000,
  proceedPatienceMs: 10_000,
  askMs: 20_000,
  leaseMarginMs: 10_000,
}

export type Step =
  | { readonly do: 'claim'; readonly command: CommandRow }
  | { readonly do: 'resend'; readonly command: CommandRow }
  | { readonly do: 'commit-proceed'; readonly command: CommandRow }
  | { readonly do: 'resend-proceed'; readonly command: CommandRow }
  | { readonly do: 'abort'; readonly command: CommandRow }
  | { readonly do: 'query'; readonly command: CommandRow }
  | {
      readonly do: 'note-time'
      readonly command: CommandRow
      readonly over: 'lease-over' | 'proceed-silent'
    }

export interface LaneView {
  /** Open commands of the terminal, oldest first. */
  readonly commands: readonly CommandRow[]
  readonly sent: ReadonlyMap<number, Sent>
  /** The highest sequence that this owner has given out. */
  readonly seqIssued: number
  readonly now: EpochMs
  readonly monotonic: DurationMs
}

export interface LanePlan {
  readonly steps: readonly Step[]
  /** Look again after this, if nothing happens before. */
  readonly wakeInMs: DurationMs
}

/** A step now, or the time until one is due; `never` waits for an event. */
type Next = Step | { readonly do: 'wait'; readonly ms: DurationMs }

const never: Next = { do: 'wait', ms: Number.POSITIVE_INFINITY }

/** Repeats with doubling pauses: due now, or the time left. */
const repeat = (
  view: LaneView,
  sent: Sent | undefined,
  pauses: { first: number; max: number },
  step: Step,
): Next => {
  if (sent === undefined) return step
  const pause = Math.min(pauses.first * 2 ** (sent.tries - 1), pauses.max)
  const left = sent.at + pause - view.monotonic
  return left <= 0 ? step : { do: 'wait', ms: left }
}

const sentAs = (view: LaneView, command: CommandRow, kind: Sent['kind']): Sent | undefined => {
  const sent = view.sent.get(command.id)
  return sent?.kind === kind ? sent : undefined
}

const ask = (view: LaneView, command: CommandRow, firstMs: DurationMs, timing: LaneTiming): Next =>
  repeat(
    view,
    sentAs(view, command, 'query'),
    { first: firstMs, max: Math.max(firstMs, timing.resendMsMax) },
    { do: 'query', command },
  )

/** Asked after once it has been quiet for a while. */
const askLater = (view: LaneView, command: CommandRow, timing: LaneTiming): Next => {
  const last = view.sent.get(command.id)
  return last === undefined || last.kind === 'query'
    ? ask(view, command, timing.askMs, timing)
    : repeat(view, last, { first: timing.askMs, max: timing.askMs }, { do: 'query', command })
}

const published = (view: LaneView, command: CommandRow, timing: LaneTiming): Next => {
  const sent = sentAs(view, command, 'command')
  // A stored body is repeated only while its sequence is the lane's highest; else a new attempt.
  const again: Step =
    sent !== undefined && sent.seq === view.seqIssued && sent.seq === command.seq
      ? { do: 'resend', command }
      : { do: 'claim', command }
  return repeat(view, sent, { first: timing.resendMs, max: timing.resendMsMax }, again)
}

const queued = (view: LaneView, command: CommandRow, timing: LaneTiming): Next => {
  // What was refused or released a moment ago is not thrown back at once.
  const sent = command.attempts === 0 ? undefined : view.sent.get(command.id)
  return repeat(
    view,
    sent,
    { first: timing.resendMs / 4, max: timing.resendMsMax },
    { do: 'claim', command },
  )
}

const leaseLeft = (view: LaneView, command: CommandRow): DurationMs =>
  (command.readyAtMs ?? 0) + (command.leaseMs ?? 0) - view.now

const prepared = (view: LaneView, command: CommandRow, timing: LaneTiming): Next => {
  const left = leaseLeft(view, command) - timing.leaseMarginMs
  if (left <= 0) return { do: 'note-time', command, over: 'lease-over' }
  return command.phase === 'tid_blocking' && command.hostAnswer === 'blocked'
    ? { do: 'commit-proceed', command }
    : { do: 'wait', ms: left }
}

const proceeding = (view: LaneView, command: CommandRow, timing: LaneTiming): Next => {
  const sent = sentAs(view, command, 'proceed')
  if (sent === undefined) return { do: 'resend-proceed', command }
  const left = sent.at + timing.proceedPatienceMs - view.monotonic
  return left <= 0 ? { do: 'note-time', command, over: 'proceed-silent' } : { do: 'wait', ms: left }
}

/**
 * A terminal that ended an earlier attempt by itself answers an Abort with what it said then, and that
 * says nothing of the latest one: so a Query, whose Status does, takes turns with it.
 */
const aborting = (view: LaneView, command: CommandRow, timing: LaneTiming): Next => {
  const sent = sentAs(view, command, 'abort')
  return repeat(
    view,
    sent,
    { first: timing.resendMs, max: timing.resendMsMax },
    { do: sent !== undefined && sent.tries > 1 ? 'query' : 'abort', command },
  )
}

const destructiveNext = (view: LaneView, command: CommandRow, timing: LaneTiming): Next => {
  switch (command.phase) {
    case null:
      return command.state === 'published' || view.sent.get(command.id) === undefined
        ? published(view, command, timing)
        : askLater(view, command, timing)
    case 'preparing':
      return view.sent.get(command.id) === undefined
        ? { do: 'claim', command }
        : askLater(view, command, timing)
    case 'ready':
    case 'tid_blocking':
      return prepared(view, command, timing)
    case 'proceed_sent':
      return proceeding(view, command, timing)
    case 'proceed_unknown':
      return ask(view, command, timing.resendMs, timing)
    case 'erasing':
      return askLater(view, command, timing)
    case 'aborting':
      return aborting(view, command, timing)
    case 'tid_unblocking':
      return never
    default:
      return command.phase satisfies never
  }
}

const harmlessNext = (view: LaneView, command: CommandRow, timing: LaneTiming): Next => {
  switch (command.state) {
    case 'published':
      return published(view, command, timing)
    case 'accepted':
    case 'running':
      return askLater(view, command, timing)
    case 'cancelled':
    case 'expired':
    case 'superseded':
      return ask(view, command, timing.resendMs, timing)
    case 'parked':
      return command.outcomeUnknown === 1 ? ask(view, command, timing.resendMs, timing) : never
    case 'queued':
    case 'done':
    case 'failed':
    case 'refused':
      return never
    default:
      return command.state satisfies never
  }
}

const nextFor = (view: LaneView, command: CommandRow, timing: LaneTiming): Next => {
  if (command.state === 'queued') return queued(view, command, timing)
  if (command.state === 'parked' && command.destructive === 1) return never
  if (command.destructive === 0) return harmlessNext(view, command, timing)
  const next = destructiveNext(view, command, timing)
  // No further claim will be taken: what became of the last one decides whether it is parked.
  const isSpent = next.do === 'claim' && command.attempts >= coreLimits.attemptsMax
  return isSpent ? ask(view, command, timing.resendMs, timing) : next
}

export const planLane = (view: LaneView, timing: LaneTiming): LanePlan => {
  const steps: Step[] = []
  let wakeInMs: DurationMs = Number.POSITIVE_INFINITY
  let inFlight = view.commands.filter((c) => c.state !== 'queued' && c.state !== 'parked').length
  /** A queued command that has to wait holds back everything behind it but a Lock. */
  let held = false
  for (const command of view.commands) {
    if (command.state === 'queued') {
      const passes =
        view.commands.every((other) => mayPass(command, other)) &&
        steps.every((step) => mayPass(command, { ...step.command, attempts: 1 }))
      const room =
        command.destructive === 1 ? inFlight === 0 : inFlight < coreLimits.commandsInFlightMax
      const overtakes = command.type === commandTypeNumbers.Lock
      if (!passes || (!overtakes && (held || !room))) {
        held = true
        continue
      }
    }
    const next = nextFor(view, command, timing)
    if (next.do === 'wait') {
      wakeInMs = Math.min(wakeInMs, next.ms)
      if (command.state === 'queued') held = true
      continue
    }
    steps.push(next)
    if (command.state === 'queued') inFlight += 1
  }
  return { steps, wakeInMs: steps.length > 0 ? Math.min(wakeInMs, timing.resendMs) : wakeInMs }
}
