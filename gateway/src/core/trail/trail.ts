/**
 * The trail of a command: each hop between its order and its end, as a line of the log and as a span, both
 * under the command's id. One grep for that id shows the way from the request to the proof.
 * `begin` answers undefined where nobody looks, so that behind its `?.` nothing is put together: on the hot
 * path a hop costs two comparisons then. Never a key, a body or a card number among the fields.
 */
import { commandTypeName, uuidToText } from '@tillgate/protocol'

import type { Standing } from '../operations/command-move.js'
import { wantsLine, type Log } from '../ports/log.js'
import type { Clock, DurationMs } from '../ports/system.js'
import { noTrace, type Trace, type TraceAttribute } from '../ports/trace.js'
import { hops, type HopName } from './hops.js'

type Fields = Readonly<Record<string, TraceAttribute>>

/** Whose HTTP request it was. */
export interface Origin {
  readonly requestId: string
  /** As W3C Trace Context has it, checked. */
  readonly traceparent?: string | undefined
}

export interface Step {
  end(commandId: Uint8Array, sn: string, fields: Fields, origin?: Origin): void
}

export interface Trail {
  begin(hop: HopName): Step | undefined
  /** Says how the command ended, where it has. */
  ended(commandId: Uint8Array, sn: string, standing: Standing): void
}

/** The two clocks are asked one after the other, and one counts whole milliseconds. */
const driftMsMax: DurationMs = 2

export const createTrail = (ports: {
  readonly log: Log
  readonly clock: Clock
  readonly trace?: Trace
}): Trail => {
  const { log, clock, trace = noTrace } = ports
  let originMs = clock.now() - clock.monotonic()

  /** Hops of less than a millisecond stay in their order, and the wall clock may still be set. */
  const epochOf = (monotonic: DurationMs): number => {
    const now = clock.now() - clock.monotonic()
    if (Math.abs(now - originMs) > driftMsMax) originMs = now
    return originMs + monotonic
  }

  const begin = (name: HopName): Step | undefined => {
    const { level, says, role } = hops[name]
    const isWritten = wantsLine(log, level)
    const isTraced = role !== undefined && trace.isWatched()
    if (!isWritten && !isTraced) return undefined
    const since = clock.monotonic()
    return {
      end(commandId, sn, fields, origin) {
        const about = origin === undefined ? fields : { ...fields, requestId: origin.requestId }
        if (isWritten) {
          log[level](says, { commandId: uuidToText(commandId), sn, hop: name, ...about })
        }
        if (!isTraced) return
        const { message } = fields
        trace.span({
          name: message === undefined ? name : `${name} ${String(message)}`,
          role,
          commandId,
          sinceMs: epochOf(since),
          lastedMs: clock.monotonic() - since,
          attributes: { sn, ...about },
          cause: origin?.traceparent,
        })
      },
    }
  }

  return {
    begin,
    ended(commandId, sn, { open, type, state }) {
      if (open === 1) return
      begin('ended')?.end(commandId, sn, { type: commandTypeName(type) ?? 'unknown', state })
    },
  }
}
