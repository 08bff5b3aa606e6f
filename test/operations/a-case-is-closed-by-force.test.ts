import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { ascii, uuidToText } from '@tillgate/protocol'
import { bytes, openStory, stores, type Story } from './story.js'

describe.each(stores)('$name', ({ open }) => {
  let story: Story
  let seqFirst: number

  beforeEach(async () => {
    story = await openStory(open)
    seqFirst = (await story.bound()).seqFirst
  })
  afterEach(() => story.close())

  const show = async (uuid: Uint8Array) => {
    const row = await story.records.read('case-by-uuid', { uuid })
    if (row === undefined) throw new Error('no case')
    return row
  }

  const forcedOf = async (uuid: Uint8Array) =>
    story.records.read('forced-close', { caseId: (await show(uuid)).id })

  const checked = async (uuid: Uint8Array) => {
    const { id: caseId, terminalId } = await show(uuid)
    const input = { on: 'checked', found: [] } as const
    await story.records.submit('move-case', {
      ...{ caseId, terminalId, input, actor: 'ana', atMs: story.at() },
    })
  }

  /** Approved, ordered, claimed. */
  const dispatched = async () => {
    const { uuid } = await story.openCase()
    await checked(uuid)
    const { id: caseId, terminalId } = await show(uuid)
    const approvalUuid = await story.granted()
    const act = { caseId, terminalId, approvalUuid, actor: 'gateway', atMs: story.at() }
    await story.records.submit('approve-case', act)
    const { id } = await story.orderCase(await show(uuid))
    await story.claim(id, seqFirst + 1)
    return { uuid, id }
  }

  const proceeded = async () => {
    const { uuid, id } = await dispatched()
    await story.ready(id, 1)
    const call = await story.callHost(id)
    if (!call.ok) throw new Error(call.code)
    await story.hostSaid(id, call.callNumber, 'blocked')
    await story.proceed(id, 1)
    await story.records.submit('note-time', {
      commandId: (await story.show(id)).id,
      over: 'proceed-silent',
      atMs: story.at(),
    })
    return { uuid, id, callNumber: call.callNumber }
  }

  /** Two persons have said so, about this case. */
  const granted = (uuid: Uint8Array, reason = 'FORCE_DEVICE_LOST') => {
    const about = { case: uuidToText(uuid), document: null, reason, withoutSettlement: true }
    const subject = ascii(JSON.stringify({ parameters: about }))
    return story.granted({ kind: 'force-close', subject })
  }

  const force = async (uuid: Uint8Array, approvalUuid: Uint8Array) => {
    const { id: caseId, terminalId } = await show(uuid)
    const act = { caseId, terminalId, approvalUuid, actor: 'gateway', atMs: story.at() }
    return story.records.submit('force-case', act)
  }

  const callForGood = async (uuid: Uint8Array) => {
    const { id: caseId, terminalId } = await show(uuid)
    const begun = await story.records.submit('begin-forced-block', {
      ...{ caseId, terminalId },
      atMs: story.at(),
    })
    if (!begun.ok) throw new Error(begun.code)
    return begun.callNumber
  }

  const hostSays = async (
    uuid: Uint8Array,
    callNumber: number,
    answer: 'blocked' | 'refused' | 'stale' | 'unavailable',
    seenNumber = 0,
  ) => {
    const { id: caseId, terminalId } = await show(uuid)
    return story.records.submit('record-forced-block', {
      ...{ caseId, terminalId, callNumber, answer, seenNumber },
      atMs: story.at(),
    })
  }

  it('ends its command as of unknown outcome, blocks the TID, and claims no erase', async () => {
    const { uuid, id } = await dispatched()
    const approvalUuid = await granted(uuid)
    const page = { nowMs: story.at(), afterId: 0, limit: 10 }
    const { id: caseId, terminalId } = await show(uuid)
    const found = await story.records.read('forceable-cases', page)
    expect(found).toEqual([{ caseId, terminalId, approvalUuid }])
    expect(await force(uuid, approvalUuid)).toMatchObject({ ok: true, state: 'FORCED' })
    expect(await story.show(id)).toMatchObject({ state: 'superseded', outcomeUnknown: 1, open: 0 })
    expect((await story.liveBindings())[0]).toMatchObject({ state: 'RELEASING', live: 1 })
    await hostSays(uuid, await callForGood(uuid), 'blocked')
    expect(await show(uuid)).toMatchObject({ state: 'CLOSED_UNPROVEN', open: 0 })
    expect(await show(uuid)).toMatchObject({ waitsFor: '["PROOF_MISSING"]' })
    expect(await story.terminal()).toMatchObject({ state: 'LOST' })
    expect(await story.liveBindings()).toEqual([])
    expect(await forcedOf(uuid)).toMatchObject({
      pending: 1,
      erasedBy: null,
      hostAnswer: 'blocked',
    })
    const ended = { terminalId, live: 0 as const, afterId: 0, limit: 1 }
    const [binding] = await story.records.read('bindings', ended)
    expect(binding).toMatchObject({ state: 'RELEASED_UNPROVEN' })
    const ledger = await story.records.read('events-of-case', { caseId, afterId: 0, limit: 100 })
    const kinds = ledger.map(({ kind }) => kind)
    expect(kinds.filter((kind) => /forced|unproven|terminal/.test(kind))).toEqual([
      ...['case.forced', 'case.forced_block_called', 'case.closed_unproven'],
      ...['binding.released_unproven', 'terminal.state'],
    ])
  })

  it('waits for the host, and each call of its own has a number above those before', async () => {
    const { uuid, callNumber: before } = await proceeded()
    await force(uuid, await granted(uuid))
    const first = await callForGood(uuid)
    expect(first).toBeGreaterThan(before)
    await hostSays(uuid, first, 'unavailable')
    expect(await show(uuid)).toMatchObject({ state: 'FORCED', waitsFor: '["HOST_UNREACHABLE"]' })
    expect(await callForGood(uuid)).toBe(first)
    await hostSays(uuid, first, 'refused')
    expect(await show(uuid)).toMatchObject({ state: 'FORCED', waitsFor: '["HOST_REFUSED"]' })
    const second = await callForGood(uuid)
    expect(second).toBe(first + 1)
    await hostSays(uuid, second, 'stale', 70)
    expect(await callForGood(uuid)).toBe(71)
    expect(await hostSays(uuid, second, 'blocked')).toMatchObject({ moved: false })
    await hostSays(uuid, 71, 'blocked')
    expect(await show(uuid)).toMatchObject({ state: 'CLOSED_UNPROVEN' })
  })

  it('takes the late proof of the very Proceed that nobody heard of again', async () => {
    const { uuid, id } = await proceeded()
    expect(await force(uuid, await granted(uuid))).toMatchObject({ ok: true })
    expect(await story.records.read('brake-held', {})).toBe(0)
    await hostSays(uuid, await callForGood(uuid), 'blocked')
    expect(await story.prove(id, 1)).toMatchObject({ ok: true, moved: true })
    expect(await story.show(id)).toMatchObject({ state: 'done', outcomeUnknown: 0 })
    expect(await forcedOf(uuid)).toMatchObject({ pending: 0, erasedBy: 'proof' })
    expect(await story.terminal()).toMatchObject({ state: 'IN_STOCK' })
    const { id: caseId, terminalId } = await show(uuid)
    const told = { caseId, terminalId, actor: 'registry', atMs: story.at() }
    await story.records.submit('move-case', { ...told, input: { on: 'deregistered' } })
    expect(await show(uuid)).toMatchObject({ state: 'CLOSED', open: 0 })
  })

  it('goes the ordinary way where the proof comes before the host has answered', async () => {
    const { uuid, id } = await proceeded()
    await force(uuid, await granted(uuid))
    const callNumber = await callForGood(uuid)
    await story.prove(id, 1)
    expect(await show(uuid)).toMatchObject({ state: 'PROVEN', open: 1 })
    expect(await hostSays(uuid, callNumber, 'blocked')).toMatchObject({ moved: false })
    expect(await story.terminal()).toMatchObject({ state: 'IN_STOCK' })
  })

  it('takes a depot’s certificate for an erase by hand, and never for the terminal’s proof', async () => {
    const { uuid } = await dispatched()
    const bare = await granted(uuid, 'FORCE_DEPOT_ERASED')
    expect(await force(uuid, bare)).toMatchObject({ ok: false, code: 'CONFLICT' })
    expect(await show(uuid)).toMatchObject({ state: 'DISPATCHED' })
  })

  it('wants an approval of its own: of this kind, about this very case', async () => {
    const { uuid } = await dispatched()
    const unbind = await story.granted()
    expect(await force(uuid, unbind)).toMatchObject({ code: 'APPROVAL_MISSING' })
    const other = await granted(bytes(9))
    expect(await force(uuid, other)).toMatchObject({ code: 'APPROVAL_MISSING' })
    expect(await show(uuid)).toMatchObject({ state: 'DISPATCHED', open: 1 })
  })

  it('is not forced while the terminal holds a lease, nor for a silence that is too short', async () => {
    const { uuid, id } = await dispatched()
    const silent = await granted(uuid, 'FORCE_SILENT_TIMEOUT')
    expect(await force(uuid, silent)).toMatchObject({ code: 'ILLEGAL_STATE' })
    await story.ready(id, 1)
    expect(await force(uuid, await granted(uuid))).toMatchObject({ code: 'ILLEGAL_STATE' })
    expect(await story.show(id)).toMatchObject({ state: 'running', phase: 'ready' })
  })

  it('is forced before anything was ordered, and twice it is no news', async () => {
    const { uuid } = await story.openCase()
    const approvalUuid = await granted(uuid)
    expect(await force(uuid, approvalUuid)).toMatchObject({ ok: true, state: 'FORCED' })
    expect(await story.terminal()).toMatchObject({ state: 'UNBINDING' })
    expect(await force(uuid, approvalUuid)).toMatchObject({ ok: false, code: 'ILLEGAL_STATE' })
    const { id: caseId, terminalId } = await show(uuid)
    const act = { caseId, terminalId, actor: 'ana', atMs: story.at() }
    expect(await story.records.submit('cancel-case', act)).toMatchObject({ code: 'TOO_LATE' })
  })
})
