import { expect, test } from 'vitest'
import { openBench, type Bench } from './bench.js'

const kinds = async ({ services }: Bench): Promise<readonly string[]> => {
  const events = await services.records.read('events', { afterId: 0, limit: 200 })
  return events.map(({ kind }) => kind)
}

test('each change leaves its line in the ledger, under the name of the token that asked', async () => {
  const bench = await openBench()
  const before = (await kinds(bench)).length
  const merchant = { acquirerCode: '48020000', mid: '898440353110001', name: 'Corner Café' }
  const made = await bench.call('POST', '/v1/merchants', { body: merchant })
  const store = { merchantId: String(made.at('id')), name: 'North', address: 'Here' }
  await bench.call('POST', '/v1/stores', { body: store })
  await bench.call('POST', '/v1/terminals', { body: { sn: 'SN-1', vendor: 'V', model: 'M' } })
  const grant = { name: 'other', scopes: ['merchants:read'] }
  const token = await bench.call('POST', '/v1/api-tokens', { body: grant })
  await bench.call('DELETE', `/v1/api-tokens/${String(token.at('id'))}`)
  expect((await kinds(bench)).slice(before)).toEqual([
    'merchant.created',
    'store.created',
    'terminal.registered',
    'api-token.created',
    'api-token.revoked',
  ])
  const events = await bench.services.records.read('events', { afterId: before, limit: 10 })
  expect(new Set(events.map(({ actor }) => actor))).toEqual(new Set(['tester']))
})

test('what is refused, repeated or revoked twice leaves none', async () => {
  const bench = await openBench()
  const terminal = { sn: 'SN-1', vendor: 'V', model: 'M' }
  await bench.call('POST', '/v1/terminals', { body: terminal, key: 'k' })
  const grant = { name: 'other', scopes: ['merchants:read'] }
  const token = await bench.call('POST', '/v1/api-tokens', { body: grant, key: 'g' })
  await bench.call('DELETE', `/v1/api-tokens/${String(token.at('id'))}`)
  const before = await kinds(bench)
  await bench.call('POST', '/v1/terminals', { body: terminal, key: 'k' })
  await bench.call('POST', '/v1/terminals', { body: terminal })
  await bench.call('POST', '/v1/api-tokens', { body: grant, key: 'g' })
  await bench.call('DELETE', `/v1/api-tokens/${String(token.at('id'))}`)
  await bench.call('POST', '/v1/stores', {
    body: { merchantId: '0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69', name: 'N', address: 'A' },
  })
  expect(await kinds(bench)).toEqual(before)
})
