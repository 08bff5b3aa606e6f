// POST /v1/watch/attempts: what a host may say, and who may see what came of it.
import { expect, test } from 'vitest'
import { openCaseOf } from './a-terminal-that-serves.js'
import { fieldsOf, openBench, startMs, type Bench } from './bench.js'

const attempt = {
  ...{ acquirerCode: '48020000', mid: '898440353110001', tid: '10000000', kind: 'sale' },
  ...{ at: new Date(startMs).toISOString(), reference: 'RRN-1' },
}
const report = (bench: Bench, over: object = {}, token = bench.admin) =>
  bench.call('POST', '/v1/watch/attempts', { token, body: { ...attempt, ...over } })

test('a TID that nobody had, or that is in force, is answered and raises nothing', async () => {
  const bench = await openBench()
  const host = await bench.token('attempts:write')
  const none = await report(bench, {}, host)
  expect([none.status, none.json]).toEqual([200, { watched: false, because: 'unknown' }])
  const { id } = await openCaseOf(bench, 'LOST')
  const [binding] = (await bench.call('GET', '/v1/bindings')).at('items') as { tid: string }[]
  const { acquirerCode, mid } = (await bench.call('GET', `/v1/unbind-cases/${id}`)).json as {
    readonly acquirerCode: string
    readonly mid: string
  }
  const at = new Date(bench.services.clock.now()).toISOString()
  const served = { acquirerCode, mid, tid: binding?.tid, at }
  expect((await report(bench, served, host)).at('because')).toBe('in-force')
  expect((await bench.call('GET', `/v1/unbind-cases/${id}`)).at('attempts')).toEqual([])
})

test.each([
  ['kind', { kind: 'refund' }],
  ['at', { at: 'yesterday' }],
  ['at', { at: '2099-01-01T00:00:00.000Z' }],
  ['tid', { tid: '123456789' }],
  ['reference', { reference: '' }],
  ['pan', { pan: '4111111111111111' }],
])('%s is named where it is wrong', async (field, over) => {
  const bench = await openBench()
  const refused = await report(bench, over)
  expect([refused.status, refused.at('code')]).toEqual([400, 'VALIDATION'])
  expect(fieldsOf(refused)).toEqual([field])
})

test('a host may say it, and see no case', async () => {
  const bench = await openBench()
  const host = await bench.token('attempts:write')
  expect((await bench.call('GET', '/v1/unbind-cases', { token: host })).status).toBe(403)
  const other = await bench.token('cases:write')
  expect((await report(bench, {}, other)).status).toBe(403)
})
