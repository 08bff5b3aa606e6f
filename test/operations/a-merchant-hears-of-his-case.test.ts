// What a merchant hears of his case: each thing once to each contact that is live, in order, so often a day,
// and nothing where the reason says so.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createEventReader,
  casePrefix,
  merchantLimits,
  statusNoticesReader,
  systemTimers,
  tellMerchants,
  type InputOf,
  type NoticeView,
} from '@tillgate/gateway'
import { ascii, uuidToText } from '@tillgate/protocol'
import { quietLog } from '../contract/records/quiet.js'
import { waitFor } from '../ground/index.js'
import { keepPaper } from './case-paper.js'
import { bytes, openStory, stores, type Story } from './story.js'

const hourMs = 3_600_000
type Told = InputOf<'tell-merchant'>

describe.each(stores)('of his case a merchant hears, on $name', ({ open }) => {
  let story: Story
  let merchantId: number
  let made = 0
  const uuidOf = (): Uint8Array => bytes((made += 1))

  beforeEach(async () => {
    made = 100
    story = await openStory(open)
    await story.bound()
    merchantId = (await story.liveBindings())[0]?.merchantId ?? 0
  })
  afterEach(() => story.close())

  const contact = async () => {
    const uuid = uuidOf()
    await story.records.submit('add-contact', {
      ...{ uuid, publicId: uuidToText(uuid), merchantId, channel: 'sms', language: 'zh' },
      ...{ masked: '+86***00', sealedTo: bytes(1), actor: 'me', atMs: story.at() },
    })
    const row = await story.records.read('contact-by-uuid', { uuid })
    return { uuid, id: row?.id ?? 0 }
  }

  const endContact = (uuid: Uint8Array) =>
    story.records.submit('end-contact', { uuid, merchantId, actor: 'me', atMs: story.at() })

  const begin = async (reason = 'MERCHANT_REQUEST', over = {}) => {
    const { uuid } = await story.openCase({ reason, ...over })
    const row = await story.records.read('case-by-uuid', { uuid })
    return { caseId: row?.id ?? 0, terminalId: story.terminalId }
  }
  type Lane = Awaited<ReturnType<typeof begin>>

  const move = (lane: Lane, input: InputOf<'move-case'>['input']) =>
    story.records.submit('move-case', { ...lane, input, actor: 'ana', atMs: story.at() })

  const cancel = (lane: Lane) =>
    story.records.submit('cancel-case', { ...lane, actor: 'ana', atMs: story.at() })

  const tell = (lane: Lane, contactId: number, over: Partial<Told> = {}) =>
    story.records.submit('tell-merchant', {
      ...{ ...lane, contactId, noticeUuid: uuidOf(), cause: `event:${String(made)}`, sn: 'SN-1' },
      ...{ kind: 'appointment', startsAtMs: null, atMs: story.at(), ...over },
    })

  const notices = (): Promise<readonly NoticeView[]> =>
    story.records.read('notices', { merchantId, afterId: 0, limit: 100 })

  const kinds = async () => (await notices()).map(({ kind }) => kind)

  /** The whole ledger, as the reader hands it on. */
  const readAll = async (ports: { now?: number } = {}) => {
    const head = await story.records.read('event-head', {})
    const page = { afterId: 0, throughId: head.position, limit: 500, kindPrefix: casePrefix }
    const take = tellMerchants({
      records: story.records,
      clock: { now: () => ports.now ?? story.at(), monotonic: () => 0 },
      ids: { next: uuidOf },
      log: quietLog(),
      nudgeNotices: () => undefined,
    })
    await take(await story.records.read('event-views', page))
  }

  it('the appointment, moved or made, and how it ended, each once however often it is read', async () => {
    const [one, other] = [await contact(), await contact()]
    const startsAtMs = story.at() + 24 * hourMs
    const lane = await begin('MERCHANT_REQUEST', {
      startsAtMs,
      deadlineMs: startsAtMs + 48 * hourMs,
    })
    await move(lane, { on: 'rescheduled', startsAtMs: startsAtMs + hourMs })
    await cancel(lane)
    await readAll()
    await readAll()
    const heard = await notices()
    expect(heard.map(({ kind, contactId }) => [kind, contactId])).toEqual(
      ['appointment', 'appointment', 'cancelled'].flatMap((kind) => [
        [kind, one.id],
        [kind, other.id],
      ]),
    )
    expect(heard.map(({ data }) => JSON.parse(data) as unknown)).toContainEqual({
      sn: 'SN-1',
      startsAtMs: startsAtMs + hourMs,
    })
    // Nothing was sent yet, so what is not true any more never is.
    expect(heard.map(({ state }) => state)).toEqual([
      'GIVEN_UP',
      'GIVEN_UP',
      'GIVEN_UP',
      'GIVEN_UP',
      'WAITING',
      'WAITING',
    ])
  })

  it('the newest word last: what waits while the port is down and was overtaken is not sent', async () => {
    const { id } = await contact()
    const lane = await begin()
    await tell(lane, id, { kind: 'postponed' })
    await tell(lane, id, { kind: 'accepted' })
    await tell(lane, id)
    const states = async () => (await notices()).map(({ kind, state }) => [kind, state])
    expect(await states()).toEqual([
      ['postponed', 'WAITING'],
      ['accepted', 'GIVEN_UP'],
      ['appointment', 'WAITING'],
    ])
    const [first] = await notices()
    const sent = { noticeId: first?.id ?? 0, channel: 'sms', answer: 'sent' } as const
    await story.records.submit('record-notice', { ...sent, atMs: story.at() })
    await tell(lane, id, { kind: 'done' })
    expect(await states()).toEqual([
      ['postponed', 'SENT'],
      ['accepted', 'GIVEN_UP'],
      ['appointment', 'GIVEN_UP'],
      ['done', 'WAITING'],
    ])
    const due = await story.records.read('due-notices', { nowMs: story.at(), limit: 10 })
    expect(due.map(({ kind }) => kind)).toEqual(['done'])
  })

  it('that it was accepted, or refused', async () => {
    await contact()
    const lane = await begin('BUSINESS_ADJUSTMENT')
    await move(lane, { on: 'checked', found: [] })
    const approvalUuid = await story.granted()
    const act = { ...lane, approvalUuid, actor: 'gateway', atMs: story.at() }
    expect(await story.records.submit('approve-case', act)).toMatchObject({ ok: true })
    await cancel(lane)
    const next = await begin('STORE_CLOSED')
    await move(next, { on: 'checked', found: [] })
    await move(next, { on: 'rejected' })
    await readAll()
    // Of the second he had heard nothing, and it was no wish of his.
    expect(await kinds()).toEqual(['accepted', 'cancelled'])
  })

  it('nothing through a contact that has ended, or another merchant’s', async () => {
    const gone = await contact()
    await endContact(gone.uuid)
    const lane = await begin()
    expect(await tell(lane, gone.id)).toEqual({ told: false, because: 'ENDED' })
    expect(await tell(lane, 9_999)).toEqual({ told: false, because: 'NOT_FOUND' })
    await cancel(lane)
    await readAll()
    expect(await notices()).toEqual([])
  })

  it('of a quiet case nothing before its end, and of some not even that', async () => {
    const { id } = await contact()
    const risk = await begin('RISK_CONTROL')
    for (const kind of ['accepted', 'appointment', 'postponed', 'refused', 'cancelled'] as const)
      expect(await tell(risk, id, { kind })).toEqual({ told: false, because: 'QUIET' })
    expect(await tell(risk, id, { kind: 'done' })).toEqual({ told: true })
    await cancel(risk)
    const fraud = await begin('FRAUD')
    for (const kind of ['done', 'forced', 'cancelled'] as const)
      expect(await tell(fraud, id, { kind })).toEqual({ told: false, because: 'QUIET' })
    expect(await kinds()).toEqual(['done'])
  })

  it('nothing of a close that a court or the police wanted, whatever the reason of the case', async () => {
    const { id } = await contact()
    const lane = await begin('BUSINESS_ADJUSTMENT')
    await move(lane, { on: 'checked', found: [] })
    const [row] = await story.records.read('cases', { afterId: 0, limit: 1 })
    if (row === undefined) throw new Error('no case')
    const document = uuidToText(
      await keepPaper(story, { uuid: uuidOf(), caseUuid: row.uuid, kind: 'court-order' }),
    )
    const about = { case: uuidToText(row.uuid), document }
    const parameters = { ...about, reason: 'FORCE_COURT_OR_POLICE', withoutSettlement: true }
    const subject = ascii(JSON.stringify({ parameters }))
    const approvalUuid = await story.granted({ kind: 'force-close', subject })
    const act = { ...lane, approvalUuid, actor: 'gateway', atMs: story.at() }
    const forced = await story.records.submit('force-case', act)
    expect(forced).toMatchObject({ ok: true, state: 'FORCED' })
    expect(await tell(lane, id, { kind: 'forced' })).toEqual({ told: false, because: 'QUIET' })
  })

  it('only so much a day, with room kept for how it ended', async () => {
    const { id } = await contact()
    const lane = await begin()
    const atMs = story.at()
    const { statusNoticesPerDayMax: most, endingNoticesPerDay: kept } = merchantLimits
    for (let n = 0; n < most - kept; n += 1)
      expect(await tell(lane, id, { atMs })).toEqual({ told: true })
    const tooOften = { told: false, because: 'RATE_LIMITED' }
    expect(await tell(lane, id, { atMs })).toEqual(tooOften)
    for (let n = 0; n < kept; n += 1)
      expect(await tell(lane, id, { atMs, kind: 'cancelled' })).toEqual({ told: true })
    expect(await tell(lane, id, { atMs, kind: 'cancelled' })).toEqual(tooOften)
    const nextDay = atMs + merchantLimits.statusNoticesWindowMs
    expect(await tell(lane, id, { atMs: nextDay })).toEqual({ told: true })
  })

  it('each cause once, also where two nodes read it at once, and leaves a line', async () => {
    const { id } = await contact()
    const lane = await begin()
    const answers = await Promise.all(
      [1, 2].map(() => tell(lane, id, { cause: 'event:7', kind: 'accepted' })),
    )
    expect(answers).toContainEqual({ told: true })
    expect(answers).toContainEqual({ told: false, because: 'ALREADY_DONE' })
    const page = { caseId: lane.caseId, afterId: 0, limit: 100 }
    const lines = await story.records.read('events-of-case', page)
    const written = lines.filter(({ kind }) => kind === 'notice.written')
    expect(written.map(({ data }) => JSON.parse(data) as unknown)).toMatchObject([
      { kind: 'accepted', cause: 'event:7', channel: 'sms', to: '+86***00' },
    ])
  })

  it('one truth where a try ends while its words are overtaken', async () => {
    const { id } = await contact()
    const lane = await begin()
    for (let n = 0; n < 3; n += 1) {
      await tell(lane, id, { kind: 'appointment', atMs: story.at() + n * 24 * hourMs })
      const waiting = (await notices()).find(({ state }) => state === 'WAITING')
      const tried = { noticeId: waiting?.id ?? 0, channel: 'sms', answer: 'unknown' } as const
      await Promise.all([
        story.records.submit('record-notice', { ...tried, atMs: story.at() }),
        tell(lane, id, { atMs: story.at() + n * 24 * hourMs }),
      ])
      const now = await notices()
      expect(now.filter(({ state }) => state === 'WAITING')).toHaveLength(1)
      expect(now.find(({ id: one }) => one === waiting?.id)).toMatchObject({
        ...{ state: 'GIVEN_UP', dueAtMs: null },
      })
    }
  })

  it('nothing of what lies too far back, where a reader begins late', async () => {
    await contact()
    await cancel(await begin())
    await readAll({ now: story.at() + merchantLimits.noticePatienceMs + 100 })
    expect(await notices()).toEqual([])
  })
})

it('a reader in the loops of a node tells it by itself', async () => {
  const story = await openStory()
  await story.bound()
  const merchantId = (await story.liveBindings())[0]?.merchantId ?? 0
  const uuid = bytes(200)
  await story.records.submit('add-contact', {
    ...{ uuid, publicId: uuidToText(uuid), merchantId, channel: 'email', language: 'en' },
    ...{ masked: 'a***@b', sealedTo: bytes(1), actor: 'me', atMs: story.at() },
  })
  let nudged = 0
  const ports = {
    ...{ records: story.records as never, timers: systemTimers, log: quietLog(), beatMs: 5 },
    ...{ clock: { now: () => story.at(), monotonic: () => 0 }, ids: { next: () => bytes(201) } },
  }
  const take = tellMerchants({ ...ports, nudgeNotices: () => (nudged += 1) })
  const reading = { reader: statusNoticesReader, kindPrefix: casePrefix, take }
  const reader = createEventReader({ ...ports, ...reading })
  reader.start()
  const { uuid: caseUuid } = await story.openCase({ reason: 'MERCHANT_REQUEST' })
  const row = await story.records.read('case-by-uuid', { uuid: caseUuid })
  const lane = { caseId: row?.id ?? 0, terminalId: story.terminalId }
  await story.records.submit('cancel-case', { ...lane, actor: 'ana', atMs: story.at() })
  await waitFor(() => Promise.resolve(nudged > 0), { what: 'a nudge of the outbox' })
  const heard = await story.records.read('notices', { merchantId, afterId: 0, limit: 10 })
  expect(heard).toMatchObject([{ kind: 'cancelled', channel: 'email', state: 'WAITING' }])
  await reader.stop()
  await story.close()
})
