// A terminal whose case was closed by force appears again: the first and only thing that it gets is the erase.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { ascii, uuidToText } from '@tillgate/protocol'
import { bytes, openStory, stores, type Story } from './story.js'

const hourMs = 3_600_000

describe.each(stores)('$name', ({ open }) => {
  let story: Story
  let seqFirst: number
  let uuid: Uint8Array
  let caseId: number

  const show = async () => {
    const row = await story.records.read('case-by-uuid', { uuid })
    if (row === undefined) throw new Error('no case')
    return row
  }
  const forced = () => story.records.read('forced-close', { caseId })
  const lateComers = () => story.records.read('late-comers', { afterId: 0, limit: 10 })
  const epochs = { bindingEpoch: 1 }
  const about = () => ({ caseId, terminalId: story.terminalId, atMs: story.at() })

  /** Lost before anything was ordered; two persons have closed its case. */
  const closeByForce = async () => {
    const parameters = { case: uuidToText(uuid), document: null, reason: 'FORCE_DEVICE_LOST' }
    const said = { parameters: { ...parameters, withoutSettlement: true } }
    const subject = ascii(JSON.stringify(said))
    const approvalUuid = await story.granted({ kind: 'force-close', subject })
    await story.records.submit('force-case', { ...about(), approvalUuid, actor: 'gateway' })
    const begun = await story.records.submit('begin-forced-block', about())
    if (!begun.ok) throw new Error(begun.code)
    const { callNumber } = begun
    const answer = { callNumber, answer: 'blocked', seenNumber: 0 } as const
    await story.records.submit('record-forced-block', { ...about(), ...answer })
  }

  let ordered = 0
  const orderErase = async (over = {}) => {
    ordered += 1
    const id = bytes(100 + ordered)
    const atMs = story.at()
    const answer = await story.records.submit('order-erase', {
      ...{ caseId, terminalId: story.terminalId, uuid: id, publicId: uuidToText(id) },
      ...{ payload: bytes(7), notAfterMs: atMs + 24 * hourMs, atMs, ...over },
    })
    return { id, answer }
  }

  /** Connected, ordered, claimed. */
  const erasing = async () => {
    const session = await story.hello(epochs)
    const { id, answer } = await orderErase()
    expect(answer).toMatchObject({ ok: true })
    await story.claim(id, session.seqFirst + 1)
    return id
  }

  beforeEach(async () => {
    ordered = 0
    story = await openStory(open)
    seqFirst = (await story.bound()).seqFirst
    uuid = (await story.openCase()).uuid
    caseId = (await show()).id
  })
  afterEach(() => story.close())

  it('erases without the host: its TID may be somebody else’s by now', async () => {
    await closeByForce()
    const id = await erasing()
    expect(await story.ready(id, 5)).toMatchObject({ ok: true, moved: true })
    expect(await story.show(id)).toMatchObject({
      ...{ phase: 'tid_blocking', hostAnswer: 'blocked', tidMayBeBlocked: 0, hostCallNumber: null },
    })
    expect(await story.records.read('host-work', { afterId: 0, limit: 10 })).toEqual([])
    expect(await story.proceed(id, 5, { seq: seqFirst + 2_000 })).toMatchObject({ code: 'FENCED' })
    expect(await story.proceed(id, 5, { seq: (await story.show(id)).seq! + 1 })).toMatchObject({
      ok: true,
    })
    expect(await story.prove(id, 5)).toMatchObject({ ok: true, moved: true })
    expect(await forced()).toMatchObject({ pending: 0, erasedBy: 'proof', eraseOrders: 1 })
    expect(await story.terminal()).toMatchObject({ state: 'IN_STOCK' })
    const ended = { terminalId: story.terminalId, live: 0 as const, afterId: 0, limit: 5 }
    const [binding] = await story.records.read('bindings', ended)
    expect(binding).toMatchObject({ state: 'RELEASED' })
    const told = { ...about(), actor: 'registry', input: { on: 'deregistered' } as const }
    await story.records.submit('move-case', told)
    expect(await show()).toMatchObject({ state: 'CLOSED', open: 0, waitsFor: '[]' })
    expect((await orderErase()).answer).toMatchObject({ code: 'ILLEGAL_STATE' })
  })

  it('a release gives the attempt back and opens no TID', async () => {
    await closeByForce()
    const id = await erasing()
    await story.ready(id, 5)
    await story.release(id, 5)
    expect(await story.show(id)).toMatchObject({ state: 'queued', phase: null, open: 1 })
    expect(await story.records.read('host-work', { afterId: 0, limit: 10 })).toEqual([])
    expect(await show()).toMatchObject({ state: 'CLOSED_UNPROVEN' })
  })

  it('is met once it is in session, and while none is under way', async () => {
    await closeByForce()
    expect(await lateComers()).toMatchObject([{ caseId, terminalId: story.terminalId }])
    await erasing()
    expect(await lateComers()).toEqual([])
    expect((await orderErase()).answer).toMatchObject({ code: 'COMMAND_IN_FLIGHT' })
  })

  it('is asked again after one that ended without a proof, and ever later', async () => {
    await closeByForce()
    const id = await erasing()
    await story.cancel(id)
    const { seq } = await story.show(id)
    await story.release(id, null, { abortSeq: seq! + 1 })
    expect(await story.show(id)).toMatchObject({ state: 'cancelled', open: 0 })
    expect((await orderErase()).answer).toMatchObject({ code: 'COMMAND_IN_FLIGHT' })
    const later = { atMs: story.at() + 60_000 }
    expect((await orderErase(later)).answer).toMatchObject({ ok: true })
    expect(await forced()).toMatchObject({ eraseOrders: 2, pending: 1 })
  })

  it('gets nothing else: what was ordered before is superseded, and nothing more is taken', async () => {
    const before = await story.order('SelfTest')
    await closeByForce()
    expect(await story.show(before.id)).toMatchObject({ state: 'superseded', open: 0 })
    expect((await story.order('SelfTest')).answer).toMatchObject({ code: 'ILLEGAL_STATE' })
    expect((await story.order('Lock')).answer).toMatchObject({ code: 'ILLEGAL_STATE' })
    const { answer } = await story.bind({ tid: 'TID00002' })
    expect(answer).toMatchObject({ code: 'ILLEGAL_STATE' })
  })

  it('nothing is erased for a case that was not closed by force', async () => {
    await story.hello(epochs)
    expect((await orderErase()).answer).toMatchObject({ code: 'NOT_FOUND' })
    await closeByForce()
    const elsewhere = { caseId: caseId + 1 }
    expect((await orderErase(elsewhere)).answer).toMatchObject({ code: 'NOT_FOUND' })
  })
})
