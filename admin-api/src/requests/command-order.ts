/**
 * The body of POST /v1/commands, and its way to a command payload. Which parameter belongs to which
 * type is a rule of its own: a union of shapes would refuse without naming the field.
 */
import Type from 'typebox'
import type { Static } from 'typebox'
import type { CommandPayload } from '@tillgate/protocol'

import { apiLimits } from '../limits.js'
import { problem, type FieldFault } from '../problems/problem.js'
import { reasonField, snField } from './fields.js'

/** What may be ordered by itself; a `Bind` comes with its binding, an `Unbind` with its case. */
export const orderableTypes = ['SelfTest', 'Lock', 'Unlock'] as const
export type OrderableType = (typeof orderableTypes)[number]

export const orderSchema = Type.Object(
  {
    sn: snField,
    type: Type.Enum([...orderableTypes]),
    parameters: Type.Optional(
      Type.Object(
        {
          reason: Type.Optional(reasonField),
        },
        {
          additionalProperties: false,
          description: 'Lock: `reason`. Others: none.',
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
      { sn: 'PAX-A920-000017', type: 'Lock', parameters: { reason: 'stocktaking' } },
    ],
  },
)

export type Order = Static<typeof orderSchema>
type Parameters = NonNullable<Order['parameters']>

const wanted: Readonly<Record<OrderableType, readonly (keyof Parameters)[]>> = {
  SelfTest: [],
  Lock: ['reason'],
  Unlock: [],
}

const reasonFault = (type: OrderableType, reason: string | undefined): FieldFault | undefined =>
  wanted[type].includes('reason') && reason === undefined
    ? { field: 'parameters.reason', rule: `is required for ${type}` }
    : undefined

/** However it is written, and whatever else the body says. */
export const isUnbindOrder = (body: unknown): boolean => {
  const type: unknown = (body as { readonly type?: unknown } | null | undefined)?.type
  return typeof type === 'string' && type.trim().toLowerCase() === 'unbind'
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

export const payloadOf = ({ type, parameters = {} }: Order): CommandPayload => {
  switch (type) {
    case 'SelfTest':
    case 'Unlock':
      return { type }
    case 'Lock':
      return { type, reason: parameters.reason ?? '' }
    default:
      return type satisfies never
  }
}
