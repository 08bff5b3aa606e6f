/** A merchant, as the API shows it. */
import Type from 'typebox'
import type { Static } from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import type { MerchantRow } from '@tillgate/gateway'

import { timeSchema, toTime } from './time.js'

export const merchantSchema = Type.Object(
  {
    id: Type.String(),
    acquirerCode: Type.String(),
    mid: Type.String(),
    name: Type.String(),
    createdAt: timeSchema,
  },
  { additionalProperties: false },
)

export const toMerchant = (row: MerchantRow): Static<typeof merchantSchema> => ({
  id: uuidToText(row.uuid),
  acquirerCode: row.acquirerCode,
  mid: row.mid,
  name: row.name,
  createdAt: toTime(row.createdAtMs),
})
