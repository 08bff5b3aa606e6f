/**
 * Whether a target is asked at all. Closed: it is. Open, after several attempts without an answer: nobody
 * waits for it. Half-open, once the pause is over: one attempt goes out as a probe, and decides.
 */
import type { Clock, DurationMs } from '../../core/ports/system.js'

export type CircuitState = 'closed' | 'half-open' | 'open'

export interface CircuitOptions {
  readonly clock: Clock
  readonly failuresMax: number
  readonly openMs: DurationMs
  readonly openMsMax: DurationMs
}

/** What goes out, and has to be told of with `heard`. */
export type Ticket = 'ordinary' | 'probe'

export interface Circuit {
  state(): CircuitState
  /** Undefined: not now. */
  admit(): Ticket | undefined
  heard(ticket: Ticket, isAnswer: boolean): void
  /** The target asked for quiet. */
  rest(ms: DurationMs): void
}

export const createCircuit = (options: CircuitOptions): Circuit => {
  const { clock, failuresMax, openMs, openMsMax } = options
  let failures = 0
  let openings = 0
  let openUntil: DurationMs | undefined
  let isProbing = false

  const state = (): CircuitState => {
    if (openUntil === undefined) return 'closed'
    return clock.monotonic() < openUntil ? 'open' : 'half-open'
  }

  const open = (ms: DurationMs): void => {
    openUntil = Math.max(openUntil ?? 0, clock.monotonic() + ms)
  }

  const close = (): void => {
    failures = 0
    openings = 0
    openUntil = undefined
  }

  return {
    state,
    admit() {
      const now = state()
      if (now === 'closed') return 'ordinary'
      if (now === 'open' || isProbing) return undefined
      isProbing = true
      return 'probe'
    },
    heard(ticket, isAnswer) {
      if (ticket === 'probe') isProbing = false
      if (isAnswer) return close()
      failures += 1
      // What went out before it opened and fails after says nothing new.
      const isNews = ticket === 'probe' || (openUntil === undefined && failures >= failuresMax)
      if (!isNews) return
      open(Math.min(openMsMax, openMs * 2 ** Math.min(openings, 20)))
      openings += 1
    },
    rest: open,
  }
}
