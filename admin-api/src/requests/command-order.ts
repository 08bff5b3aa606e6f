/**
 * The body of POST /v1/commands, and its way to a command payload. Which parameter belongs to which
 * type is a rule of its own: a union of shapes would refuse without naming the field.
 */
import Type from 'typebox'
import type { Static } from 'typebox'
import { wireLimits, type CommandPayload } from '@tillgate/protocol'
import { isUnbindReason, unbindReasonCodes } from '@tillgate/gateway'

import { apiLimits } from '../limits.js'
import { problem, type FieldFault } from '../problems/problem.js'
import { reasonField, snField } from './fields.js'

/** What may be ordered by itself; a `Bind` comes with its binding. */
export const orderableTypes = ['SelfTest', 'Unbind', 'Lock', 'Unlock'] as const
export type OrderableType = (typeof orderableTypes)[number]

export const orderSchema = Type.Object(
  {
    sn: snField,
    type: Type.Enum([...orderableTypes]),
    parameters: Type.Optional(
      Type.Object(
        {
          reason: Type.Optional(reasonField),
          settleTimeoutSeconds: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: wireLimits.settleTimeoutSMax,
              description: 'Unbind: the terminal gives up its prepare after this.',
            }),
          ),
        },
        {
          additionalProperties: false,
          description:
            'Unbind: `reason` (a code) and `settleTimeoutSeconds`. Lock: `reason`. Others: none.',
        },
      ),
    ),
    expiresInSeconds: Type.Optional(
      Type.Integer({
        minimum: apiLimits.commandLifetimeSecondsMin,
        maximum: apiLimits.commandLifetimeSecondsMax,
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [
      { sn: 'PAX-A920-000017', type: 'SelfTest' },
      {
        sn: 'PAX-A920-000017',
        type: 'Unbind',
        parameters: { reason: 'STORE_CLOSED', settleTimeoutSeconds: 600 },
      },
    ],
  },
)

export type Order = Static<typeof orderSchema>
type Parameters = NonNullable<Order['parameters']>

const wanted: Readonly<Record<OrderableType, readonly (keyof Parameters)[]>> = {
  SelfTest: [],
  Unbind: ['reason', 'settleTimeoutSeconds'],
  Lock: ['reason'],
  Unlock: [],
}

const reasonFault = (type: OrderableType, reason: string | undefined): FieldFault | undefined => {
  const field = 'parameters.reason'
  if (!wanted[type].includes('reason')) return undefined
  if (reason === undefined) return { field, rule: `is required for ${type}` }
  if (type !== 'Unbind' || isUnbindReason(reason)) return undefined
  return { field, rule: `must be one of ${unbindReasonCodes.join(', ')}` }
}

/** Throws a problem that names every parameter that this type does not take, or lacks. */
export const checkParameters = ({ type, parameters = {} }: Order): void => {
  const foreign = Object.keys(parameters)
    .filter((name) => !wanted[type].includes(name as keyof Parameters))
    .map((name) => ({ field: `parameters.${name}`, rule: `is not a parameter of ${type}` }))
  const reason = reasonFault(type, parameters.reason)
  const errors = reason === undefined ? foreign : [...foreign, reason]
  if (errors.length > 0) throw problem('VALIDATION', { errors })
}

/** An Unbind names the merchant's account that it is meant for; the live binding knows it. */
export const payloadOf = (
  { type, parameters = {} }: Order,
  account: { readonly mid: string; readonly tid: string },
): CommandPayload => {
  const { reason = '', settleTimeoutSeconds } = parameters
  switch (type) {
    case 'SelfTest':
    case 'Unlock':
      return { type }
    case 'Lock':
      return { type, reason }
    case 'Unbind': {
      const settleTimeoutS = settleTimeoutSeconds ?? apiLimits.settleTimeoutSecondsDefault
      return { type, reason, mid: account.mid, tid: account.tid, settleTimeoutS }
    }
    default:
      return type satisfies never
  }
}
