/** A store, as the API shows it. */
import Type from 'typebox'
import type { Static } from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import type { StoreView } from '@tillgate/gateway'

import { timeSchema, toTime } from './time.js'

export const storeSchema = Type.Object(
  {
    id: Type.String(),
    merchantId: Type.String(),
    name: Type.String(),
    address: Type.String(),
    createdAt: timeSchema,
  },
  { additionalProperties: false },
)

export const toStore = (view: StoreView): Static<typeof storeSchema> => ({
  id: uuidToText(view.uuid),
  merchantId: uuidToText(view.merchantUuid),
  name: view.name,
  address: view.address,
  createdAt: toTime(view.createdAtMs),
})
