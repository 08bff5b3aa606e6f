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
    registration: Type.Union(
      [
        Type.Object(
          {
            state: Type.String({
              description:
                'REPORTING, ENABLED, REFUSED, CANCELLING, CANCELLED: as the registry has it.',
            }),
            reference: Type.Union([Type.String(), Type.Null()]),
            calls: Type.Integer({
              description: 'Without an answer, since it came into its state.',
            }),
            creditCode: Type.String({
              description: "Of a person its last four; a company's whole.",
            }),
            settlementAccount: Type.String({
              description: 'Its last four.',
              examples: ['****4567'],
            }),
            placeOfDeployment: Type.String(),
          },
          { additionalProperties: false },
        ),
        Type.Null(),
      ],
      { description: 'Null where it was never reported.' },
    ),
    createdBy: Type.String(),
    createdAt: timeSchema,
    activeAt: timeOrNull,
    endedAt: timeOrNull,
  },
  { additionalProperties: false },
)

const toRegistration = (
  view: BindingView,
): Static<typeof bindingSchema.properties.registration> => {
  const { registration: state, shownCreditCode, maskedAccount, placeOfDeployment } = view
  if (state === null) return null
  return {
    ...{ state, reference: view.registryReference, calls: view.registryCalls ?? 0 },
    creditCode: shownCreditCode ?? '',
    settlementAccount: maskedAccount ?? '',
    placeOfDeployment: placeOfDeployment ?? '',
  }
}

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
  registration: toRegistration(view),
  createdBy: view.createdBy,
  createdAt: toTime(view.createdAtMs),
  activeAt: toTimeOrNull(view.activeAtMs),
  endedAt: toTimeOrNull(view.endedAtMs),
})
