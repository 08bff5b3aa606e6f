// What is held about one merchant, as one JSON: whole, masked, without codes, and a line of the ledger.
import { Ajv2020 } from 'ajv/dist/2020.js'
import { uuidFromText } from '@tillgate/protocol'
import { expect, test } from 'vitest'
import { fieldsOf, openBench, type Bench } from './bench.js'
import { openCaseOf } from './a-terminal-that-serves.js'

const telephone = '+8613800138000'
const pdf = Buffer.from('%PDF-1.7\nsigned\n%%EOF\n')

interface Answers {
  readonly '200': { readonly content: { readonly 'application/json': { readonly schema: object } } }
}

const begin = async () => {
  const bench = await openBench()
  return { bench, ...(await openCaseOf(bench, 'MERCHANT_REQUEST')) }
}

const exported = async ({ services }: Bench) => {
  const events = await services.records.read('events', { afterId: 0, limit: 1_000 })
  return events.filter(({ kind }) => kind === 'merchant.exported')
}

test('it holds every section, masked, and neither codes nor addresses', async () => {
  const { bench, id, merchantId, url } = await begin()
  const store = { merchantId, name: 'North', address: '1 Long Road' }
  await bench.call('POST', '/v1/stores', { body: store })
  const body = { channel: 'sms', to: telephone, language: 'en' }
  const contact = await bench.call('POST', `/v1/merchants/${merchantId}/contacts`, { body })
  await bench.call('POST', `${url}/codes`, { body: { contactId: contact.at('id') } })
  const fee = { kind: 'deposit', amountMinor: 500, currency: 'CNY', note: 'deposit' }
  await bench.call('POST', `${url}/fees`, { body: fee })
  await bench.call('GET', `${url}/agreement`)
  const link = await bench.call('POST', `${url}/merchant-link`, { body: { language: 'zh' } })
  const paper = await bench.call('POST', `/v1/documents?scope=case:${id}&kind=closing-agreement`, {
    body: pdf,
    headers: { 'content-type': 'application/pdf', 'x-file-name': 'secret-name.pdf' },
  })
  for (const scope of [`merchant:${merchantId}`, `case:${id}`])
    await bench.call('POST', '/v1/legal-holds', { body: { scope, reason: 'a court asks' } })
  const given = await bench.call('GET', `/v1/merchants/${merchantId}/export`)
  expect(given.status, given.text).toBe(200)
  expect(given.headers['cache-control']).toBe('no-store')
  expect(given.json).toMatchObject({
    export: { by: 'tester', at: '2026-03-01T09:00:00.000Z' },
    merchant: { id: merchantId, name: 'Corner', mid: '898440353110001' },
    legalHolds: [{ scope: `merchant:${merchantId}`, standing: true }],
    stores: [{ address: '1 Long Road' }],
    contacts: [{ to: '+86***00', language: 'en' }],
    bindings: [{ sn: 'SN-1', tid: '10000017', state: 'ACTIVE' }],
    cases: [
      {
        id,
        reason: 'MERCHANT_REQUEST',
        fees: [{ amountMinor: 500 }],
        agreement: { version: 1 },
        legalHolds: [{ scope: `case:${id}` }],
      },
    ],
    notices: [{ kind: 'code', to: '+86***00', state: 'WAITING' }],
    documents: [{ id: paper.at('id'), saltedHash: paper.at('saltedHash'), name: null }],
    links: [{ caseId: id, language: 'zh' }],
    cut: [],
  })
  // It is streamed, so no serializer has held it to its schema.
  const document = await bench.call('GET', '/openapi.json', { token: null })
  const answers = document.at('paths./v1/merchants/{id}/export.get.responses')
  const json = (answers as Answers)['200'].content['application/json']
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  expect(ajv.validate(json.schema, given.json), ajv.errorsText()).toBe(true)
  expect(JSON.stringify(given.at('cases.0.ledger'))).toContain('case.code_sent')
  expect(given.at('notices.0.text')).toContain('●●●●●● is your code')
  const address = String(link.at('path')).slice('/m/'.length)
  for (const secret of [telephone, address, 'secret-name', 'signed']) {
    expect(given.text).not.toContain(secret)
  }
  const lines = await exported(bench)
  expect(lines.map(({ actor, data }) => [actor, JSON.parse(data) as unknown])).toEqual([
    ['tester', { export: given.at('export.id'), merchant: merchantId }],
  ])
})

test('only an auditor and an administrator get it, and who is refused leaves no line', async () => {
  const { bench, merchantId } = await begin()
  const path = `/v1/merchants/${merchantId}/export`
  const statuses: Record<string, number> = {}
  for (const role of ['maker', 'approver', 'auditor', 'agent', 'administrator']) {
    const made = await bench.call('POST', '/v1/api-tokens', { body: { name: `a-${role}`, role } })
    const { status } = await bench.call('GET', path, { token: String(made.at('token')) })
    statuses[role] = status
  }
  expect(statuses).toEqual({
    ...{ maker: 403, approver: 403, agent: 403 },
    ...{ auditor: 200, administrator: 200 },
  })
  const lines = await exported(bench)
  expect(lines.map(({ actor }) => actor)).toEqual(['a-auditor', 'a-administrator'])
})

test('of nobody there is none, and a bad id is named', async () => {
  const { bench } = await begin()
  const nobody = '/v1/merchants/0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69/export'
  const gone = await bench.call('GET', nobody)
  expect([gone.status, fieldsOf(gone)]).toEqual([404, ['id']])
  const bad = await bench.call('GET', '/v1/merchants/nine/export')
  expect([bad.status, fieldsOf(bad)]).toEqual([400, ['id']])
  expect(await exported(bench)).toEqual([])
})

test('it is whole where it takes several pages, and nobody else’s rows are in it', async () => {
  const { bench, merchantId } = await begin()
  const { records, ids, clock } = bench.services
  const other = { acquirerCode: '48020000', mid: '898440353110002', name: 'Other' }
  const stranger = await bench.call('POST', '/v1/merchants', { body: other })
  await bench.call('POST', '/v1/stores', {
    body: { merchantId: stranger.at('id'), name: 'Elsewhere', address: 'There' },
  })
  const rows = 450
  const merchantUuid = uuidFromText(merchantId) ?? new Uint8Array()
  for (let n = 0; n < rows; n += 1) {
    await records.submit('create-store', {
      ...{ uuid: ids.next(), publicId: String(n), merchantUuid, name: `s${String(n)}` },
      ...{ address: 'a', actor: 'tester', atMs: clock.now() },
    })
  }
  const given = await bench.call('GET', `/v1/merchants/${merchantId}/export`)
  const stores = given.at('stores') as readonly { readonly name: string }[]
  expect(stores.map(({ name }) => name)).toEqual(
    Array.from({ length: rows }, (_, n) => `s${String(n)}`),
  )
  expect(given.text).not.toContain('Elsewhere')
})

test('what breaks on the way gives no whole object', async () => {
  const { bench, merchantId } = await begin()
  const { records } = bench.services
  const read = records.read.bind(records)
  Object.assign(records, {
    read: (name: string, input: never) =>
      name === 'notices' ? Promise.reject(new Error('gone')) : read(name as never, input),
  })
  const given = bench.call('GET', `/v1/merchants/${merchantId}/export`)
  const text = await given.then(({ text: said }) => said).catch(() => '')
  expect(() => JSON.parse(text) as unknown).toThrow()
})
