/**
 * An event reader: hands the ledger's lines on in order, each at least once, and keeps its place in the
 * records. Live events, hooks and audit sealing are readers; so is the log of alarms. The cursor moves
 * only after the sink has taken the lines, so a sink must bear a repetition.
 */
import { coreLimits } from '../limits.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { Timers } from '../ports/system.js'
import type { EventRow } from '../records/tables.js'
import { createLoop, type Loop } from './pace.js'

export interface EventReaderOptions {
  readonly reader: string
  readonly records: Records
  readonly timers: Timers
  readonly log: Log
  take(events: readonly EventRow[]): Promise<void>
}

const everyMs = 1_000

export const createEventReader = (options: EventReaderOptions): Loop => {
  const { reader, records, timers, log, take } = options
  let position: number | undefined

  const turn = async (): Promise<boolean> => {
    position ??= (await records.read('cursor', { reader })).position
    const events = await records.read('events', {
      afterId: position,
      limit: coreLimits.eventsPerReadMax,
    })
    const last = events.at(-1)
    if (last === undefined) return false
    await take(events)
    const advanced = await records.submit('advance-cursor', { reader, position: last.id })
    position = advanced.position
    return events.length === coreLimits.eventsPerReadMax
  }

  return createLoop({ name: `reader ${reader}`, everyMs, timers, log, turn })
}
