import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { InputOf } from '@tillgate/gateway'
import { bytes, openStory, stores, type Story } from './story.js'

type Input = InputOf<'move-case'>['input']

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

  const move = async (uuid: Uint8Array, input: Input) => {
    const { id: caseId, terminalId } = await show(uuid)
    const said = { caseId, terminalId, input, actor: 'ana', atMs: story.at() }
    return story.records.submit('move-case', said)
  }

  const approve = async (uuid: Uint8Array, approvalUuid: Uint8Array) => {
    const { id: caseId, terminalId } = await show(uuid)
    const act = { caseId, terminalId, approvalUuid, actor: 'gateway', atMs: story.at() }
    return story.records.submit('approve-case', act)
  }

  const awaiting = async (): Promise<Uint8Array> => {
    const { uuid } = await story.openCase()
    await move(uuid, { on: 'checked', found: [] })
    return uuid
  }

  const approved = async (): Promise<Uint8Array> => {
    const uuid = await awaiting()
    expect(await approve(uuid, await story.granted())).toMatchObject({
      ok: true,
      state: 'APPROVED',
    })
    return uuid
  }

  /** Approved, ordered, claimed. */
  const dispatched = async () => {
    const uuid = await approved()
    const { answer, id } = await story.orderCase(await show(uuid))
    expect(answer).toMatchObject({ ok: true, state: 'DISPATCHED' })
    await story.claim(id, seqFirst + 1)
    return { uuid, id }
  }

  const prepared = async () => {
    const { uuid, id } = await dispatched()
    await story.ready(id, 1)
    const call = await story.callHost(id)
    if (!call.ok) throw new Error(call.code)
    await story.hostSaid(id, call.callNumber, 'blocked')
    return { uuid, id }
  }

  it('has a line for every move, in one ledger with its command’s', async () => {
    const { uuid, id } = await prepared()
    await story.proceed(id, 1)
    await story.prove(id, 1)
    await move(uuid, { on: 'deregistering' })
    await move(uuid, { on: 'deregistered' })
    expect(await show(uuid)).toMatchObject({ state: 'CLOSED', open: 0, orders: 1, dueAtMs: null })
    const { id: caseId } = await show(uuid)
    const lines = await story.records.read('events-of-case', { caseId, afterId: 0, limit: 100 })
    expect(lines.map(({ kind }) => kind)).toEqual([
      'case.opened',
      'case.awaiting_approval',
      'case.approved',
      'case.dispatched',
      'command.ordered',
      'case.ready',
      'case.tid_blocking',
      'case.proceed_sent',
      'case.proven',
      'case.deregistering',
      'case.closed',
    ])
    expect(await story.terminal()).toMatchObject({ state: 'IN_STOCK' })
  })

  it('is the only open one of its binding: a second wish names the first (U1)', async () => {
    const first = await story.openCase()
    const second = await story.openCase()
    expect(first.answer).toMatchObject({ ok: true, existing: false })
    expect(second.answer).toMatchObject({ ok: true, existing: true, uuid: first.uuid })
  })

  it('is refused where an Unbind without a case is under way, or nothing is bound', async () => {
    await story.order('Unbind')
    expect((await story.openCase()).answer).toMatchObject({ ok: false, code: 'COMMAND_IN_FLIGHT' })
  })

  it('orders nothing before it is approved', async () => {
    const { uuid } = await story.openCase()
    await move(uuid, { on: 'checked', found: [] })
    const { answer } = await story.orderCase(await show(uuid))
    expect(answer).toMatchObject({ ok: false, code: 'ILLEGAL_STATE' })
    expect((await story.liveBindings())[0]).toMatchObject({ state: 'ACTIVE' })
  })

  it('orders once, however often it is asked to', async () => {
    const { uuid } = await dispatched()
    const { answer } = await story.orderCase(await show(uuid))
    expect(answer).toMatchObject({ ok: false, code: 'COMMAND_IN_FLIGHT' })
    expect(await show(uuid)).toMatchObject({ orders: 1 })
  })

  it('orders under the very subject that was approved, and so does Proceed', async () => {
    const { uuid, id } = await prepared()
    const { approvalHash } = await show(uuid)
    expect(await story.show(id)).toMatchObject({ approvalHash })
    expect(await story.proceed(id, 1)).toMatchObject({ ok: true, moved: true })
    expect(await show(uuid)).toMatchObject({ state: 'PROCEED_SENT' })
  })

  describe('an approval', () => {
    it('is found by the case that waits for it, and covers no other one', async () => {
      const uuid = await awaiting()
      const approvalUuid = await story.granted()
      const { id: caseId, terminalId } = await show(uuid)
      const page = { nowMs: story.at(), afterId: 0, limit: 10 }
      const found = await story.records.read('approvable-cases', page)
      expect(found).toEqual([{ caseId, terminalId, approvalUuid }])
      await approve(uuid, approvalUuid)
      expect(await story.records.read('approvable-cases', page)).toEqual([])
      await story.records.submit('cancel-case', {
        caseId,
        terminalId,
        actor: 'a',
        atMs: story.at(),
      })
      const second = await awaiting()
      expect(await approve(second, approvalUuid)).toMatchObject({ code: 'APPROVAL_MISSING' })
    })

    it('of another kind, or over an earlier binding, does not count', async () => {
      const uuid = await awaiting()
      const other = await story.granted({ kind: 'wipe' })
      expect(await approve(uuid, other)).toMatchObject({ ok: false, code: 'APPROVAL_MISSING' })
      const [binding] = await story.liveBindings()
      const { merchantId = 0, uuid: bindingUuid = bytes(0) } = binding ?? {}
      const target = { terminalId: story.terminalId, sn: 'SN-1', merchantId, bindingUuid }
      const early = await story.granted({ targets: [{ ...target, bindingEpoch: 0 }] })
      expect(await approve(uuid, early)).toMatchObject({ ok: false, code: 'APPROVAL_MISSING' })
      expect(await show(uuid)).toMatchObject({ state: 'AWAITING_APPROVAL', approvalHash: null })
    })

    it('that has expired before Proceed aborts the attempt in that very transaction', async () => {
      const uuid = await awaiting()
      await approve(uuid, await story.granted({ expiresAtMs: story.at() + 60 }))
      const { id } = await story.orderCase(await show(uuid))
      await story.claim(id, seqFirst + 1)
      await story.ready(id, 1)
      const call = await story.callHost(id)
      if (!call.ok) throw new Error(call.code)
      await story.hostSaid(id, call.callNumber, 'blocked')
      for (let looks = 0; looks < 60; looks += 1) story.at()
      expect(await story.proceed(id, 1)).toMatchObject({ ok: false, code: 'APPROVAL_EXPIRED' })
      expect(await story.show(id)).toMatchObject({ phase: 'aborting', proceedBody: null })
      expect(await show(uuid)).toMatchObject({ state: 'ABORTING' })
      await story.release(id, 1)
      const opening = await story.callHost(id)
      if (!opening.ok) throw new Error(opening.code)
      await story.hostSaid(id, opening.callNumber, 'open')
      expect(await show(uuid)).toMatchObject({ state: 'WAITING_DEVICE', open: 1 })
      const { answer } = await story.orderCase(await show(uuid))
      expect(answer).toMatchObject({ ok: true, state: 'AWAITING_APPROVAL' })
    })

    it('that has expired before the order sends the case back, and nothing is ordered', async () => {
      const uuid = await awaiting()
      const soon = await story.granted({ expiresAtMs: story.at() + 20 })
      expect(await approve(uuid, soon)).toMatchObject({ ok: true })
      for (let looks = 0; looks < 30; looks += 1) story.at()
      const { answer } = await story.orderCase(await show(uuid))
      expect(answer).toMatchObject({ ok: true, state: 'AWAITING_APPROVAL' })
      expect(await show(uuid)).toMatchObject({ approvalHash: null, orders: 0, commandId: null })
      expect((await story.liveBindings())[0]).toMatchObject({ state: 'ACTIVE' })
    })
  })

  describe('cancelled', () => {
    const cancel = async (uuid: Uint8Array) => {
      const { id: caseId, terminalId } = await show(uuid)
      const act = { caseId, terminalId, actor: 'ana', atMs: story.at() }
      return story.records.submit('cancel-case', act)
    }

    it('before its order it is over at once, and the terminal sells', async () => {
      const uuid = await approved()
      expect(await cancel(uuid)).toMatchObject({ ok: true, state: 'CANCELLED' })
      expect(await story.terminal()).toMatchObject({ state: 'IN_SERVICE' })
    })

    it('ordered and never sent, it is over at once and gives the binding back', async () => {
      const uuid = await approved()
      await story.orderCase(await show(uuid))
      expect(await cancel(uuid)).toMatchObject({ ok: true, moved: true, state: 'CANCELLED' })
      expect(await show(uuid)).toMatchObject({ state: 'CANCELLED', open: 0 })
      expect((await story.liveBindings())[0]).toMatchObject({ state: 'ACTIVE' })
      expect(await story.terminal()).toMatchObject({ state: 'IN_SERVICE' })
    })

    it('once prepared, only the terminal’s signed word and the opened TID end it', async () => {
      const { uuid, id } = await prepared()
      expect(await cancel(uuid)).toMatchObject({ ok: true, state: 'ABORTING' })
      expect(await show(uuid)).toMatchObject({ state: 'ABORTING', open: 1 })
      await story.release(id, 1)
      expect(await show(uuid)).toMatchObject({ state: 'TID_UNBLOCKING' })
      const call = await story.callHost(id)
      if (!call.ok) throw new Error(call.code)
      await story.hostSaid(id, call.callNumber, 'open')
      expect(await show(uuid)).toMatchObject({ state: 'CANCELLED', open: 0 })
      expect((await story.liveBindings())[0]).toMatchObject({ state: 'ACTIVE' })
    })

    it('after Proceed it is too late (U5), and nothing changes', async () => {
      const { uuid, id } = await prepared()
      await story.proceed(id, 1)
      const before = await show(uuid)
      expect(await cancel(uuid)).toMatchObject({ ok: false, code: 'TOO_LATE' })
      expect(await show(uuid)).toEqual(before)
    })

    it('twice, it answers that it has ended', async () => {
      const uuid = await approved()
      await cancel(uuid)
      expect(await cancel(uuid)).toMatchObject({ ok: false, code: 'ALREADY_DONE' })
    })
  })

  it('follows its terminal’s stages, which are no news to the command', async () => {
    const { uuid, id } = await dispatched()
    for (const stage of ['QUIESCING', 'FLUSHING', 'SETTLING', 'UPLOADING']) {
      await story.records.submit('record-progress', {
        ...(await story.said(id, { evidence: null })),
        phase: stage,
        erasing: false,
        isDone: false,
        resumed: 0,
      })
      expect((await show(uuid)).state).toBe(stage)
    }
  })

  it('a refusal for the merchant’s sake postpones it and gives the binding back meanwhile', async () => {
    const { uuid, id } = await dispatched()
    await story.records.submit('record-refused', {
      ...(await story.said(id)),
      code: 42,
      codeName: 'POSTPONED_BY_MERCHANT',
      retry: 'later',
      readyNonce: null,
    })
    expect(await show(uuid)).toMatchObject({ state: 'POSTPONED', postponements: 1, open: 1 })
    expect((await story.liveBindings())[0]).toMatchObject({ state: 'ACTIVE' })
    const again = await story.orderCase(await show(uuid))
    expect(again.answer).toMatchObject({ ok: true, state: 'DISPATCHED' })
    expect(await show(uuid)).toMatchObject({ orders: 2 })
  })

  it('checked again, it takes its parked Unbind back and orders another', async () => {
    const { uuid, id } = await dispatched()
    const again = { code: 15, codeName: 'BAD_NONCE', retry: 'reissue' as const, readyNonce: null }
    for (let seq = seqFirst + 2; (await story.show(id)).state !== 'parked'; seq += 1) {
      await story.records.submit('record-refused', { ...(await story.said(id)), ...again })
      expect(await story.claim(id, seq)).toMatchObject({ ok: true, moved: true })
    }
    expect(await show(uuid)).toMatchObject({ state: 'BLOCKED', waitsFor: '["DEVICE_REFUSED"]' })
    expect((await story.liveBindings())[0]).toMatchObject({ state: 'RELEASING' })
    await move(uuid, { on: 'check-again' })
    expect(await story.show(id)).toMatchObject({
      ...{ state: 'superseded', open: 0, outcomeUnknown: 0 },
    })
    expect((await story.liveBindings())[0]).toMatchObject({ state: 'ACTIVE' })
    await move(uuid, { on: 'checked', found: [] })
    const next = await story.orderCase(await show(uuid))
    expect(next.answer).toMatchObject({ ok: true, state: 'DISPATCHED' })
    expect(await show(uuid)).toMatchObject({ orders: 2 })
  })

  it('is found when it is due, the longest overdue first', async () => {
    const { uuid } = await story.openCase()
    const due = await story.records.read('due-cases', { nowMs: story.at(), limit: 10 })
    expect(due.map((row) => row.uuid)).toEqual([uuid])
    await move(uuid, { on: 'checked', found: [] })
    expect(await story.records.read('due-cases', { nowMs: story.at(), limit: 10 })).toEqual([])
  })

  it('whose step can’t be taken yet is put off without a line, out of the way of the others', async () => {
    const { uuid } = await story.openCase()
    const { id: caseId } = await show(uuid)
    const ledger = () => story.records.read('events-of-case', { caseId, afterId: 0, limit: 10 })
    const before = await ledger()
    expect(await move(uuid, { on: 'not-yet' })).toMatchObject({ ok: true, moved: false })
    expect(await story.records.read('due-cases', { nowMs: story.at(), limit: 10 })).toEqual([])
    expect(await show(uuid)).toMatchObject({ state: 'OPENED' })
    expect(await ledger()).toEqual(before)
  })
})
