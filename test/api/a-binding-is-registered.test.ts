// The five elements over the API: what is wrong is named, the registry is asked, and nobody sees an account.
import { createRegistrationLoop, type Registration, type RegistryAnswer } from '@tillgate/gateway'
import { beforeEach, expect, test } from 'vitest'
import { fieldsOf, openBench, type Bench } from './bench.js'

const account = '4100025209001234567'
const citizen = '11010519491231002X'
const elements = { creditCode: '91350100M000100Y43', settlementAccount: account }
const sn = 'SN-1'

let bench: Bench
let merchantId: unknown
let storeId: unknown

const made = async (url: string, body: object): Promise<unknown> =>
  (await bench.call('POST', url, { body })).at('id')

beforeEach(async () => {
  bench = await openBench()
  merchantId = await made('/v1/merchants', {
    ...{ acquirerCode: '48020000', mid: '898440353110001', name: 'Corner Café' },
  })
  storeId = await made('/v1/stores', { merchantId, name: 'North', address: '鹭江道 12 号' })
  await bench.call('POST', '/v1/terminals', { body: { sn, vendor: 'PAX', model: 'A920' } })
})

const bind = (over: object = {}) =>
  bench.call('POST', '/v1/bindings', {
    body: { sn, merchantId, storeId, tid: '10000017', elements, ...over },
  })
const show = async (id: unknown) => bench.call('GET', `/v1/bindings/${String(id)}`)

/** One turn of the loop over a registry that answers so; what it was told. */
const report = async (answer: RegistryAnswer): Promise<readonly unknown[]> => {
  const told: unknown[] = []
  const take = (call: object): Promise<RegistryAnswer> => {
    told.push(call)
    return Promise.resolve(answer)
  }
  const { services, scopes } = bench
  const loop = createRegistrationLoop({
    ...services,
    scopes,
    registry: { register: take, deregister: take },
    nudgeLane: () => undefined,
  })
  loop.nudge()
  // Ends when the turn that was nudged has ended.
  await loop.stop()
  return told
}

test('a binding with its five elements waits for the registry, then its Bind is ordered', async () => {
  const asked = await bind()
  expect(asked.status).toBe(201)
  expect(asked.at('binding.state')).toBe('REPORTING')
  expect(asked.at('command')).toBeUndefined()
  const told = await report({ ok: true, reference: 'CUP-77' })
  expect(told).toEqual([
    {
      ...{ acquirerCode: '48020000', mid: '898440353110001', tid: '10000017', sn, tusn: null },
      ...{ ...elements, placeOfDeployment: '鹭江道 12 号' },
      idempotencyKey: String(asked.at('binding.id')),
    } satisfies Registration,
  ])
  const shown = await show(asked.at('binding.id'))
  expect(shown.at('state')).toBe('DELIVERING')
  expect(shown.at('registration')).toEqual({
    ...{ state: 'ENABLED', reference: 'CUP-77', calls: 0 },
    ...{ creditCode: '91350100M000100Y43', settlementAccount: '****4567' },
    placeOfDeployment: '鹭江道 12 号',
  })
})

test('an account, and a number of a person, are seen by the registry and by nobody else', async () => {
  const asked = await bind({ elements: { ...elements, creditCode: citizen.toLowerCase() } })
  const told = await report({ ok: true, reference: 'r' })
  expect(told).toMatchObject([{ creditCode: citizen, settlementAccount: account }])
  const ledger = await bench.services.records.read('events', { afterId: 0, limit: 500 })
  const list = await bench.call('GET', '/v1/bindings')
  const rows = await bench.services.records.read('due-registrations', {
    ...{ nowMs: Number.MAX_SAFE_INTEGER, limit: 10 },
  })
  const seen = JSON.stringify([asked.json, list.json, ledger, bench.log, rows])
  expect(seen).not.toContain(account)
  expect(seen).not.toContain(citizen)
  expect(seen).toContain('****002X')
})

test.each([
  ['elements.creditCode', { elements: { ...elements, creditCode: '91350100M000100Y44' } }],
  ['elements.settlementAccount', { elements: { ...elements, settlementAccount: '12' } }],
  [
    'elements.settlementAccount',
    { elements: { ...elements, settlementAccount: 'GB29NWBK60161331926818' } },
  ],
  ['elements.placeOfDeployment', { storeId: undefined }],
  ['elements.settlementAccount', { elements: { creditCode: elements.creditCode } }],
  ['elements.bank', { elements: { ...elements, bank: 'x' } }],
])('%s is named where it is wrong, and nothing is changed', async (field, over) => {
  const refused = await bind(over)
  expect(refused.status).toBe(400)
  expect(refused.at('code')).toBe('VALIDATION')
  expect(fieldsOf(refused)).toEqual([field])
  const live = await bench.call('GET', '/v1/bindings?live=true')
  expect(live.at('items')).toEqual([])
})

test('a merchant whose MID is none of the network has no registered binding', async () => {
  const other = { acquirerCode: '48020000', mid: 'M1', name: 'Elsewhere' }
  const refused = await bind({ merchantId: await made('/v1/merchants', other), storeId: undefined })
  expect(fieldsOf(refused)).toEqual(['merchantId'])
})

test('a no of the registry rejects it, and the terminal can be bound again', async () => {
  const asked = await bind()
  await report({ ok: false, code: 'refused', detail: `no account ${account}` })
  const said = JSON.stringify(bench.log)
  expect(said).toContain('no account ****4567')
  expect(said).not.toContain(account)
  const shown = await show(asked.at('binding.id'))
  expect([shown.at('state'), shown.at('live'), shown.at('registration.state')]).toEqual([
    ...['REJECTED', false, 'REFUSED'],
  ])
  expect((await bind()).status).toBe(201)
})

test('a registry that does not answer is counted and asked again', async () => {
  const asked = await bind()
  await report({ ok: false, code: 'unavailable', detail: '' })
  expect((await show(asked.at('binding.id'))).at('registration.calls')).toBe(1)
  expect(await report({ ok: true, reference: 'r' })).toEqual([])
  bench.advance(5_000)
  await report({ ok: true, reference: 'r' })
  expect((await show(asked.at('binding.id'))).at('state')).toBe('DELIVERING')
})

test('one that is withdrawn frees its terminal at once, and the registry hears of it', async () => {
  const asked = await bind()
  const url = `/v1/bindings/${String(asked.at('binding.id'))}/withdraw`
  const withdrawn = await bench.call('POST', url)
  expect([withdrawn.status, withdrawn.at('state')]).toEqual([200, 'CANCELLED'])
  expect((await bench.call('POST', url)).at('code')).toBe('ILLEGAL_STATE')
  const told = await report({ ok: true, reference: 'r' })
  expect(told).toMatchObject([{ sn, reason: 'OTHER' }])
  expect((await show(asked.at('binding.id'))).at('registration.state')).toBe('CANCELLED')
  expect((await bind({ tid: '10000018' })).status).toBe(201)
})

test('one that is withdrawn behind the yes has its Bind cancelled', async () => {
  const asked = await bind()
  await report({ ok: true, reference: 'r' })
  const url = `/v1/bindings/${String(asked.at('binding.id'))}/withdraw`
  expect((await bench.call('POST', url)).at('state')).toBe('CANCELLED')
  expect(await report({ ok: true, reference: 'r' })).toMatchObject([{ sn, reason: 'OTHER' }])
})
