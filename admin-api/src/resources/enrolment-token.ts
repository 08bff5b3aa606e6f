/** An enrolment token, as the API shows it. Its text is shown by the answer that made it, and never again. */
import Type from 'typebox'
import type { Static } from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import type { EnrolmentTokenRow } from '@tillgate/gateway'

import { timeOrNull, timeSchema, toTime, toTimeOrNull } from './time.js'

const shown = {
  id: Type.String(),
  sn: Type.String(),
  reenrol: Type.Boolean(),
  expiresAt: timeSchema,
  usedAt: timeOrNull,
  createdBy: Type.String(),
  createdAt: timeSchema,
}

export const enrolmentTokenSchema = Type.Object(shown, { additionalProperties: false })

export const madeEnrolmentTokenSchema = Type.Object(
  {
    ...shown,
    token: Type.Union([Type.String(), Type.Null()], {
      description: 'Shown this once. Null where an earlier answer is repeated: it is not kept.',
    }),
  },
  { additionalProperties: false },
)

export const toEnrolmentToken = (row: EnrolmentTokenRow): Static<typeof enrolmentTokenSchema> => ({
  id: uuidToText(row.uuid),
  sn: row.sn,
  reenrol: row.reenrol === 1,
  expiresAt: toTime(row.expiresAtMs),
  usedAt: toTimeOrNull(row.usedAtMs),
  createdBy: row.createdBy,
  createdAt: toTime(row.createdAtMs),
})
