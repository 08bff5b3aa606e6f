/** A legal hold, as the API shows it. */
import Type from 'typebox'
import type { Static } from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import type { LegalHoldRow } from '@tillgate/gateway'

import { timeOrNull, timeSchema, toTime, toTimeOrNull } from './time.js'

const textOrNull = Type.Union([Type.String(), Type.Null()])

export const legalHoldSchema = Type.Object(
  {
    id: Type.String(),
    scope: Type.String(),
    standing: Type.Boolean(),
    reason: Type.String(),
    placedBy: Type.String(),
    placedAt: timeSchema,
    endedBy: textOrNull,
    endedAt: timeOrNull,
    endReason: textOrNull,
  },
  { additionalProperties: false },
)

export const toLegalHold = (row: LegalHoldRow): Static<typeof legalHoldSchema> => ({
  id: uuidToText(row.uuid),
  scope: row.scope,
  standing: row.standing === 1,
  reason: row.reason,
  placedBy: row.placedBy,
  placedAt: toTime(row.placedAtMs),
  endedBy: row.endedBy,
  endedAt: toTimeOrNull(row.endedAtMs),
  endReason: row.endReason,
})
