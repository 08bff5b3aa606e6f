// /m/{token}: what a merchant sees and does on his own page, without an account and without a script.
import type { CaseState } from '@tillgate/gateway'
import { expect, test } from 'vitest'
import { stateWords } from '../../admin-api/src/merchant-pages/state-words.js'
import { openCaseOf } from './a-terminal-that-serves.js'
import { fieldsOf, openBench, type Bench } from './bench.js'

const dayMs = 86_400_000
const form = { 'content-type': 'application/x-www-form-urlencoded' }

const begin = async (reason = 'MERCHANT_REQUEST') => {
  const bench = await openBench()
  return { bench, ...(await openCaseOf(bench, reason)) }
}

const linkOf = async (bench: Bench, url: string, body: object = { language: 'en' }) => {
  const made = await bench.call('POST', `${url}/merchant-link`, { body })
  expect(made.status, made.text).toBe(201)
  return { path: String(made.at('path')), id: String(made.at('id')) }
}

const open = (bench: Bench, path: string) => bench.call('GET', path, { token: null })

const act = async (bench: Bench, path: string, fields: Record<string, string>) => {
  const body = new URLSearchParams(fields).toString()
  const done = await bench.call('POST', path, { token: null, body, headers: form })
  return { ...done, said: /said=([a-z-]+)/.exec(String(done.headers['location']))?.[1] }
}

test('the page says where the case stands, in two languages, and nothing of ours', async () => {
  const { bench, id, url, merchantId } = await begin()
  const { path } = await linkOf(bench, url)
  expect(path).toMatch(/^\/m\/[A-Za-z0-9_-]{43}$/)
  const page = await open(bench, path)
  expect(page.status).toBe(200)
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(page.text).toContain('We have your request')
  expect(page.text).toContain('Corner')
  for (const ours of [id, merchantId, 'OPENED', 'MERCHANT_', '10000017', '<script', 'http']) {
    expect(page.text, ours).not.toContain(ours)
  }
  const chinese = await open(bench, `${path}?lang=zh`)
  expect(chinese.text).toContain('lang="zh-CN"')
  expect(chinese.text).toContain('已收到申请')
})

test('it is kept out of caches, frames and referrers, and may load nothing', async () => {
  const { bench, url } = await begin()
  const { headers } = await open(bench, (await linkOf(bench, url)).path)
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  const policy = String(headers['content-security-policy'])
  for (const part of ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'"]) {
    expect(policy).toContain(part)
  }
  expect(policy).not.toContain('unsafe')
})

test('an address that is wrong, over or revoked opens nothing, all with the same page', async () => {
  const { bench, url } = await begin()
  const revoked = await linkOf(bench, url)
  await bench.call('POST', `/v1/merchant-links/${revoked.id}/revoke`)
  const over = await linkOf(bench, url, { language: 'en', expiresInSeconds: 60 })
  bench.advance(60_000)
  const pages = await Promise.all(
    [revoked.path, over.path, `/m/${'A'.repeat(43)}`].map((path) => open(bench, path)),
  )
  expect(pages.map(({ status }) => status)).toEqual([404, 404, 404])
  expect(new Set(pages.map(({ text }) => text)).size).toBe(1)
  expect((await act(bench, `${over.path}/confirm`, { code: '123456' })).status).toBe(404)
})

test('the secret part of an address is neither kept nor logged', async () => {
  const { bench, url } = await begin()
  const { path, id } = await linkOf(bench, url)
  const secret = path.slice(3)
  await open(bench, path)
  const events = await bench.services.records.read('events', { afterId: 0, limit: 500 })
  const again = await bench.call('POST', `/v1/merchant-links/${id}/revoke`)
  expect(JSON.stringify([bench.log, events, again.json])).not.toContain(secret)
  expect(again.at('path')).toBeNull()
})

test('the merchant has a code sent to a contact on record, and only there, and confirms', async () => {
  const { bench, url, merchantId } = await begin()
  const body = { channel: 'sms', to: '+8613800138000', language: 'zh' }
  const contact = await bench.call('POST', `/v1/merchants/${merchantId}/contacts`, { body })
  const { path } = await linkOf(bench, url)
  const page = await open(bench, path)
  expect(page.text).toContain('+86***00')
  expect(page.text).not.toContain('+8613800138000')
  const stranger = { contact: '0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69' }
  expect((await act(bench, `${path}/code`, stranger)).said).toBe('not-now')
  const sent = await act(bench, `${path}/code`, { contact: String(contact.at('id')) })
  expect([sent.status, sent.said]).toEqual([303, 'code-sent'])
  expect((await act(bench, `${path}/confirm`, { code: 'abc' })).said).toBe('wrong-code')
  expect((await open(bench, String(sent.headers['location']))).text).toContain('on its way')
})

test('another time is chosen in the merchant’s zone, and a bad one is said to be bad', async () => {
  const { bench, url } = await begin()
  const { path } = await linkOf(bench, url)
  const moved = await act(bench, `${path}/appointment`, { day: '2026-03-03', time: '17:30' })
  expect(moved.said).toBe('moved')
  const shown = await bench.call('GET', url)
  expect(shown.at('startsAt')).toBe('2026-03-03T09:30:00.000Z')
  expect((await open(bench, path)).text).toContain('2026-03-03 17:30')
  for (const bad of [
    { day: '2020-01-01', time: '10:00' },
    { day: 'soon', time: '10:00' },
  ]) {
    expect((await act(bench, `${path}/appointment`, bad)).said).toBe('bad-time')
  }
  const late = { startsAt: new Date(bench.services.clock.now() + 300 * dayMs).toISOString() }
  const refused = await bench.call('POST', `${url}/appointment`, { body: late })
  expect([refused.status, fieldsOf(refused)]).toEqual([400, ['startsAt']])
})

test('a merchant without a case asks for one of his own terminals, and sees it from then on', async () => {
  const { bench, url, merchantId } = await begin('BUSINESS_ADJUSTMENT')
  await bench.call('POST', `${url}/cancel`)
  const { path } = await linkOf(bench, `/v1/merchants/${merchantId}`, { language: 'zh' })
  expect((await open(bench, path)).text).toContain('您要解绑哪台终端')
  expect((await act(bench, `${path}/request`, { sn: 'SN-OTHER' })).said).toBe('not-now')
  expect((await act(bench, `${path}/request`, { sn: 'SN-1' })).said).toBe('asked')
  const list = await bench.call('GET', '/v1/unbind-cases?open=true')
  expect(list.json).toMatchObject({
    items: [{ sn: 'SN-1', reason: 'MERCHANT_REQUEST', createdBy: 'merchant' }],
  })
  expect((await open(bench, path)).text).toContain('已收到申请')
})

test('of a case that he is told nothing of there is no page', async () => {
  const { bench, url } = await begin('FRAUD')
  const made = await bench.call('POST', `${url}/merchant-link`, { body: { language: 'zh' } })
  expect([made.status, made.at('code')]).toEqual([409, 'ILLEGAL_STATE'])
})

test('a name that is HTML stays a name', async () => {
  const bench = await openBench()
  const shop = { acquirerCode: '48020000', mid: '898440353110001', name: '<b>"O\'Neill" & co' }
  const merchant = await bench.call('POST', '/v1/merchants', { body: shop })
  const { path } = await linkOf(bench, `/v1/merchants/${String(merchant.at('id'))}`)
  expect((await open(bench, path)).text).not.toContain('<b>')
})

test('who opens too many pages waits', async () => {
  const { bench } = await begin()
  const path = `/m/${'B'.repeat(43)}`
  const answers = []
  for (let n = 0; n < 61; n += 1) answers.push((await open(bench, path)).status)
  expect(answers.at(-1)).toBe(429)
})

test('every state has its own words in both languages, and none of ours', () => {
  for (const [state, { en, zh }] of Object.entries(stateWords) as [
    CaseState,
    typeof stateWords.OPENED,
  ][]) {
    for (const text of [en.title, en.text])
      expect(text, state).not.toMatch(/[A-Z]{4}|case|unbind|TID/)
    for (const text of [zh.title, zh.text]) expect(text, state).toMatch(/\p{Script=Han}/u)
  }
})
