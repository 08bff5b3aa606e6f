import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { fieldsOf, openBench, sharedBench, type Bench } from './bench.js'

const shared = sharedBench()

const fill = async (bench: Bench, count: number): Promise<void> => {
  for (let i = 0; i < count; i++) {
    const body = { sn: `SN-${String(i)}`, vendor: 'PAX', model: 'A920' }
    await bench.call('POST', '/v1/terminals', { body })
  }
}

const serials = (items: unknown): readonly string[] =>
  (items as readonly { readonly sn: string }[]).map(({ sn }) => sn)

test('following the cursors shows every row once, in the order of creation', async () => {
  const bench = await openBench()
  await fill(bench, 7)
  const seen: string[] = []
  let cursor: unknown
  let pages = 0
  do {
    const query = cursor === undefined ? '' : `&cursor=${String(cursor)}`
    const page = await bench.call('GET', `/v1/terminals?limit=3${query}`)
    seen.push(...serials(page.at('items')))
    cursor = page.at('nextCursor')
    pages++
  } while (cursor !== null)
  expect(seen).toEqual(Array.from({ length: 7 }, (_, i) => `SN-${String(i)}`))
  expect(pages).toBe(3)
})

test('a full last page has no next one', async () => {
  const bench = await openBench()
  await fill(bench, 2)
  expect((await bench.call('GET', '/v1/terminals?limit=2')).at('nextCursor')).toBeNull()
  expect((await bench.call('GET', '/v1/terminals?limit=1')).at('nextCursor')).not.toBeNull()
})

test('a row that comes later appears behind the cursor', async () => {
  const bench = await openBench()
  await fill(bench, 2)
  const first = await bench.call('GET', '/v1/terminals?limit=1')
  await bench.call('POST', '/v1/terminals', { body: { sn: 'LATE', vendor: 'V', model: 'M' } })
  const rest = await bench.call('GET', `/v1/terminals?cursor=${String(first.at('nextCursor'))}`)
  expect(serials(rest.at('items'))).toEqual(['SN-1', 'LATE'])
})

const forged = (text: string): string => Buffer.from(text).toString('base64url')

test.each([
  ['another list’s', forged('merchants:1')],
  ['a negative', forged('terminals:-1')],
  ['a zero', forged('terminals:0')],
  ['a fraction', forged('terminals:1.5')],
  ['a padded', `${forged('terminals:1')}=`],
  ['one with a leading zero', forged('terminals:01')],
  ['one with more behind it', forged('terminals:1:2')],
  ['a huge', forged('terminals:99999999999999999999')],
  ['an SQL', forged("terminals:1' or 1=1")],
  ['an empty', ''],
  ['a long', 'a'.repeat(500)],
])('%s cursor is refused by name', async (_what, cursor) => {
  const bench = shared()
  const called = await bench.call('GET', `/v1/terminals?cursor=${encodeURIComponent(cursor)}`)
  expect(called.status).toBe(400)
  expect(called.at('code')).toBe('BAD_CURSOR')
  expect(fieldsOf(called)).toEqual(['cursor'])
})
