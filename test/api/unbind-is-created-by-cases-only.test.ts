// An Unbind is ordered by its case and by nothing else: whoever asks, however it is written, by whatever route.
import { commandTypeNumbers } from '@tillgate/protocol'
import { roleNames, roles } from '@tillgate/admin-api'
import { expect, test } from 'vitest'

import { openCaseOf } from './a-terminal-that-serves.js'
import { openBench, sharedBench, type Bench, type Called, type Method } from './bench.js'

const shared = sharedBench()
const url = '/v1/commands'
const unbind = { sn: 'SN-1', type: 'Unbind', parameters: { reason: 'STORE_CLOSED' } }
const json = { 'content-type': 'application/json' }

const isRefused = (called: Called, because = 'USE_CASE'): void => {
  expect([called.status, called.at('code')]).toEqual([403, because])
}

const unbinds = async ({ services }: Bench) => {
  const commands = await services.records.read('commands', { afterId: 0, limit: 200 })
  return commands.filter(({ type }) => type === commandTypeNumbers.Unbind)
}

const bound = async (bench: Bench): Promise<void> => {
  const merchant = { acquirerCode: '48020000', mid: '898440353110001', name: 'Corner' }
  const made = await bench.call('POST', '/v1/merchants', { body: merchant })
  await bench.call('POST', '/v1/terminals', { body: { sn: 'SN-1', vendor: 'V', model: 'M' } })
  const body = { sn: 'SN-1', merchantId: made.at('id'), tid: '10000001' }
  expect((await bench.call('POST', '/v1/bindings', { body })).status).toBe(201)
}

test.each(roleNames)('%s is refused', async (role) => {
  const bench = shared()
  const token = await bench.token(`role:${role}`, ...roles[role])
  const scopes: readonly string[] = roles[role]
  const mayOrder = scopes.includes('commands:write') || scopes.includes('admin')
  const called = await bench.call('POST', url, { token, body: unbind })
  isRefused(called, mayOrder ? 'USE_CASE' : 'FORBIDDEN')
})

test('a token that names every scope of it is refused, and one that opens nothing hears nothing', async () => {
  const bench = shared()
  const token = await bench.token('commands:write', 'commands:destructive')
  isRefused(await bench.call('POST', url, { token, body: unbind }))
  expect((await bench.call('POST', url, { token: null, body: unbind })).status).toBe(401)
})

test.each([
  ['as it should be', unbind],
  ['in small letters', { ...unbind, type: 'unbind' }],
  ['in capitals, with spaces', { ...unbind, type: ' UNBIND ' }],
  ['for nobody', { type: 'Unbind' }],
  ['for an impossible serial number', { sn: '#', type: 'Unbind' }],
  ['with too much', { ...unbind, force: true, caseId: 'x', approvalHash: 'ab'.repeat(32) }],
  ['with nonsense', { type: 'Unbind', parameters: 7, expiresInSeconds: -1 }],
])('%s', async (_, body) => {
  isRefused(await shared().call('POST', url, { body }))
})

test('of two members of one name the last counts, for the refusal and for the order', async () => {
  const bench = await openBench()
  await bound(bench)
  const twice = (first: string, last: string) => {
    const body = `{"sn":"SN-1","type":"${first}","type":"${last}"}`
    return bench.call('POST', url, { body, headers: json })
  }
  isRefused(await twice('SelfTest', 'Unbind'))
  const ordered = await twice('Unbind', 'SelfTest')
  expect([ordered.status, ordered.at('type')]).toEqual([201, 'SelfTest'])
})

test('a key neither hides it nor is used up by it', async () => {
  const bench = await openBench()
  await bound(bench)
  const body = { sn: 'SN-1', type: 'SelfTest' }
  isRefused(await bench.call('POST', url, { body: unbind, key: 'one' }))
  const first = await bench.call('POST', url, { body, key: 'one' })
  expect(first.status).toBe(201)
  isRefused(await bench.call('POST', url, { body: unbind, key: 'one' }))
  const again = await bench.call('POST', url, { body, key: 'one' })
  expect([again.status, again.at('id')]).toEqual([200, first.at('id')])
  isRefused(await bench.call('POST', url, { body: unbind, key: 'x'.repeat(300) }))
})

interface Operation {
  readonly requestBody?: {
    readonly content: Readonly<
      Record<string, { readonly schema: { readonly examples?: object[] } }>
    >
  }
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

const nowhere = '0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69'

test('no route of the document makes one', async () => {
  const bench = await openBench()
  const { id: caseId } = await openCaseOf(bench, 'BUSINESS_ADJUSTMENT')
  const { paths } = (await bench.call('GET', '/openapi.json')).json as Document
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ path, method, operation })),
  )
  const changing = routes.filter(({ method }) => method !== 'get')
  expect(changing.length).toBeGreaterThan(30)
  for (const { path, method, operation } of changing) {
    const id = path.includes('unbind-cases') ? caseId : nowhere
    const at = path.replace('{sn}', 'SN-1').replaceAll(/\{\w+\}/g, id)
    const [example = {}] = operation.requestBody?.content['application/json']?.schema.examples ?? []
    const asked = { ...example, sn: 'SN-1', sns: ['SN-1'], type: 'Unbind', command: 'Unbind' }
    for (const body of [
      unbind,
      asked,
      { ...example, ...('sn' in example ? { sn: 'SN-1' } : {}) },
    ]) {
      await bench.call(method.toUpperCase() as Method, at, { body })
    }
  }
  expect(await unbinds(bench)).toEqual([])
})
