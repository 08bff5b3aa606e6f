// A case that wants the merchant's word, over the API: how he is reached, the code that he gets, the counter.
import {
  createNoticeLoop,
  createRecorderNotices,
  merchantLimits,
  systemTimers,
  type NoticeToPeople,
  type Notices,
} from '@tillgate/gateway'
import { expect, onTestFinished, test } from 'vitest'
import { waitFor } from '../ground/index.js'
import { letIn } from './a-person.js'
import { openCaseOf } from './a-terminal-that-serves.js'
import { fieldsOf, openBench, type Bench } from './bench.js'

const telephone = '+8613800138000'

const begin = async (reason = 'MERCHANT_REQUEST') => {
  const bench = await openBench()
  return { bench, ...(await openCaseOf(bench, reason)) }
}

const addContact = (bench: Bench, merchantId: string, over = {}, key?: string) =>
  bench.call('POST', `/v1/merchants/${merchantId}/contacts`, {
    body: { channel: 'sms', to: telephone, language: 'zh', ...over },
    ...(key === undefined ? {} : { key }),
  })

/** The outbox as a node works it off. */
const startOutbox = (bench: Bench, notices: Notices): void => {
  const { services, scopes } = bench
  const loop = createNoticeLoop({
    ...{ ...services, notices, scopes, timers: systemTimers },
    beatMs: 10,
  })
  loop.start()
  onTestFinished(() => loop.stop())
}

const codeIn = ({ text }: NoticeToPeople): string => /\d{6}/.exec(text)?.[0] ?? ''

const sentCode = (sent: () => readonly NoticeToPeople[], many = 1): Promise<NoticeToPeople> =>
  waitFor(() => Promise.resolve(sent()[many - 1]), { what: 'a notice' })

/** Everything that the API and the log say of it. */
const everything = async ({ call, log, services }: Bench, url: string): Promise<string> => {
  const events = await services.records.read('events', { afterId: 0, limit: 1_000 })
  const shown = await call('GET', url)
  return JSON.stringify([log, events, shown.json])
}

test('the code comes in the merchant’s language, confirms the case, and stands nowhere', async () => {
  const { bench, merchantId, url } = await begin()
  const recorder = createRecorderNotices()
  startOutbox(bench, recorder)
  const added = await addContact(bench, merchantId)
  expect(added.status).toBe(201)
  expect(added.at('to')).toBe('+86***00')
  const asked = { body: { contactId: added.at('id') } }
  const sent = await bench.call('POST', `${url}/codes`, asked)
  expect(sent.json).toMatchObject({ sentTo: '+86***00', expiresAt: '2026-03-01T09:10:00.000Z' })
  const notice = await sentCode(() => recorder.sent())
  expect(notice).toMatchObject({ channel: 'sms', to: telephone, language: 'zh', kind: 'code' })
  expect(notice.text).toContain('解绑')
  expect(notice.text).toContain('Corner')
  const code = codeIn(notice)
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
  const refused = await bench.call('POST', `${url}/confirm`, { body: { code: wrong } })
  expect([refused.status, refused.at('code'), fieldsOf(refused)]).toEqual([
    403,
    'CODE_REFUSED',
    ['code'],
  ])
  const confirmed = await bench.call('POST', `${url}/confirm`, { body: { code } })
  expect(confirmed.json).toMatchObject({
    confirmedHow: 'code',
    checklist: [{ item: 'MERCHANT_CONFIRMATION', satisfied: true, by: 'tester' }],
  })
  const again = await bench.call('POST', `${url}/confirm`, { body: { code } })
  expect(again.at('code')).toBe('ALREADY_DONE')
  const said = await everything(bench, url)
  expect(said).not.toContain(code)
  expect(said).not.toContain(telephone)
})

test('a port that does not answer gets the same notice again under the same key, and no more', async () => {
  const { bench, merchantId, url } = await begin()
  const recorder = createRecorderNotices()
  const tried: NoticeToPeople[] = []
  startOutbox(bench, {
    async send(notice) {
      tried.push(notice)
      const answer = await recorder.send(notice)
      return tried.length === 1 ? { ok: false, code: 'unavailable', detail: telephone } : answer
    },
  })
  const added = await addContact(bench, merchantId, { language: 'en' })
  await bench.call('POST', `${url}/codes`, { body: { contactId: added.at('id') } })
  await waitFor(() => Promise.resolve(tried.length === 1), { what: 'a first try' })
  bench.advance(merchantLimits.noticeRetryMs)
  await waitFor(() => Promise.resolve(tried.length === 2), { what: 'a second try' })
  expect(tried[1]).toEqual(tried[0])
  expect(recorder.sent()).toHaveLength(1)
  await waitFor(async () => (await everything(bench, url)).includes('notice.sent') || undefined, {
    what: 'a line of the ledger',
  })
  expect(await everything(bench, url)).not.toContain(telephone)
})

test('a case without his word shows what it waits for, and goes on once it is there', async () => {
  const { bench, url } = await begin('MERCHANT_CANCELLED')
  const shown = await bench.call('GET', url)
  expect(shown.at('checklist')).toEqual([
    { item: 'MERCHANT_CONFIRMATION', satisfied: false, by: null, at: null },
    { item: 'closing-agreement', satisfied: false, by: null, at: null },
  ])
})

test('at the counter a person records it with the signed form; an approver and a token may not', async () => {
  const { bench, id, url } = await begin()
  const agent = await letIn(bench, 'chen', 'agent')
  const pdf = Buffer.from('%PDF-1.7\nsigned\n%%EOF\n')
  const form = await bench.call('POST', `/v1/documents?scope=case:${id}&kind=application-form`, {
    body: pdf,
    headers: { 'content-type': 'application/pdf' },
    token: agent.token,
  })
  expect(form.status).toBe(201)
  const body = { identity: 'identity-card', formDocumentId: form.at('id') }
  const record = (token: string, over = {}) =>
    bench.call('POST', `${url}/confirm-at-counter`, { token, body: { ...body, ...over } })
  expect((await record(bench.admin)).at('code')).toBe('PERSON_REQUIRED')
  const both = await letIn(bench, 'wang', 'approver', 'maker')
  expect((await record(both.token)).at('code')).toBe('APPROVER_AT_COUNTER')
  const unknown = await record(agent.token, { formDocumentId: id })
  expect([unknown.status, fieldsOf(unknown)]).toEqual([404, ['formDocumentId']])
  const recorded = await record(agent.token)
  expect(recorded.json).toMatchObject({ confirmedHow: 'counter', checklist: [{ by: 'chen' }] })
})

test.each([
  ['sms', '13800138000'],
  ['sms', '+0123456789'],
  ['email', 'nobody'],
  ['webhook', 'Loud Name'],
])('a contact by %s to %s is refused by its rule', async (channel, to) => {
  const { bench, merchantId } = await begin()
  const refused = await addContact(bench, merchantId, { channel, to })
  expect([refused.status, fieldsOf(refused)]).toEqual([400, ['to']])
})

test('contacts are listed masked, made once a key, and end', async () => {
  const { bench, merchantId, url } = await begin()
  const first = await addContact(bench, merchantId, {}, 'k')
  const again = await addContact(bench, merchantId, {}, 'k')
  expect([again.status, again.at('id')]).toEqual([200, first.at('id')])
  await addContact(bench, merchantId, { channel: 'email', to: 'shop@example.com' })
  const path = `/v1/merchants/${merchantId}/contacts`
  const list = await bench.call('GET', path)
  expect(list.json).toMatchObject({ items: [{ to: '+86***00' }, { to: 's***@example.com' }] })
  const ended = await bench.call('POST', `${path}/${String(first.at('id'))}/end`)
  expect(ended.at('endedAt')).not.toBeNull()
  const asked = await bench.call('POST', `${url}/codes`, { body: { contactId: first.at('id') } })
  expect([asked.status, fieldsOf(asked)]).toEqual([404, ['contactId']])
})

test('an agent may have a code sent, and never says to which number', async () => {
  const { bench, merchantId, url } = await begin()
  const agent = await letIn(bench, 'chen', 'agent')
  const added = await addContact(bench, merchantId)
  const { token } = agent
  const body = { channel: 'sms', to: '+8613900139000', language: 'zh' }
  const own = await bench.call('POST', `/v1/merchants/${merchantId}/contacts`, { token, body })
  expect(own.status).toBe(403)
  const sent = { token, body: { contactId: added.at('id') } }
  expect((await bench.call('POST', `${url}/codes`, sent)).status).toBe(200)
})
