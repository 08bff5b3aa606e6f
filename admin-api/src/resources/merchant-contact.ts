/** How a merchant is reached, as the API shows it: masked. What was given is never shown again. */
import Type from 'typebox'
import type { Static } from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import { noticeChannels, type MerchantContactRow } from '@tillgate/gateway'

import { timeOrNull, timeSchema, toTime, toTimeOrNull } from './time.js'

export const merchantContactSchema = Type.Object(
  {
    id: Type.String(),
    channel: Type.Enum([...noticeChannels]),
    language: Type.Enum(['en', 'zh']),
    to: Type.String({ description: 'Masked.', examples: ['+86***00'] }),
    createdBy: Type.String(),
    createdAt: timeSchema,
    endedAt: timeOrNull,
  },
  { additionalProperties: false },
)

export const toMerchantContact = (
  row: MerchantContactRow,
): Static<typeof merchantContactSchema> => ({
  id: uuidToText(row.uuid),
  channel: row.channel,
  language: row.language,
  to: row.masked,
  createdBy: row.createdBy,
  createdAt: toTime(row.createdAtMs),
  endedAt: toTimeOrNull(row.endedAtMs),
})
