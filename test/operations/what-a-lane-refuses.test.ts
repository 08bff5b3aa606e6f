import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { bytes, openStory, stores, type Story } from './story.js'

describe.each(stores)('$name', ({ open }) => {
  let story: Story

  beforeEach(async () => {
    story = await openStory(open)
  })
  afterEach(() => story.close())

  describe('a session', () => {
    it('raises the fencing number and starts above every sequence handed out', async () => {
      const first = await story.hello()
      const second = await story.hello({ lastSeq: first.seqFirst })
      expect(second.fence).toBe(first.fence + 1)
      expect(second.seqFirst).toBeGreaterThan(first.seqLast)
    })

    it('that knows a higher sequence than was handed out means restored records', async () => {
      const opened = await story.hello({ lastSeq: 5_000 })
      expect(opened.alarms).toEqual(['SEQ_AHEAD'])
      expect(opened.seqFirst).toBeGreaterThan(5_000)
    })

    it('that has forgotten means a rolled-back flash', async () => {
      await story.hello({ lastSeq: 0 })
      await story.hello({ lastSeq: 200 })
      expect((await story.hello({ lastSeq: 3 })).alarms).toEqual(['SEQ_REGRESSION'])
      const booted = { lastSeq: 200, uplinkSeq: 1, bootId: bytes(2) }
      expect((await story.hello(booted)).alarms).toEqual(['SEQ_REGRESSION'])
    })

    it('is not opened by a Hello of an earlier boot, and a rolled-back flash still is told apart', async () => {
      const old = { bootId: bytes(1), uplinkSeq: 100 }
      await story.hello(old)
      await story.hello({ bootId: bytes(2), uplinkSeq: 200 })
      await story.hello({ bootId: bytes(3), uplinkSeq: 300 })
      const before = await story.terminal()
      await expect(story.hello(old)).rejects.toThrow('SEQ_REGRESSION')
      await expect(story.hello({ bootId: bytes(2), uplinkSeq: 300 })).rejects.toThrow(
        'SEQ_REGRESSION',
      )
      expect(await story.terminal()).toEqual(before)
      const rolledBack = await story.hello({ bootId: bytes(4), uplinkSeq: 100 })
      expect(rolledBack.alarms).toEqual(['SEQ_REGRESSION'])
    })

    it('is not opened by a Hello that was said before, and keeps its lane', async () => {
      const said = { uplinkSeq: 500 }
      const { fence } = await story.hello(said)
      const before = await story.terminal()
      await expect(story.hello(said)).rejects.toThrow('SEQ_REGRESSION')
      await expect(story.hello({ uplinkSeq: 499 })).rejects.toThrow('SEQ_REGRESSION')
      expect(await story.terminal()).toEqual(before)
      expect((await story.hello({ uplinkSeq: 501 })).fence).toBe(fence + 1)
    })

    it('is refused on a certificate that was revoked since CONNECT', async () => {
      await story.revoke()
      await expect(story.hello()).rejects.toThrow('CERTIFICATE_REVOKED')
    })

    it('opened twice by the same id is one session', async () => {
      const sessionId = bytes(77)
      const first = await story.hello({ sessionId })
      expect((await story.hello({ sessionId })).fence).toBe(first.fence)
    })
  })

  describe('a Bind whose effect is unknown', () => {
    /** Published, then interrupted by a crash in the terminal. */
    const interrupted = async (): Promise<void> => {
      const { seqFirst } = await story.hello()
      const { commandUuid } = await story.bind()
      await story.claim(commandUuid, seqFirst)
      await story.records.submit('record-result', {
        ...(await story.said(commandUuid)),
        code: 1,
        payload: bytes(0, 0),
        interrupted: true,
      })
    }

    it('keeps its reservation until the terminal says which epoch it holds', async () => {
      await interrupted()
      expect(await story.liveBindings()).toMatchObject([{ state: 'WITHDRAWING' }])
      expect((await story.bind()).answer).toMatchObject({ code: 'SN_BOUND_ELSEWHERE' })
    })

    it('is in force where the next Hello names its epoch', async () => {
      await interrupted()
      expect((await story.hello({ bindingEpoch: 1 })).bindingEpoch).toBe(1)
      expect(await story.liveBindings()).toMatchObject([{ state: 'ACTIVE' }])
      expect(await story.terminal()).toMatchObject({ state: 'IN_SERVICE', bindingEpoch: 1 })
    })

    it('is not settled by a Hello of an earlier boot said again', async () => {
      await interrupted()
      await story.hello({ bindingEpoch: 0, bootId: bytes(2), uplinkSeq: 1 })
      expect(await story.liveBindings()).toMatchObject([{ state: 'WITHDRAWING' }])
      await story.hello({ bindingEpoch: 1, bootId: bytes(3) })
      expect(await story.liveBindings()).toMatchObject([{ state: 'ACTIVE' }])
    })

    it('is void where the next Hello names an older one', async () => {
      await interrupted()
      await story.hello({ bindingEpoch: 0 })
      expect(await story.liveBindings()).toEqual([])
    })
  })

  describe('a claim is refused', () => {
    it('to whoever has lost the lane', async () => {
      const { fence, seqFirst } = await story.hello()
      const { id } = await story.order('SelfTest')
      await story.hello()
      expect(await story.claim(id, seqFirst, { fence })).toEqual({ ok: false, code: 'FENCED' })
    })

    it('for another session than the current one', async () => {
      const { seqFirst } = await story.hello()
      const { id } = await story.order('SelfTest')
      const stale = { attemptNonce: bytes(200) }
      expect(await story.claim(id, seqFirst, stale)).toEqual({ ok: false, code: 'CONFLICT' })
    })

    it('for an epoch that has moved', async () => {
      const { seqFirst } = await story.hello()
      const { id } = await story.order('SelfTest')
      expect(await story.claim(id, seqFirst, { bindingEpoch: 9 })).toEqual({
        ok: false,
        code: 'CONFLICT',
      })
    })

    it('behind an unbind that is under way, unless it is a Lock', async () => {
      const { seqFirst } = await story.bound()
      const { id } = await story.order('Unbind')
      await story.claim(id, seqFirst + 1)
      const test = await story.order('SelfTest')
      const lock = await story.order('Lock')
      expect(await story.claim(test.id, seqFirst + 2)).toEqual({ ok: false, code: 'CONFLICT' })
      expect(await story.claim(lock.id, seqFirst + 3)).toMatchObject({ ok: true, moved: true })
    })

    it('after too many attempts: it is parked, and stays visible', async () => {
      const { seqFirst } = await story.hello()
      const { id } = await story.order('SelfTest')
      for (let i = 0; i < 16; i++) await story.claim(id, seqFirst + i)
      await story.claim(id, seqFirst + 16)
      expect(await story.show(id)).toMatchObject({ state: 'parked', open: 1, outcomeUnknown: 1 })
    })
  })

  describe('what a terminal says', () => {
    it('of a command of another terminal changes nothing', async () => {
      const { seqFirst } = await story.hello()
      const { id } = await story.order('SelfTest')
      await story.claim(id, seqFirst)
      const said = await story.said(id, { terminalId: story.terminalId + 1 })
      const answer = await story.records.submit('record-accepted', said)
      expect(answer).toEqual({ ok: false, code: 'FOREIGN_COMMAND' })
      expect(await story.show(id)).toMatchObject({ state: 'published' })
    })

    it('of a command that nobody ordered is not found', async () => {
      const { id } = await story.order('SelfTest')
      const said = { ...(await story.said(id)), commandUuid: bytes(250) }
      expect(await story.records.submit('record-accepted', said)).toMatchObject({
        code: 'NOT_FOUND',
      })
    })

    it('under a MAC ends no unbind', async () => {
      const { seqFirst } = await story.bound()
      const { id } = await story.order('Unbind')
      await story.claim(id, seqFirst + 1)
      const answer = await story.records.submit('record-refused', {
        ...(await story.said(id, { evidence: null })),
        code: 1,
        codeName: 'BUSY_TXN',
        retry: 'no',
        readyNonce: null,
      })
      expect(answer).toEqual({ ok: false, code: 'NOT_SIGNED' })
    })

    it('in a session that has lost the lane is said again in the next', async () => {
      const { fence, seqFirst } = await story.hello()
      const { id } = await story.order('SelfTest')
      await story.claim(id, seqFirst)
      await story.hello()
      const said = await story.said(id, { fence })
      expect(await story.records.submit('record-accepted', said)).toMatchObject({ code: 'FENCED' })
    })
  })

  describe('a binding', () => {
    it('is refused for a terminal that has one, and for a TID that is in use', async () => {
      await story.bound()
      expect((await story.bind({ tid: 'TID00002' })).answer).toMatchObject({
        code: 'SN_BOUND_ELSEWHERE',
      })
      await story.records.submit('register-terminal', {
        sn: 'SN-2',
        vendor: 'V',
        model: 'M',
        tusn: null,
        assetEpoch: 0,
        actor: 'me',
        atMs: 1,
      })
      const other = await story.records.read('terminal-by-sn', { sn: 'SN-2' })
      const answer = (await story.bind({ terminalId: other?.id })).answer
      expect(answer).toMatchObject({ code: 'TID_IN_USE' })
    })

    it('that the terminal refuses is cancelled, and its epoch is not given again', async () => {
      const { seqFirst } = await story.hello()
      const { commandUuid } = await story.bind()
      await story.claim(commandUuid, seqFirst)
      await story.records.submit('record-refused', {
        ...(await story.said(commandUuid)),
        code: 1,
        codeName: 'FLASH_FULL',
        retry: 'no',
        readyNonce: null,
      })
      expect(await story.liveBindings()).toEqual([])
      await story.bind()
      expect(await story.terminal()).toMatchObject({ bindingEpoch: 0, issuedEpoch: 2 })
    })
  })

  describe('an order', () => {
    it('goes out with its claim where nothing stands before it', async () => {
      const { fence, seqFirst, nonce } = await story.hello()
      const claim = {
        fence,
        seq: seqFirst,
        body: bytes(1),
        bodyHash: bytes(1, 32),
        attemptNonce: nonce,
        assetEpoch: 0,
        bindingEpoch: 0,
      }
      const first = await story.order('SelfTest', { claim })
      expect(first.answer).toMatchObject({ ok: true, claimed: true })
      expect(await story.kinds(first.id)).toEqual(['command.ordered', 'command.published'])
      const stale = await story.order('SelfTest', { claim: { ...claim, fence: fence - 1 } })
      expect(stale.answer).toMatchObject({ ok: true, claimed: false })
    })

    it('repeated with its key answers the first, and with another request is refused', async () => {
      const idempotency = { keyHash: bytes(1, 32), requestHash: bytes(2, 32) }
      const first = await story.order('SelfTest', { idempotency })
      const again = await story.order('SelfTest', { idempotency })
      if (!first.answer.ok || !again.answer.ok) throw new Error('refused')
      expect(again.answer).toMatchObject({ publicId: first.answer.publicId, replayed: true })
      const other = { ...idempotency, requestHash: bytes(3, 32) }
      expect((await story.order('SelfTest', { idempotency: other })).answer).toMatchObject({
        code: 'IDEMPOTENCY_MISMATCH',
      })
    })

    it('expires if it never left, and stays open if it may have', async () => {
      const { seqFirst } = await story.hello()
      const early = await story.order('SelfTest', { notAfterMs: 1 })
      const late = await story.order('SelfTest')
      await story.claim(late.id, seqFirst)
      for (const { id } of [early, late]) {
        const { id: commandId, notAfterMs } = await story.show(id)
        await story.records.submit('note-time', {
          commandId,
          over: 'overdue',
          atMs: notAfterMs + 1,
        })
      }
      expect(await story.show(early.id)).toMatchObject({ state: 'expired', open: 0 })
      expect(await story.show(late.id)).toMatchObject({
        state: 'expired',
        open: 1,
        outcomeUnknown: 1,
      })
    })
  })
})
