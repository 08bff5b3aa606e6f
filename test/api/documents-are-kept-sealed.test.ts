import { randomBytes } from 'node:crypto'
import { coreLimits } from '@tillgate/gateway'
import { expect, test } from 'vitest'
import { fieldsOf, openBench, type Bench, type Called, type CallParts } from './bench.js'

const pdf = (fill = 'secret contents'): Buffer => Buffer.from(`%PDF-1.7\n${fill}\n%%EOF\n`)

interface Parts {
  readonly content?: Buffer
  readonly type?: string
  readonly name?: string
  readonly kind?: string
  readonly query?: string
  readonly key?: string
  readonly token?: string
}

const merchantOf = async (bench: Bench): Promise<string> => {
  const body = { acquirerCode: '48020000', mid: '898440353110001', name: 'Corner Café' }
  return String((await bench.call('POST', '/v1/merchants', { body })).at('id'))
}

const upload = async (bench: Bench, scope: string, parts: Parts = {}): Promise<Called> => {
  const { content = pdf(), type = 'application/pdf', kind = 'business-licence' } = parts
  const name = encodeURIComponent(parts.name ?? '../营业执照.pdf')
  const call: CallParts = {
    body: content,
    headers: { 'content-type': type, 'document-name': name },
    ...(parts.key === undefined ? {} : { key: parts.key }),
    ...(parts.token === undefined ? {} : { token: parts.token }),
  }
  const query = `scope=${scope}&kind=${kind}${parts.query ?? ''}`
  return bench.call('POST', `/v1/documents?${query}`, call)
}

const opened = async (): Promise<{ bench: Bench; scope: string; merchant: string }> => {
  const bench = await openBench()
  const merchant = await merchantOf(bench)
  return { bench, merchant, scope: `merchant:${merchant}` }
}

/** Everything that lies in the tables, as one text. */
const everything = async ({ services: { records } }: Bench): Promise<string> => {
  const page = { afterId: 0, limit: 1_000 }
  const [documents, events] = await Promise.all([
    records.read('documents', page),
    records.read('events', page),
  ])
  const parts = await Promise.all(
    documents.map(({ id }) => records.read('document-part', { documentId: id, place: 0 })),
  )
  const texts = [documents, events, parts].flat().flatMap((row) => Object.values(row ?? {}))
  return texts
    .map((cell) =>
      cell instanceof Uint8Array ? Buffer.from(cell).toString('latin1') : String(cell),
    )
    .join('\n')
}

test('a document comes back as it was uploaded, under a safe name, and lies nowhere in clear', async () => {
  const { bench, scope, merchant } = await opened()
  const made = await upload(bench, scope)
  expect(made.status).toBe(201)
  const id = String(made.at('id'))
  const shown = await bench.call('GET', `/v1/documents/${id}`)
  expect(shown.json).toMatchObject({
    scope,
    merchantId: merchant,
    name: '营业执照.pdf',
    state: 'KEPT',
  })
  const content = await bench.call('GET', `/v1/documents/${id}/content`)
  expect(content.text).toBe(pdf().toString())
  expect(content.headers['content-type']).toBe('application/pdf')
  expect(content.headers['content-disposition']).toContain('attachment')
  const stored = await everything(bench)
  expect(stored).not.toContain('secret contents')
  expect(stored).not.toContain(Buffer.from('营业执照').toString('latin1'))
  expect(JSON.stringify(bench.log)).not.toContain('营业执照')
})

test('a document of many parts is whole', async () => {
  const { bench, scope } = await opened()
  const filling = randomBytes(2 * coreLimits.documentPartBytes + 17).toString('base64')
  const made = await upload(bench, scope, { content: pdf(filling) })
  const content = await bench.call('GET', `/v1/documents/${String(made.at('id'))}/content`)
  expect(content.text === pdf(filling).toString()).toBe(true)
})

test.each([
  ['application/pdf', Buffer.from('MZ this is a program')],
  ['application/pdf', Buffer.from('%PDF-1.7 cut off')],
  ['image/png', pdf()],
  ['image/jpeg', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
])(
  'a content that is no %s is refused with its rule, and nothing is kept',
  async (type, content) => {
    const { bench, scope } = await opened()
    const before = (await bench.services.records.read('event-head', {})).position
    const called = await upload(bench, scope, { type, content })
    expect(called.status).toBe(422)
    expect(called.at('code')).toBe('CONTENT_TYPE_MISMATCH')
    expect(String(called.at('errors.0.rule'))).toMatch(/ISO|ITU/)
    expect((await bench.call('GET', '/v1/documents')).at('items')).toEqual([])
    expect((await bench.services.records.read('event-head', {})).position).toBe(before)
  },
)

test('what is too large, of another type, empty or for nobody is refused by name', async () => {
  const { bench, scope } = await opened()
  const large = await upload(bench, scope, {
    content: Buffer.alloc(coreLimits.documentBytesMax + 1),
  })
  expect(large.status).toBe(413)
  expect((await upload(bench, scope, { type: 'text/html' })).status).toBe(415)
  expect(fieldsOf(await upload(bench, scope, { content: Buffer.alloc(0) }))).toEqual(['body'])
  const nobody = 'merchant:0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69'
  expect(fieldsOf(await upload(bench, nobody))).toEqual(['scope'])
  expect(fieldsOf(await upload(bench, 'shop:1'))).toContain('scope')
  const past = { query: '&retainUntil=2020-01-01T00:00:00Z' }
  expect(fieldsOf(await upload(bench, scope, past))).toEqual(['retainUntil'])
})

test('the same key and content make one document; another content under it is refused', async () => {
  const { bench, scope } = await opened()
  const first = await upload(bench, scope, { key: 'k' })
  const again = await upload(bench, scope, { key: 'k' })
  expect([first.status, again.status]).toEqual([201, 200])
  expect(again.at('id')).toBe(first.at('id'))
  expect((await upload(bench, scope, { key: 'k', content: pdf('other') })).status).toBe(422)
  const list = await bench.call('GET', '/v1/documents')
  expect(list.at('items')).toHaveLength(1)
})

test('who may not open identities sees neither their name nor their content', async () => {
  const { bench, scope } = await opened()
  const made = await upload(bench, scope, { kind: 'identity-document', name: '张三.pdf' })
  const url = `/v1/documents/${String(made.at('id'))}`
  const papers = await bench.token('documents:read')
  expect((await bench.call('GET', url, { token: papers })).at('name')).toBeNull()
  expect((await bench.call('GET', `${url}/content`, { token: papers })).status).toBe(403)
  const both = await bench.token('documents:read', 'identities:read')
  expect((await bench.call('GET', url, { token: both })).at('name')).toBe('张三.pdf')
  expect((await bench.call('GET', `${url}/content`, { token: both })).status).toBe(200)
})

test('the ledger names a document, its salted hash and nothing personal', async () => {
  const { bench, scope } = await opened()
  const made = await upload(bench, scope)
  const events = await bench.services.records.read('events', { afterId: 0, limit: 100 })
  const kept = events.find(({ kind }) => kind === 'document.kept')
  expect(JSON.parse(kept?.data ?? '')).toMatchObject({
    document: made.at('id'),
    saltedHash: made.at('saltedHash'),
  })
})

test('a hold is placed, listed, and ended once with its reason', async () => {
  const { bench, scope } = await opened()
  const body = { scope, reason: 'file 117' }
  const made = await bench.call('POST', '/v1/legal-holds', { body, key: 'h' })
  expect(made.status).toBe(201)
  expect((await bench.call('POST', '/v1/legal-holds', { body, key: 'h' })).status).toBe(200)
  const url = `/v1/legal-holds/${String(made.at('id'))}`
  const ended = await bench.call('POST', `${url}/end`, { body: { reason: 'closed' } })
  expect(ended.json).toMatchObject({ standing: false, endReason: 'closed' })
  const again = await bench.call('POST', `${url}/end`, { body: { reason: 'other' } })
  expect(again.at('endReason')).toBe('closed')
  const list = await bench.call('GET', `/v1/legal-holds?scope=${scope}`)
  expect(list.at('items')).toHaveLength(1)
})
