/** A binding, as the API shows it: this serial number works for this merchant under this epoch. */
import Type from 'typebox'
import type { Static } from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import type { BindingView } from '@tillgate/gateway'

import { timeOrNull, timeSchema, toTime, toTimeOrNull } from './time.js'

export const bindingSchema = Type.Object(
  {
    id: Type.String(),
    sn: Type.String(),
    merchantId: Type.String(),
    storeId: Type.Union([Type.String(), Type.Null()]),
    acquirerCode: Type.String(),
    mid: Type.String(),
    tid: Type.String(),
    epoch: Type.Integer(),
    state: Type.String({ examples: ['ACTIVE'] }),
    live: Type.Boolean({ description: 'At most one of a terminal, and of a TID, is.' }),
    createdBy: Type.String(),
    createdAt: timeSchema,
    activeAt: timeOrNull,
    endedAt: timeOrNull,
  },
  { additionalProperties: false },
)

export const toBinding = (view: BindingView): Static<typeof bindingSchema> => ({
  id: uuidToText(view.uuid),
  sn: view.sn,
  merchantId: uuidToText(view.merchantUuid),
  storeId: view.storeUuid === null ? null : uuidToText(view.storeUuid),
  acquirerCode: view.acquirerCode,
  mid: view.mid,
  tid: view.tid,
  epoch: view.epoch,
  state: view.state,
  live: view.live === 1,
  createdBy: view.createdBy,
  createdAt: toTime(view.createdAtMs),
  activeAt: toTimeOrNull(view.activeAtMs),
  endedAt: toTimeOrNull(view.endedAtMs),
})
