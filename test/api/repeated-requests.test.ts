import { expect, test } from 'vitest'
import { fieldsOf, openBench, type Bench, type Called } from './bench.js'

const merchant = { acquirerCode: '48020000', mid: '898440353110001', name: 'Corner Café' }
const terminal = { sn: 'SN-1', vendor: 'PAX', model: 'A920' }
const order = { sn: 'SN-1', type: 'SelfTest' }

const merchantIn = async (bench: Bench): Promise<string> =>
  String((await bench.call('POST', '/v1/merchants', { body: merchant })).at('id'))

const withTerminal = async (bench: Bench): Promise<void> => {
  expect((await bench.call('POST', '/v1/terminals', { body: terminal })).status).toBe(201)
}

/** Each creating POST: what must be there before, and its body. */
const creations: readonly [string, (bench: Bench) => Promise<unknown>][] = [
  ['/v1/merchants', () => Promise.resolve(merchant)],
  [
    '/v1/stores',
    async (bench) => ({ merchantId: await merchantIn(bench), name: 'North', address: 'Here' }),
  ],
  ['/v1/terminals', () => Promise.resolve(terminal)],
  ['/v1/enrolment-tokens', async (bench) => (await withTerminal(bench), { sn: 'SN-1' })],
  [
    '/v1/bindings',
    async (bench) => {
      await withTerminal(bench)
      return { sn: 'SN-1', merchantId: await merchantIn(bench), tid: '10000001' }
    },
  ],
  ['/v1/commands', async (bench) => (await withTerminal(bench), order)],
  ['/v1/api-tokens', () => Promise.resolve({ name: 'n', scopes: ['merchants:read'] })],
]

const withoutToken = ({ json }: Called): unknown => ({ ...(json as object), token: undefined })

test.each(creations)(
  '%s with the same key answers the same thing, made once',
  async (url, prepare) => {
    const bench = await openBench()
    const body = await prepare(bench)
    const before = await countIn(bench, url)
    const first = await bench.call('POST', url, { body, key: 'order 17' })
    expect(first.status).toBe(201)
    expect(first.headers['idempotent-replayed']).toBeUndefined()
    bench.advance(5_000)
    const second = await bench.call('POST', url, { body, key: 'order 17' })
    expect(second.status).toBe(200)
    expect(second.headers['idempotent-replayed']).toBe('true')
    expect(withoutToken(second)).toEqual(withoutToken(first))
    expect(await countIn(bench, url)).toBe(before + 1)
  },
)

const countIn = async (bench: Bench, url: string): Promise<number> => {
  const items = (await bench.call('GET', `${url}?limit=200`)).at('items')
  return Array.isArray(items) ? items.length : -1
}

test.each(creations)('%s with the same key and another body is refused', async (url, prepare) => {
  const bench = await openBench()
  const body = (await prepare(bench)) as object
  await bench.call('POST', url, { body, key: 'k' })
  const changes = { '/v1/commands': { expiresInSeconds: 60 }, '/v1/bindings': { tid: '2' } }
  const rename = url === '/v1/enrolment-tokens' ? { expiresInSeconds: 60 } : { name: 'other' }
  const fallback = url === '/v1/terminals' ? { model: 'A930' } : rename
  const change = changes[url as keyof typeof changes] ?? fallback
  const before = await countIn(bench, url)
  const called = await bench.call('POST', url, { body: { ...body, ...change }, key: 'k' })
  expect(called.status).toBe(422)
  expect(called.at('code')).toBe('IDEMPOTENCY_MISMATCH')
  expect(fieldsOf(called)).toEqual(['Idempotency-Key'])
  expect(await countIn(bench, url)).toBe(before)
})

test('the order of members and spaces do not make another request', async () => {
  const bench = await openBench()
  await bench.call('POST', '/v1/merchants', { body: merchant, key: 'k' })
  const { acquirerCode, mid, name } = merchant
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ name, mid, acquirerCode }, null, 3)
  const called = await bench.call('POST', '/v1/merchants', { body, headers, key: 'k' })
  expect(called.status).toBe(200)
})

test('a key is its token’s own: another token with the same key is not answered with it', async () => {
  const bench = await openBench()
  const mine = await bench.call('POST', '/v1/merchants', { body: merchant, key: 'k' })
  const token = await bench.token('admin')
  const body = { ...merchant, mid: '898440353110002' }
  const theirs = await bench.call('POST', '/v1/merchants', { body, key: 'k', token })
  expect(theirs.status).toBe(201)
  expect(theirs.at('id')).not.toBe(mine.at('id'))
})

test('a key used at one path is refused at another', async () => {
  const bench = await openBench()
  await bench.call('POST', '/v1/merchants', { body: merchant, key: 'k' })
  const called = await bench.call('POST', '/v1/terminals', { body: terminal, key: 'k' })
  expect(called.at('code')).toBe('IDEMPOTENCY_MISMATCH')
})

test.each(creations)('twenty at once at %s with one key make one thing', async (url, prepare) => {
  const bench = await openBench()
  const body = await prepare(bench)
  const before = await countIn(bench, url)
  const calls = Array.from({ length: 20 }, () => bench.call('POST', url, { body, key: 'k' }))
  const all = await Promise.all(calls)
  expect(new Set(all.map((one) => one.at('id') ?? one.at('binding.id'))).size).toBe(1)
  const [made, ...more] = all.filter(({ status }) => status === 201)
  expect(more).toEqual([])
  expect(made?.headers['idempotent-replayed']).toBeUndefined()
  const repeated = all.filter(({ headers }) => headers['idempotent-replayed'] === 'true')
  expect(repeated.map(({ status }) => status)).toEqual(Array(19).fill(200))
  expect(await countIn(bench, url)).toBe(before + 1)
})

test('without a key a second one is a duplicate, by name', async () => {
  const bench = await openBench()
  await bench.call('POST', '/v1/merchants', { body: merchant })
  const again = await bench.call('POST', '/v1/merchants', { body: merchant })
  expect(again.status).toBe(409)
  expect(fieldsOf(again)).toEqual(['mid'])
  await withTerminal(bench)
  const terminalAgain = await bench.call('POST', '/v1/terminals', { body: terminal })
  expect(terminalAgain.status).toBe(409)
  expect(fieldsOf(terminalAgain)).toEqual(['sn'])
})
