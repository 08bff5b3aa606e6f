// Notes of fees and deposits of a case, and its closing agreement: printed, hashed, the same for ever.
import { createHash } from 'node:crypto'
import {
  caseLimits,
  casePrefix,
  confirmedPrefix,
  createAgreements,
  createNoticeLoop,
  createRecorderNotices,
  makeAgreements,
  systemTimers,
  tellMerchants,
} from '@tillgate/gateway'
import { uuidFromText } from '@tillgate/protocol'
import { expect, onTestFinished, test } from 'vitest'
import { waitFor } from '../ground/index.js'
import { openCaseOf } from './a-terminal-that-serves.js'
import { fieldsOf, openBench, type Bench } from './bench.js'

const fee = { kind: 'fee', amountMinor: 12_345, currency: 'CNY', note: 'unpaid rent' }

const begin = async (reason = 'CONTRACT_ENDED') => {
  const bench = await openBench()
  return { bench, ...(await openCaseOf(bench, reason)) }
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

const kindsOf = async ({ services }: Bench): Promise<readonly string[]> =>
  (await services.records.read('events', { afterId: 0, limit: 1_000 })).map(({ kind }) => kind)

test('a fee is a note: it stays, it is taken back by another, and holds nothing up', async () => {
  const { bench, url } = await begin('STORE_CLOSED')
  const before = await bench.call('GET', url)
  const noted = await bench.call('POST', `${url}/fees`, { body: fee, key: 'fee 1' })
  expect([noted.status, noted.at('amountMinor'), noted.at('withdrawn')]).toEqual([
    201,
    12_345,
    false,
  ])
  const again = await bench.call('POST', `${url}/fees`, { body: fee, key: 'fee 1' })
  expect([again.status, again.at('id')]).toEqual([200, noted.at('id')])
  const other = { body: { ...fee, amountMinor: 1 }, key: 'fee 1' }
  expect((await bench.call('POST', `${url}/fees`, other)).at('code')).toBe('IDEMPOTENCY_MISMATCH')
  const back = `${url}/fees/${String(noted.at('id'))}/withdraw`
  const taken = await bench.call('POST', back, { body: { note: 'paid in cash' } })
  expect(taken.json).toMatchObject({ amountMinor: -12_345, withdraws: noted.at('id') })
  const twice = await bench.call('POST', back, { body: { note: 'paid in cash' } })
  expect([twice.status, twice.at('code')]).toEqual([409, 'ALREADY_DONE'])
  const counter = `${url}/fees/${String(taken.at('id'))}/withdraw`
  const turned = await bench.call('POST', counter, { body: { note: 'no' } })
  expect([turned.status, fieldsOf(turned)]).toEqual([409, ['feeId']])
  const after = await bench.call('GET', url)
  expect(after.at('fees')).toMatchObject([
    { amountMinor: 12_345, withdrawn: true, note: 'unpaid rent', createdBy: 'tester' },
    { amountMinor: -12_345, withdrawn: false, note: 'paid in cash' },
  ])
  expect([after.at('state'), after.at('waitsFor')]).toEqual([
    before.at('state'),
    before.at('waitsFor'),
  ])
  const fees = (await kindsOf(bench)).filter((kind) => kind.startsWith('case.fee'))
  expect(fees).toEqual(['case.fee_noted', 'case.fee_withdrawn'])
})

test('a fee with a bad field names it, and nothing is noted', async () => {
  const { bench, url } = await begin()
  const bad: readonly (readonly [string, object])[] = [
    ['amountMinor', { amountMinor: 0 }],
    ['amountMinor', { amountMinor: 1.5 }],
    ['amountMinor', { amountMinor: caseLimits.feeAmountMinorMax + 1 }],
    ['currency', { currency: 'cny' }],
    ['currency', { currency: 'XXX' }],
    ['kind', { kind: 'gift' }],
    ['note', { note: '' }],
    ['note', { note: 'x'.repeat(caseLimits.noteLettersMax + 1) }],
    ['note', { note: 'card 4111 1111 1111 1111' }],
    ['colour', { colour: 'red' }],
  ]
  for (const [field, over] of bad) {
    const refused = await bench.call('POST', `${url}/fees`, { body: { ...fee, ...over } })
    expect([refused.status, fieldsOf(refused)], JSON.stringify(over)).toEqual([400, [field]])
  }
  expect((await bench.call('GET', url)).at('fees')).toEqual([])
})

test('a case has so many notes of fees, and none of another case', async () => {
  const { bench, id, url } = await begin()
  const uuid = uuidFromText(id) ?? new Uint8Array()
  const row = await bench.services.records.read('case-by-uuid', { uuid })
  for (let n = 0; n < caseLimits.feesMax; n += 1) {
    await bench.services.records.submit('note-fee', {
      ...{ uuid: bench.services.ids.next(), publicId: String(n), caseId: row?.id ?? 0 },
      fee: { kind: 'fee', amountMinor: 1, currency: 'CNY', withdraws: null },
      ...{ terminalId: row?.terminalId ?? 0, note: 'n', actor: 'a', atMs: n },
    })
  }
  const full = await bench.call('POST', `${url}/fees`, { body: fee })
  expect([full.status, full.at('code')]).toEqual([409, 'LIMIT_REACHED'])
  const nobody = `${url}/fees/0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69/withdraw`
  const gone = await bench.call('POST', nobody, { body: { note: 'n' } })
  expect([gone.status, fieldsOf(gone)]).toEqual([404, ['feeId']])
})

test('the agreement is printed from the case, its hash is shown, and a reread is the same bytes', async () => {
  const { bench, url } = await begin()
  expect((await bench.call('GET', url)).at('agreement')).toBeNull()
  const first = await bench.call('GET', `${url}/agreement?lang=en`)
  expect(first.status).toBe(200)
  expect(first.headers['content-type']).toBe('text/html; charset=utf-8')
  for (const said of ['48020000', 'Corner', '898440353110001', '10000017', 'SN-1', '合同到期'])
    expect(first.text).toContain(said)
  for (const said of ['What is erased', 'What is kept', 'For the merchant', '@page{size:A4'])
    expect(first.text).toContain(said)
  expect(first.text).not.toMatch(/<script|javascript:|https?:|src=/)
  bench.advance(60_000)
  expect((await bench.call('GET', `${url}/agreement?lang=en`)).text).toBe(first.text)
  const chinese = await bench.call('GET', `${url}/agreement`)
  expect(chinese.text).toContain('刷卡终端解绑协议')
  const shown = await bench.call('GET', url)
  expect(shown.at('agreement')).toMatchObject({
    version: 1,
    madeBy: 'tester',
    sha256: { en: sha256(first.text), zh: sha256(chinese.text) },
  })
  expect(first.headers['etag']).toBe(`"${sha256(first.text)}"`)
  expect((await kindsOf(bench)).filter((kind) => kind === 'case.agreement_made')).toHaveLength(1)
})

test('what changes makes a new version; the one before stays what it was', async () => {
  const { bench, url } = await begin()
  const first = await bench.call('GET', `${url}/agreement?lang=en`)
  const hostile = { ...fee, kind: 'deposit', note: '<script>alert("1")</script> & \'2\'' }
  const noted = await bench.call('POST', `${url}/fees`, { body: hostile })
  bench.advance(1_000)
  const second = await bench.call('GET', `${url}/agreement?lang=en`)
  expect(second.text).toContain('123.45 CNY')
  expect(second.text).toContain(
    '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;2&#39;',
  )
  expect(second.text).not.toContain('<script')
  await bench.call('POST', `${url}/fees/${String(noted.at('id'))}/withdraw`, {
    body: { note: 'given back' },
  })
  const third = await bench.call('GET', `${url}/agreement?lang=en`)
  expect(third.text).toContain('withdrawn')
  expect((await bench.call('GET', url)).at('agreement')).toMatchObject({ version: 3 })
  const old = await bench.call('GET', `${url}/agreement?lang=en&version=1`)
  expect(old.text).toBe(first.text)
  const none = await bench.call('GET', `${url}/agreement?version=9`)
  expect([none.status, fieldsOf(none)]).toEqual([404, ['version']])
})

test('a merchant reads on his own page what he is to sign, once it was printed', async () => {
  const { bench, url } = await begin()
  const link = await bench.call('POST', `${url}/merchant-link`, { body: { language: 'en' } })
  const path = String(link.at('path'))
  const open = (at: string) => bench.call('GET', at, { token: null })
  expect((await open(path)).text).not.toContain('/agreement')
  expect((await open(`${path}/agreement`)).status).toBe(404)
  const printed = await bench.call('GET', `${url}/agreement?lang=en`)
  expect((await open(path)).text).toContain(`${path}/agreement?lang=en`)
  const read = await open(`${path}/agreement`)
  expect([read.status, read.text]).toEqual([200, printed.text])
  expect(read.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/)
  await bench.call('POST', `/v1/merchant-links/${String(link.at('id'))}/revoke`)
  expect((await open(`${path}/agreement`)).status).toBe(404)
})

test('an agreement asked for with a bad field names it', async () => {
  const { bench, url } = await begin()
  for (const [field, query] of [
    ['lang', '?lang=fr'],
    ['version', '?version=0'],
    ['colour', '?colour=red'],
  ]) {
    const refused = await bench.call('GET', `${url}/agreement${query ?? ''}`)
    expect([refused.status, fieldsOf(refused)]).toEqual([400, [field]])
  }
})

test('once the merchant has confirmed, it is made by itself, and once', async () => {
  const { bench, id, merchantId, url } = await begin('MERCHANT_REQUEST')
  const { records, log, ids, clock } = bench.services
  const row = await records.read('case-by-uuid', { uuid: uuidFromText(id) ?? new Uint8Array() })
  const body = { channel: 'sms', to: '+8613800138000', language: 'zh' }
  const contact = await bench.call('POST', `/v1/merchants/${merchantId}/contacts`, { body })
  const lane = { caseId: row?.id ?? 0, terminalId: row?.terminalId ?? 0 }
  const about = { actor: 'merchant', atMs: clock.now() }
  const codeHash = new Uint8Array(32).fill(5)
  await records.submit('send-code', {
    ...{ ...lane, ...about, codeHash, sn: 'SN-1', sealedCode: new Uint8Array(1) },
    ...{ salt: new Uint8Array(16), noticeUuid: ids.next() },
    contactUuid: uuidFromText(String(contact.at('id'))) ?? new Uint8Array(),
  })
  const live = await records.read('live-code', { caseId: lane.caseId })
  const by = { how: 'code', codeId: live?.id ?? 0, codeHash } as const
  expect(await records.submit('confirm-case', { ...lane, ...about, by })).toMatchObject({
    ok: true,
  })
  const take = makeAgreements({ agreements: createAgreements(bench.services), log })
  const page = { afterId: 0, throughId: 1_000_000, limit: 500, kindPrefix: confirmedPrefix }
  const lines = await records.read('event-views', page)
  expect(lines).toHaveLength(1)
  await take(lines)
  await take(lines)
  const made = (await bench.call('GET', url)).at('agreement')
  expect(made).toMatchObject({ version: 1, madeBy: 'gateway' })
  const english = await bench.call('GET', `${url}/agreement?lang=en`)
  expect(english.text).toContain('by a one-time code')
})

test('an appointment that is moved is told in the merchant’s language, and the page says when it is enough', async () => {
  const { bench, merchantId, url } = await begin('MERCHANT_REQUEST')
  const recorder = createRecorderNotices()
  const { services, scopes } = bench
  const ports = { ...services, timers: systemTimers, beatMs: 10 }
  const loop = createNoticeLoop({ ...ports, notices: recorder, scopes })
  loop.start()
  onTestFinished(() => loop.stop())
  for (const language of ['zh', 'en']) {
    const body = { channel: 'email', to: `${language}@shop.example`, language }
    await bench.call('POST', `/v1/merchants/${merchantId}/contacts`, { body })
  }
  const moved = await bench.call('POST', `${url}/appointment`, {
    body: { startsAt: '2026-03-02T09:30:00.000Z' },
  })
  expect(moved.at('reschedules')).toBe(1)
  const take = tellMerchants({ ...services, nudgeNotices: () => loop.nudge() })
  const page = { afterId: 0, throughId: 1_000_000, limit: 500, kindPrefix: casePrefix }
  await take(await services.records.read('event-views', page))
  const sent = await waitFor(() => Promise.resolve(recorder.sent()[1]), { what: 'two notices' })
  expect(sent.kind).toBe('appointment')
  const texts = Object.fromEntries(recorder.sent().map(({ to, text }) => [to, text]))
  expect(texts['zh@shop.example']).toContain('2026-03-02 17:30（北京时间）')
  expect(texts['en@shop.example']).toContain('not before 2026-03-02 17:30 (UTC+8)')
  const link = await bench.call('POST', `${url}/merchant-link`, { body: { language: 'en' } })
  const path = String(link.at('path'))
  const ask = (hour: number) =>
    bench.call('POST', `${path}/appointment`, {
      ...{ token: null, body: `day=2026-03-03&time=1${String(hour)}:00` },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  for (let n = 1; n < caseLimits.reschedulesMax; n += 1)
    expect((await ask(n)).headers['location']).toContain('said=moved')
  expect((await ask(9)).headers['location']).toContain('said=moved-too-often')
  const shown = await bench.call('GET', `${path}?said=moved-too-often`)
  expect(shown.text).toContain('as often as is possible')
  expect(shown.text).not.toContain('/appointment"')
  const refused = await bench.call('POST', `${url}/appointment`, {
    body: { startsAt: '2026-03-04T09:30:00.000Z' },
  })
  expect([refused.status, refused.at('code')]).toEqual([409, 'LIMIT_REACHED'])
})
