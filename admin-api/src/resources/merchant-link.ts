/** A merchant's own page, as an export tells of it: when and for whom, never its address. */
import Type from 'typebox'
import type { Static } from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import type { LinkView } from '@tillgate/gateway'

import { timeOrNull, timeSchema, toTime, toTimeOrNull } from './time.js'

export const merchantLinkSchema = Type.Object(
  {
    id: Type.String(),
    caseId: Type.Union([Type.String(), Type.Null()]),
    language: Type.Enum(['en', 'zh']),
    expiresAt: timeSchema,
    createdBy: Type.String(),
    createdAt: timeSchema,
    revokedAt: timeOrNull,
  },
  { additionalProperties: false },
)

export const toMerchantLink = (row: LinkView): Static<typeof merchantLinkSchema> => ({
  id: uuidToText(row.uuid),
  caseId: row.caseUuid === null ? null : uuidToText(row.caseUuid),
  language: row.language,
  expiresAt: toTime(row.expiresAtMs),
  createdBy: row.createdBy,
  createdAt: toTime(row.createdAtMs),
  revokedAt: toTimeOrNull(row.revokedAtMs),
})
