/** The reader that tells people of alarms through the log, each with its code, its terminal and its command. */
import { uuidToText } from '@tillgate/protocol'

import type { Log } from '../ports/log.js'
import type { EventView } from '../queries/queries.js'

export const alarmPrefix = 'alarm.'

export const logAlarms =
  (log: Log) =>
  (events: readonly EventView[]): Promise<void> => {
    for (const { id, kind, sn, commandUuid, actor } of events) {
      log.warn('alarm', {
        code: kind.slice(alarmPrefix.length),
        ...(commandUuid === null ? {} : { commandId: uuidToText(commandUuid) }),
        sn,
        actor,
        event: id,
      })
    }
    return Promise.resolve()
  }
