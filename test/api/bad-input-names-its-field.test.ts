import { expect, test } from 'vitest'
import { fieldsOf, sharedBench, type Method } from './bench.js'

const shared = sharedBench()

const id = '0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69'
const merchant = { acquirerCode: '48020000', mid: '898440353110001', name: 'Corner Café' }
const order = { sn: 'SN-1', type: 'SelfTest' }

const bodies: readonly [string, string, unknown, readonly string[]][] = [
  ['a missing field', '/v1/merchants', { acquirerCode: 'A', name: 'N' }, ['mid']],
  ['all fields missing', '/v1/merchants', {}, ['acquirerCode', 'mid', 'name']],
  ['an unknown field', '/v1/merchants', { ...merchant, colour: 'red' }, ['colour']],
  [
    'several faults at once',
    '/v1/merchants',
    { acquirerCode: '', mid: 7, name: 'N', x: 1, y: 2 },
    ['x', 'y', 'acquirerCode', 'mid'],
  ],
  ['a space in a MID', '/v1/merchants', { ...merchant, mid: '898 1' }, ['mid']],
  ['a MID too long', '/v1/merchants', { ...merchant, mid: '1'.repeat(16) }, ['mid']],
  ['a control character', '/v1/merchants', { ...merchant, name: 'a\u0000b' }, ['name']],
  ['a lone surrogate', '/v1/merchants', { ...merchant, name: 'a\ud800' }, ['name']],
  ['too many bytes', '/v1/merchants', { ...merchant, name: '店'.repeat(67) }, ['name']],
  ['a text for a number', '/v1/merchants', { ...merchant, name: null }, ['name']],
  ['no object', '/v1/merchants', [1, 2], ['body']],
  [
    'an id that is none',
    '/v1/stores',
    { merchantId: '1', name: 'N', address: 'A' },
    ['merchantId'],
  ],
  [
    'an unknown merchant',
    '/v1/stores',
    { merchantId: id, name: 'N', address: 'A' },
    ['merchantId'],
  ],
  ['a slash in a serial number', '/v1/terminals', { sn: 'a/b', vendor: 'V', model: 'M' }, ['sn']],
  ['a wildcard serial number', '/v1/terminals', { sn: '#', vendor: 'V', model: 'M' }, ['sn']],
  ['epoch 0', '/v1/terminals', { sn: 'a', vendor: 'V', model: 'M', assetEpoch: 0 }, ['assetEpoch']],
  [
    'half an epoch',
    '/v1/terminals',
    { sn: 'a', vendor: 'V', model: 'M', assetEpoch: 1.5 },
    ['assetEpoch'],
  ],
  [
    'two days',
    '/v1/enrolment-tokens',
    { sn: 'a', expiresInSeconds: 172_800 },
    ['expiresInSeconds'],
  ],
  ['an unknown terminal', '/v1/enrolment-tokens', { sn: 'SN-404' }, ['sn']],
  ['an unknown terminal', '/v1/bindings', { sn: 'SN-404', merchantId: id, tid: '1' }, ['sn']],
  ['a TID too long', '/v1/bindings', { sn: 'a', merchantId: id, tid: '123456789' }, ['tid']],
  ['an unknown type', '/v1/commands', { sn: 'a', type: 'Wipe' }, ['type']],
  ['a Bind by itself', '/v1/commands', { sn: 'a', type: 'Bind' }, ['type']],
  ['no reason', '/v1/commands', { sn: 'a', type: 'Lock' }, ['parameters.reason']],
  [
    'parameters of another type',
    '/v1/commands',
    { ...order, parameters: { reason: 'x' } },
    ['parameters.reason'],
  ],
  [
    'an unknown parameter',
    '/v1/commands',
    { ...order, parameters: { level: 3 } },
    ['parameters.level'],
  ],
  ['an unknown terminal', '/v1/commands', { ...order, sn: 'SN-404' }, ['sn']],
  ['an unknown scope', '/v1/api-tokens', { name: 'n', scopes: ['root'] }, ['scopes.0']],
  ['a scope twice', '/v1/api-tokens', { name: 'n', scopes: ['admin', 'admin'] }, ['scopes']],
  ['no scope', '/v1/api-tokens', { name: 'n', scopes: [] }, ['scopes']],
  ['no PEM', '/v1/enrolments', { csr: 'MIIB', token: 'good' }, ['csr']],
]

test.each(bodies)('%s at %s is refused by name', async (_what, url, body, fields) => {
  const bench = shared()
  const called = await bench.call('POST', url, { body })
  expect([400, 404]).toContain(called.status)
  expect(called.headers['content-type']).toContain('application/problem+json')
  expect([...fieldsOf(called)].sort()).toEqual([...fields].sort())
  expect(called.at('type')).toBe(`urn:tillgate:problem:${String(called.at('code'))}`)
  expect(called.at('status')).toBe(called.status)
})

const places: readonly [Method, string, readonly string[]][] = [
  ['GET', '/v1/merchants/1', ['id']],
  ['GET', `/v1/merchants/${id}`, ['id']],
  ['GET', '/v1/terminals/a%2Fb', ['sn']],
  ['GET', '/v1/terminals/SN-404', ['sn']],
  ['GET', '/v1/commands/../etc', ['id']],
  ['POST', '/v1/commands/xyz/cancel', ['id']],
  ['GET', '/v1/merchants?limit=0', ['limit']],
  ['GET', '/v1/merchants?limit=201', ['limit']],
  ['GET', '/v1/merchants?limit=5.5', ['limit']],
  ['GET', '/v1/merchants?limit=', ['limit']],
  ['GET', '/v1/merchants?limit=1&limit=2', ['limit']],
  ['GET', '/v1/merchants?offset=3', ['offset']],
  ['GET', '/v1/merchants?cursor=x', ['cursor']],
  ['GET', '/v1/commands?state=lost', ['state']],
  ['GET', '/v1/commands?sn=SN-404', ['sn']],
  ['GET', '/v1/bindings?live=maybe', ['live']],
  ['GET', `/v1/stores?merchantId=${id}`, ['merchantId']],
]

test.each(places)('%s %s is refused by name', async (method, url, fields) => {
  const bench = shared()
  const called = await bench.call(method, url)
  if (url.includes('..')) return expect(called.status).toBe(404)
  expect([400, 404]).toContain(called.status)
  return expect(fieldsOf(called)).toEqual(fields)
})

test.each(['', 'a'.repeat(256), 'ключ'])(
  'the idempotency key %j is refused by name',
  async (key) => {
    const bench = shared()
    const called = await bench.call('POST', '/v1/merchants', { body: merchant, key })
    expect(called.status).toBe(400)
    expect(fieldsOf(called)).toEqual(['Idempotency-Key'])
  },
)

test('a flood of unknown fields is answered with a bounded list', async () => {
  const bench = shared()
  const flood = Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`f${String(i)}`, i]))
  const called = await bench.call('POST', '/v1/merchants', { body: flood })
  expect(called.status).toBe(400)
  expect(fieldsOf(called).length).toBeLessThanOrEqual(64)
})

test('what was refused changed nothing', async () => {
  const bench = shared()
  for (const [, url, body] of bodies) await bench.call('POST', url, { body })
  for (const list of ['merchants', 'stores', 'terminals', 'bindings', 'commands']) {
    expect((await bench.call('GET', `/v1/${list}`)).at('items')).toEqual([])
  }
})
