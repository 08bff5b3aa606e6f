import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { routeAccess, scopeNames } from '@tillgate/admin-api'
import { sharedBench } from './bench.js'

const shared = sharedBench()

type Members = Readonly<Record<string, unknown>>
const members = (value: unknown): Members => (value ?? {}) as Members

interface Operation {
  readonly method: string
  readonly path: string
  readonly is: Members
}

const documentOf = async (): Promise<Members> => {
  const bench = shared()
  const called = await bench.call('GET', '/openapi.json', { token: null })
  expect(called.status).toBe(200)
  return members(called.json)
}

const operationsOf = (document: Members): readonly Operation[] =>
  Object.entries(members(document['paths'])).flatMap(([path, item]) =>
    Object.entries(members(item)).map(([method, is]) => ({
      method: method.toUpperCase(),
      path,
      is: members(is),
    })),
  )

const asRoute = ({ method, path }: Operation): string =>
  `${method} ${path.replaceAll(/\{([a-zA-Z0-9]+)\}/g, ':$1')}`

/** Bytes of that type: no members to name, and nothing to print. */
const isJsonBody = (media: Members): boolean =>
  members(media['schema'])['contentMediaType'] === undefined

const hidden = ['GET /', 'GET /openapi.json']

/** Every schema in the document, wherever it stands. */
const schemasIn = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value.flatMap(schemasIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'schema' ? [inner, ...schemasIn(inner)] : schemasIn(inner),
  )
}

test('the document and the table of scopes name the same routes, with the same scopes', async () => {
  const operations = operationsOf(await documentOf())
  const documented = Object.fromEntries(
    operations.map((one) => {
      const [security] = one.is['security'] as readonly Members[]
      const [scope = 'public'] = (members(security)['bearer'] ?? []) as readonly string[]
      return [asRoute(one), scope]
    }),
  )
  const table = Object.entries(routeAccess).filter(([route]) => !hidden.includes(route))
  expect(documented).toEqual(Object.fromEntries(table))
})

test('every scope that exists opens something', () => {
  const used = new Set<string>(Object.values(routeAccess))
  const elsewhere = ['admin', 'commands:destructive', 'identities:read']
  expect(scopeNames.filter((scope) => !used.has(scope) && !elsewhere.includes(scope))).toEqual([])
})

test('it is OpenAPI 3.1 with an operation id, a summary and a tag for each operation', async () => {
  const document = await documentOf()
  expect(document['openapi']).toMatch(/^3\.1\./)
  const operations = operationsOf(document)
  expect(operations.length).toBeGreaterThan(25)
  const ids = operations.map(({ is }) => is['operationId'])
  expect(new Set(ids).size).toBe(ids.length)
  for (const { is } of operations) {
    expect(is['operationId']).toMatch(/^[a-z][A-Za-z]+$/)
    expect(String(is['summary'])).not.toBe('undefined')
    expect(is['tags']).toHaveLength(1)
  }
})

test('each operation declares its path parameters and nothing else as path parameters', async () => {
  for (const { path, is } of operationsOf(await documentOf())) {
    const named = [...path.matchAll(/\{([a-zA-Z0-9]+)\}/g)].map(([, name]) => name)
    const parameters = (is['parameters'] ?? []) as readonly Members[]
    const declared = parameters.filter((one) => one['in'] === 'path')
    expect(declared.map((one) => one['name'])).toEqual(named)
    expect(declared.every((one) => one['required'] === true)).toBe(true)
  }
})

test('each operation says how it refuses, as problems with examples', async () => {
  for (const operation of operationsOf(await documentOf())) {
    const responses = members(operation.is['responses'])
    const refusals = Object.entries(responses).filter(([status]) => Number(status) >= 400)
    expect(refusals.map(([status]) => status)).toContain('500')
    if (routeAccess[asRoute(operation)] !== 'public') {
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403', '503']))
    }
    if (operation.is['requestBody'] !== undefined) {
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '413', '415']))
    }
    for (const [status, response] of refusals) {
      if (operation.path === '/readyz' && status === '503') continue
      const media = members(members(members(response)['content'])['application/problem+json'])
      expect(media['schema'], `${asRoute(operation)} ${status}`).toEqual({
        $ref: '#/components/schemas/Problem',
      })
      expect(Object.keys(members(media['examples'])).length).toBeGreaterThan(0)
    }
  }
})

test('every body has an example, and every example fits its schema', async () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  for (const operation of operationsOf(await documentOf())) {
    const content = members(members(operation.is['requestBody'])['content'])
    for (const media of Object.values(content).map(members).filter(isJsonBody)) {
      const several = Object.values(members(media['examples'])).map((one) => members(one)['value'])
      const examples = media['example'] === undefined ? several : [media['example']]
      expect(examples.length, asRoute(operation)).toBeGreaterThan(0)
      const fits = ajv.compile(media['schema'] as object)
      for (const example of examples) {
        expect(fits(example), `${asRoute(operation)}: ${ajv.errorsText(fits.errors)}`).toBe(true)
      }
    }
  }
})

test('every schema in it is valid JSON Schema 2020-12', async () => {
  const document = await documentOf()
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  const schemas = schemasIn(document['paths'])
  expect(schemas.length).toBeGreaterThan(100)
  for (const schema of schemas) {
    const valid = ajv.validateSchema(schema as object)
    expect(valid, `${JSON.stringify(schema)}: ${ajv.errorsText()}`).toBe(true)
  }
})

test('every body refuses unknown fields', async () => {
  for (const operation of operationsOf(await documentOf())) {
    const content = members(members(operation.is['requestBody'])['content'])
    for (const media of Object.values(content).map(members).filter(isJsonBody)) {
      expect(members(media['schema'])['additionalProperties'], asRoute(operation)).toBe(false)
    }
  }
})
