/** The reader that tells people of alarms through the log, each with its code and terminal. */
import type { Log } from '../ports/log.js'
import type { EventRow } from '../records/tables.js'

export const alarmPrefix = 'alarm.'

export const logAlarms =
  (log: Log) =>
  (events: readonly EventRow[]): Promise<void> => {
    for (const { id, kind, terminalId, actor } of events) {
      log.warn('alarm', { code: kind.slice(alarmPrefix.length), terminalId, actor, event: id })
    }
    return Promise.resolve()
  }
