/**
 * An event reader: hands the ledger's lines on in order, each at least once, and keeps its place in the
 * records. Hooks and audit sealing are readers; so is the log of alarms. The cursor moves only after the
 * sink has taken the lines, so a sink must bear a repetition. A reader that wants few of the lines does
 * not write its place down for each that it passes over: it would cost a commit beside every other.
 */
import { coreLimits } from '../limits.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { DurationMs, Timers } from '../ports/system.js'
import type { EventView } from '../queries/queries.js'
import { createLoop, type Loop } from './pace.js'

export interface EventReaderOptions {
  readonly reader: string
  /** Only lines whose kind begins so. */
  readonly kindPrefix?: string
  readonly records: Records
  readonly timers: Timers
  readonly log: Log
  readonly beatMs?: DurationMs
  mayRun?(): boolean
  /** It has taken all that there was. */
  readerIsAtEnd?(reader: string): void
  take(events: readonly EventView[]): Promise<void>
}

export const createEventReader = (options: EventReaderOptions): Loop => {
  const { reader, records, take, kindPrefix } = options
  const filter = kindPrefix === undefined ? {} : { kindPrefix }
  let position: number | undefined
  /** Lines behind the place that is kept. */
  let passed = 0

  const turn = async (): Promise<boolean> => {
    const afterId = position ?? (await records.read('cursor', { reader })).position
    const linesMax = coreLimits.feedRowsPerLookMax
    const { throughId, lines } = await records.read('event-stretch', { afterId, linesMax })
    if (lines === 0) {
      options.readerIsAtEnd?.(reader)
      return false
    }
    const page = { afterId, throughId, limit: coreLimits.eventsPerReadMax }
    const events = await records.read('event-views', { ...page, ...filter })
    if (events.length > 0) await take(events)
    const isFull = events.length === coreLimits.eventsPerReadMax
    const reached = isFull ? (events.at(-1)?.id ?? throughId) : throughId
    passed += lines
    if (events.length > 0 || passed >= linesMax) {
      await records.submit('advance-cursor', { reader, position: reached })
      passed = 0
    }
    position = reached
    const hasMore = isFull || lines === linesMax
    if (!hasMore) options.readerIsAtEnd?.(reader)
    return hasMore
  }

  return createLoop({ ...options, name: `reader ${reader}`, turn })
}
