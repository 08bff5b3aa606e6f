// GET /v1/unbind-cases/{id}/evidence: who gets it, and when. What it proves is the protocol's and the demo's.
import { expect, test } from 'vitest'
import { openCaseOf } from './a-terminal-that-serves.js'
import { fieldsOf, openBench } from './bench.js'

test('what is not sealed yet is asked for again, and nothing is given before', async () => {
  const bench = await openBench()
  const { url } = await openCaseOf(bench, 'LOST')
  const early = await bench.call('GET', `${url}/evidence`)
  expect([early.status, early.at('code')]).toEqual([503, 'NOT_SEALED_YET'])
  expect(early.headers['retry-after']).toBeDefined()
})

test('auditors may have it; whoever only works on cases may not', async () => {
  const bench = await openBench()
  const { url } = await openCaseOf(bench, 'LOST')
  const maker = await bench.token('cases:read', 'cases:write')
  expect((await bench.call('GET', `${url}/evidence`, { token: maker })).status).toBe(403)
  const auditor = await bench.token('audit:read')
  expect((await bench.call('GET', `${url}/evidence`, { token: auditor })).status).toBe(503)
  const none = '/v1/unbind-cases/0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69/evidence'
  expect(fieldsOf(await bench.call('GET', none, { token: auditor }))).toEqual(['id'])
})
