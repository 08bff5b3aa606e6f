/** What was tried after a release, as a case shows it. */
import Type from 'typebox'
import type { Static } from 'typebox'
import type { WatchAttemptRow } from '@tillgate/gateway'

import { timeSchema, toTime } from './time.js'

export const watchAttemptSchema = Type.Object(
  {
    kind: Type.Enum(['sale', 'authorization', 'key']),
    source: Type.Enum(['host', 'terminal'], { description: 'Who told of it.' }),
    sn: Type.Union([Type.String(), Type.Null()], { description: 'As the host saw it.' }),
    at: timeSchema,
    reportedBy: Type.String(),
    reportedAt: timeSchema,
  },
  { additionalProperties: false },
)

export const toWatchAttempt = (row: WatchAttemptRow): Static<typeof watchAttemptSchema> => ({
  ...{ kind: row.kind, source: row.source, sn: row.sn, at: toTime(row.atMs) },
  ...{ reportedBy: row.reportedBy, reportedAt: toTime(row.reportedAtMs) },
})
