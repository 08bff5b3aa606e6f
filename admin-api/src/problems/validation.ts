/**
 * Checks requests against their TypeBox schemas, and says which fields were wrong in our own words.
 * Nothing is coerced but whole numbers and booleans of a query string; unknown fields are refused
 * by name.
 */
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Settings } from 'typebox/system'

import { apiLimits } from '../limits.js'
import type { FieldFault } from './problem.js'

// TypeBox stops at eight by itself; a request is told all of its faults at once.
Settings.Set({ maxErrors: apiLimits.problemFieldsMax })

interface SchemaFault {
  readonly keyword: string
  readonly schemaPath: string
  readonly instancePath: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message: string
}

interface ValidationFailure extends Error {
  readonly validation: readonly SchemaFault[]
  readonly validationContext: string
}

export const isValidationFailure = (error: unknown): error is ValidationFailure =>
  error instanceof Error && Array.isArray((error as { validation?: unknown }).validation)

const wholeNumber = /^(0|-?[1-9][0-9]{0,14})$/

const converted = (schema: TSchema, text: unknown): unknown => {
  if (typeof text !== 'string') return text
  const { type } = schema as { type?: unknown }
  if (type === 'integer' && wholeNumber.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

/** `"5"` becomes 5 where the schema wants a whole number, and so on; the rest stays as it came. */
const convertQuery = (schema: TSchema, query: unknown): unknown => {
  const { properties } = schema as { properties?: Readonly<Record<string, TSchema>> }
  if (properties === undefined || typeof query !== 'object' || query === null) return query
  return Object.fromEntries(
    Object.entries(query).map(([name, text]) => {
      const field = Object.hasOwn(properties, name) ? properties[name] : undefined
      return [name, field === undefined ? text : converted(field, text)]
    }),
  )
}

export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = Compile(schema)
  return (input: unknown) => {
    const value = httpPart === 'querystring' ? convertQuery(schema, input) : input
    return check.Check(value) ? { value } : { error: check.Errors(value) as never }
  }
}

const rules: Readonly<Record<string, (params: SchemaFault['params']) => string>> = {
  required: () => 'is required',
  additionalProperties: () => 'is not a field of this request',
  type: ({ type }) => `must be of type ${String(type)}`,
  enum: ({ allowedValues }) =>
    `must be one of ${Array.isArray(allowedValues) ? allowedValues.join(', ') : 'the listed values'}`,
  minLength: ({ limit }) => `must have at least ${String(limit)} characters`,
  maxLength: ({ limit }) => `must have at most ${String(limit)} characters`,
  pattern: ({ pattern }) => `must match ${String(pattern)}`,
  format: ({ format }) => `must be a ${String(format)}`,
  minimum: ({ limit }) => `must be at least ${String(limit)}`,
  maximum: ({ limit }) => `must be at most ${String(limit)}`,
  minItems: ({ limit }) => `must have at least ${String(limit)} items`,
  maxItems: ({ limit }) => `must have at most ${String(limit)} items`,
  uniqueItems: () => 'must not name anything twice',
}

const names = (params: SchemaFault['params'], key: string): readonly string[] => {
  const list = params[key]
  return Array.isArray(list) ? list.map(String) : []
}

/** Names come from the request: cut, and spelt as the documentation spells them. */
const shown = (field: string): string =>
  field === 'idempotency-key' ? 'Idempotency-Key' : field.slice(0, apiLimits.fieldNameLengthMax)

const pathOf = (fault: SchemaFault): string =>
  fault.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.')

const fieldsOf = (fault: SchemaFault): readonly string[] => {
  const path = pathOf(fault)
  const within = (name: string): string => (path === '' ? name : `${path}.${name}`)
  if (fault.keyword === 'required') return names(fault.params, 'requiredProperties').map(within)
  if (fault.keyword === 'additionalProperties') {
    return names(fault.params, 'additionalProperties').map(within)
  }
  return [path]
}

/** TypeBox also reports each unknown field as a `false` schema; that says nothing new. */
const isEcho = (fault: SchemaFault): boolean => fault.keyword === 'boolean'

export const fieldFaults = (failure: ValidationFailure): readonly FieldFault[] => {
  const whole = failure.validationContext === 'querystring' ? 'query' : failure.validationContext
  const seen = new Map<string, FieldFault>()
  for (const fault of failure.validation) {
    if (isEcho(fault)) continue
    const rule = rules[fault.keyword]?.(fault.params) ?? fault.message
    for (const path of fieldsOf(fault)) {
      const field = shown(path === '' ? whole : path)
      // The first rule broken is said; a field is named once.
      if (!seen.has(field) && seen.size < apiLimits.problemFieldsMax)
        seen.set(field, { field, rule })
    }
  }
  return [...seen.values()]
}
