// A case whose reason is the merchant's own wish: it waits for his word, by code or at the counter, and for
// the papers that the reason wants.
import { beforeEach, afterEach, describe, expect, it } from 'vitest'
import {
  caseLimits,
  merchantLimits,
  readWaits,
  type CaseView,
  type InputOf,
} from '@tillgate/gateway'
import { uuidToText } from '@tillgate/protocol'
import { keepPaper } from './case-paper.js'
import { bytes, hash, openStory, stores, type Story } from './story.js'

const rightHash = hash(5)

describe.each(stores)('a merchant’s word, on $name', ({ open }) => {
  let story: Story
  let made = 0
  const uuidOf = (): Uint8Array => bytes((made += 1))

  beforeEach(async () => {
    made = 100
    story = await openStory(open)
    await story.bound()
  })
  afterEach(() => story.close())

  const merchantId = async (): Promise<number> => (await story.liveBindings())[0]?.merchantId ?? 0

  const show = async (uuid: Uint8Array): Promise<CaseView> => {
    const view = await story.records.read('case-by-uuid', { uuid })
    if (view === undefined) throw new Error('no case')
    return view
  }

  const kinds = async (uuid: Uint8Array): Promise<readonly string[]> => {
    const page = { caseId: (await show(uuid)).id, afterId: 0, limit: 100 }
    return (await story.records.read('events-of-case', page)).map(({ kind }) => kind)
  }

  const contact = async (over: Partial<InputOf<'add-contact'>> = {}) => {
    const uuid = uuidOf()
    const answer = await story.records.submit('add-contact', {
      ...{ uuid, publicId: uuidToText(uuid), merchantId: await merchantId(), channel: 'sms' },
      ...{ language: 'zh', masked: '+86***00', sealedTo: bytes(1), actor: 'me', atMs: story.at() },
      ...over,
    })
    return { uuid, answer }
  }

  const begin = async (reason = 'MERCHANT_REQUEST') => {
    const { uuid } = await story.openCase({ reason })
    return { uuid, lane: { caseId: (await show(uuid)).id, terminalId: story.terminalId } }
  }

  type Lane = Awaited<ReturnType<typeof begin>>['lane']

  const check = (lane: Lane) =>
    story.records.submit('move-case', {
      ...{ ...lane, input: { on: 'checked', found: [] }, actor: 'gateway', atMs: story.at() },
    })

  const send = (lane: Lane, contactUuid: Uint8Array, atMs = story.at()) =>
    story.records.submit('send-code', {
      ...{ ...lane, contactUuid, salt: bytes(1), codeHash: rightHash, noticeUuid: uuidOf() },
      ...{ sealedCode: bytes(2), sn: 'SN-1', actor: 'me', atMs },
    })

  const tryCode = async (lane: Lane, codeHash = rightHash, atMs = story.at()) => {
    const live = await story.records.read('live-code', { caseId: lane.caseId })
    const by = { how: 'code', codeId: live?.id ?? 0, codeHash } as const
    return story.records.submit('confirm-case', { ...lane, by, actor: 'ana', atMs })
  }

  it('is waited for, whatever else was found, and never waived', async () => {
    const { uuid, lane } = await begin()
    await check(lane)
    const row = await show(uuid)
    expect([row.state, readWaits(row.waitsFor), row.dueAtMs]).toEqual([
      'BLOCKED',
      ['MERCHANT_UNCONFIRMED'],
      null,
    ])
    const waiver = { on: 'waived', code: 'MERCHANT_UNCONFIRMED', who: 'ana', why: 'known' } as const
    const act = { ...lane, input: waiver, actor: 'ana', atMs: story.at() }
    expect(await story.records.submit('move-case', act)).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('by the code lets the case look again, once, with a line and no code in it', async () => {
    const { uuid, lane } = await begin()
    await check(lane)
    await send(lane, (await contact()).uuid)
    expect(await tryCode(lane)).toMatchObject({ ok: true, moved: true, state: 'PRECHECK' })
    const row = await show(uuid)
    expect(row).toMatchObject({ confirmedHow: 'code', confirmedBy: 'ana', state: 'PRECHECK' })
    expect(await tryCode(lane)).toMatchObject({ ok: false, code: 'ALREADY_DONE' })
    await check(lane)
    expect((await show(uuid)).state).toBe('AWAITING_APPROVAL')
    expect(await kinds(uuid)).toEqual([
      'case.opened',
      'case.blocked',
      'case.code_sent',
      'case.confirmed',
      'case.awaiting_approval',
    ])
  })

  it('that came while the host was still being asked is not waited for afterwards', async () => {
    const { uuid, lane } = await begin()
    await send(lane, (await contact()).uuid)
    expect(await tryCode(lane)).toMatchObject({ ok: true, state: 'OPENED' })
    await check(lane)
    expect((await show(uuid)).state).toBe('AWAITING_APPROVAL')
  })

  it('a wrong code counts, and the fifth ends it, for the right one too', async () => {
    const { uuid, lane } = await begin()
    await send(lane, (await contact()).uuid)
    for (let tries = 0; tries < merchantLimits.codeTriesMax; tries += 1) {
      expect(await tryCode(lane, hash(6))).toMatchObject({ ok: false, code: 'CODE_REFUSED' })
    }
    expect(await tryCode(lane)).toMatchObject({ ok: false, code: 'CODE_REFUSED' })
    const refused = (await kinds(uuid)).filter((kind) => kind === 'case.code_refused')
    expect(refused).toHaveLength(merchantLimits.codeTriesMax)
    expect(await show(uuid)).toMatchObject({ confirmedAtMs: null })
  })

  it('a code is worth nothing after its time, nor once another was sent', async () => {
    const { lane } = await begin()
    const { uuid: contactUuid } = await contact()
    const sent = await send(lane, contactUuid)
    if (!sent.ok) throw new Error(sent.code)
    const late = await tryCode(lane, rightHash, sent.expiresAtMs)
    expect(late).toMatchObject({ ok: false, code: 'CODE_REFUSED' })
    const first = await story.records.read('live-code', { caseId: lane.caseId })
    await send(lane, contactUuid)
    const by = { how: 'code', codeId: first?.id ?? 0, codeHash: rightHash } as const
    const early = { ...lane, by, actor: 'ana', atMs: story.at() }
    expect(await story.records.submit('confirm-case', early)).toMatchObject({ ok: false })
    expect(await tryCode(lane)).toMatchObject({ ok: true })
  })

  it('is asked for only so often an hour, of the merchant’s own contacts, where it is wanted', async () => {
    const { lane } = await begin()
    const { uuid: contactUuid } = await contact()
    const atMs = story.at()
    for (let n = 0; n < merchantLimits.codesPerHourMax; n += 1) {
      expect(await send(lane, contactUuid, atMs)).toMatchObject({ ok: true })
    }
    expect(await send(lane, contactUuid, atMs)).toMatchObject({ code: 'RATE_LIMITED' })
    const later = atMs + merchantLimits.codesWindowMs
    expect(await send(lane, contactUuid, later)).toMatchObject({ ok: true })
    expect(await send(lane, bytes(99), later)).toMatchObject({ code: 'NOT_FOUND' })
    const ended = { uuid: contactUuid, merchantId: await merchantId(), actor: 'me', atMs: later }
    expect(await story.records.submit('end-contact', ended)).toEqual({ ok: true })
    expect(await send(lane, contactUuid, later)).toMatchObject({ field: 'contactId' })
    const gone = await story.records.read('contact-by-uuid', { uuid: contactUuid })
    expect(gone).toMatchObject({ live: 0, sealedTo: null, endedBy: 'me' })
  })

  it('is not wanted for a reason that is not the merchant’s', async () => {
    const { lane } = await begin('BUSINESS_ADJUSTMENT')
    const { uuid: contactUuid } = await contact()
    expect(await send(lane, contactUuid)).toMatchObject({ code: 'ILLEGAL_STATE' })
  })

  const paper = (caseUuid: Uint8Array, kind: string): Promise<Uint8Array> =>
    keepPaper(story, { uuid: uuidOf(), caseUuid, kind })

  const letIn = async (login: string, roles: string): Promise<number> => {
    const uuid = uuidOf()
    const about = { actor: 'admin', atMs: story.at() }
    await story.records.submit('create-user', {
      ...{ uuid, publicId: uuidToText(uuid), login, name: login, roles, agentId: null, ...about },
      ...{ acquirerCode: null, activationHash: hash(made), activationEndsAtMs: story.at() },
    })
    return (await story.records.read('user-by-login', { login }))?.id ?? 0
  }

  it('at the counter wants the signed form of this very case, and no approver', async () => {
    const { uuid, lane } = await begin()
    await check(lane)
    const userId = await letIn('agent', 'maker')
    const other = await paper(uuid, 'business-licence')
    const atCounter = (formUuid: Uint8Array, who = userId) =>
      story.records.submit('confirm-case', {
        ...{ ...lane, actor: 'agent', atMs: story.at() },
        by: { how: 'counter', userId: who, identity: 'identity-card', formUuid },
      })
    expect(await atCounter(other)).toMatchObject({ code: 'NOT_FOUND', field: 'formDocumentId' })
    const form = await paper(uuid, 'application-form')
    const approver = await letIn('both', 'approver maker')
    expect(await atCounter(form, approver)).toMatchObject({ code: 'APPROVER_AT_COUNTER' })
    expect(await atCounter(form)).toMatchObject({ ok: true, state: 'PRECHECK' })
    expect(await show(uuid)).toMatchObject({ confirmedHow: 'counter', confirmedByUserId: userId })
  })

  it('papers that the reason wants are waited for, and the last one lets it look again', async () => {
    const { uuid, lane } = await begin('CONTRACT_ENDED')
    await check(lane)
    expect(readWaits((await show(uuid)).waitsFor)).toEqual(['DOCUMENT_MISSING'])
    await paper(uuid, 'inspection-photo')
    expect((await show(uuid)).state).toBe('BLOCKED')
    await paper(uuid, 'closing-agreement')
    expect((await show(uuid)).state).toBe('PRECHECK')
    await check(lane)
    expect((await show(uuid)).state).toBe('AWAITING_APPROVAL')
  })

  it('what carries the code is due until it is known what became of it, and keeps no code then', async () => {
    const { lane } = await begin()
    await send(lane, (await contact()).uuid)
    const due = () => story.records.read('due-notices', { nowMs: story.at(), limit: 10 })
    const [notice] = await due()
    expect(notice).toMatchObject({ kind: 'code', channel: 'sms', attempts: 0, masked: '+86***00' })
    const about = { noticeId: notice?.id ?? 0, channel: 'sms' }
    const record = (answer: InputOf<'record-notice'>['answer'], atMs = story.at()) =>
      story.records.submit('record-notice', { ...about, answer, atMs })
    expect(await record('unknown')).toEqual({ ok: true, state: 'WAITING' })
    expect(await due()).toEqual([])
    expect(await record('sent')).toEqual({ ok: true, state: 'SENT' })
    expect(await record('refused')).toEqual({ ok: true, state: 'SENT' })
    const page = { merchantId: await merchantId(), afterId: 0, limit: 10 }
    expect(await story.records.read('notices', page)).toMatchObject([
      { state: 'SENT', attempts: 2, sealedCode: null, dueAtMs: null },
    ])
  })

  it('a notice whose time is over is given up', async () => {
    const { lane } = await begin()
    const sent = await send(lane, (await contact()).uuid)
    if (!sent.ok) throw new Error(sent.code)
    const [notice] = await story.records.read('due-notices', { nowMs: story.at(), limit: 10 })
    const late = { noticeId: notice?.id ?? 0, channel: 'sms', atMs: sent.expiresAtMs }
    const answer = await story.records.submit('record-notice', { ...late, answer: 'unknown' })
    expect(answer).toEqual({ ok: true, state: 'GIVEN_UP' })
  })

  it('his page is his own: no other’s case, none that he is told nothing of, and one for good', async () => {
    const { uuid: caseUuid, lane } = await begin()
    const make = async (over: Partial<InputOf<'make-link'>> = {}) => {
      const uuid = uuidOf()
      const link = { uuid, merchantId: await merchantId(), caseId: null, tokenHash: hash(made) }
      const about = { language: 'zh', expiresAtMs: story.at() + 1_000, actor: 'me' } as const
      const made2 = { ...link, ...about, atMs: story.at(), ...over }
      return { uuid, hash: link.tokenHash, answer: await story.records.submit('make-link', made2) }
    }
    const { uuid, hash: tokenHash, answer } = await make()
    expect(answer).toEqual({ ok: true })
    expect((await make({ merchantId: 9_999 })).answer).toMatchObject({ code: 'NOT_FOUND' })
    const attach = (caseId: number) =>
      story.records.submit('attach-link', { uuid, caseId, actor: 'merchant', atMs: story.at() })
    expect(await attach(9_999)).toMatchObject({ code: 'NOT_FOUND' })
    expect(await attach(lane.caseId)).toEqual({ ok: true })
    expect(await attach(lane.caseId)).toEqual({ ok: true })
    expect(await story.records.read('link-by-hash', { tokenHash })).toMatchObject({ caseUuid })
    const cancelled = { ...lane, actor: 'ana', atMs: story.at() }
    await story.records.submit('cancel-case', cancelled)
    const quiet = await begin('FRAUD')
    expect(await attach(quiet.lane.caseId)).toMatchObject({ code: 'CONFLICT' })
    const { caseId } = quiet.lane
    expect((await make({ caseId })).answer).toMatchObject({ code: 'ILLEGAL_STATE' })
    const revoked = { uuid, actor: 'me', atMs: story.at() }
    expect(await story.records.submit('revoke-link', revoked)).toEqual({ ok: true })
    const shown = await story.records.read('link-by-uuid', { uuid })
    expect(shown).toMatchObject({ revokedBy: 'me', revokedAtMs: revoked.atMs })
  })

  it('another appointment holds before the order, ahead, and before the deadline', async () => {
    const { uuid, lane } = await begin('BUSINESS_ADJUSTMENT')
    const moveTo = (startsAtMs: number) =>
      story.records.submit('move-case', {
        ...{ ...lane, actor: 'ana', atMs: story.at() },
        input: { on: 'rescheduled', startsAtMs },
      })
    const { startsAtMs, deadlineMs } = await show(uuid)
    expect(await moveTo(startsAtMs + 3_600_000)).toMatchObject({ ok: true, moved: true })
    expect(await moveTo(startsAtMs)).toMatchObject({ code: 'VALIDATION' })
    expect(await moveTo(deadlineMs)).toMatchObject({ code: 'VALIDATION' })
    expect(await show(uuid)).toMatchObject({ startsAtMs: startsAtMs + 3_600_000, reschedules: 1 })
  })

  it('an appointment is moved so many times and no more, and the same one again is none', async () => {
    const { uuid, lane } = await begin()
    const { startsAtMs } = await show(uuid)
    const moveTo = (inHours: number) =>
      story.records.submit('move-case', {
        ...{ ...lane, actor: 'merchant', atMs: story.at() },
        input: { on: 'rescheduled', startsAtMs: startsAtMs + inHours * 3_600_000 },
      })
    for (let n = 1; n <= caseLimits.reschedulesMax; n += 1) {
      expect(await moveTo(n)).toMatchObject({ ok: true, moved: true })
      expect(await moveTo(n)).toMatchObject({ ok: true, moved: false })
    }
    expect(await moveTo(20)).toMatchObject({ ok: false, code: 'LIMIT_REACHED' })
    expect(await show(uuid)).toMatchObject({ reschedules: caseLimits.reschedulesMax })
  })

  it('a merchant has so many contacts and no more', async () => {
    for (let n = 0; n < merchantLimits.contactsPerMerchantMax; n += 1) await contact()
    expect((await contact()).answer).toMatchObject({ ok: false, code: 'QUEUE_FULL' })
    expect((await contact({ merchantId: 9_999 })).answer).toMatchObject({ code: 'NOT_FOUND' })
  })
})
