import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { bytes, hash, openStory, stores, type Story } from './story.js'

describe.each(stores)('$name', ({ open }) => {
  let story: Story
  let seqFirst: number

  beforeEach(async () => {
    story = await openStory(open)
    seqFirst = (await story.bound()).seqFirst
  })
  afterEach(() => story.close())

  /** Ordered, claimed, ready under nonce 1, the TID blocked. */
  const prepared = async (): Promise<Uint8Array> => {
    const { id } = await story.order('Unbind')
    await story.claim(id, seqFirst + 1)
    await story.ready(id, 1)
    const call = await story.callHost(id)
    if (!call.ok) throw new Error(call.code)
    await story.hostSaid(id, call.callNumber, 'blocked')
    return id
  }

  describe('an unbind', () => {
    it('leaves a ledger of every move, and the terminal in stock', async () => {
      const id = await prepared()
      await story.proceed(id, 1)
      await story.prove(id, 1)
      expect(await story.kinds(id)).toEqual([
        'command.ordered',
        'binding.releasing',
        'terminal.state',
        'command.published',
        'command.ready',
        'command.tid_blocking',
        'command.tid_blocked',
        'command.proceed_sent',
        'command.attested',
        'binding.released',
        'terminal.state',
      ])
      expect(await story.show(id)).toMatchObject({ state: 'done', open: 0, phase: null })
      expect(await story.terminal()).toMatchObject({ state: 'IN_STOCK', bindingEpoch: 1 })
      expect(await story.liveBindings()).toEqual([])
    })

    it('keeps one proof, however often it is sent', async () => {
      const id = await prepared()
      await story.proceed(id, 1)
      await story.prove(id, 1)
      expect(await story.prove(id, 1)).toMatchObject({ ok: true, moved: false })
      const { id: commandId } = await story.show(id)
      expect(await story.records.read('proofs-of-command', { commandId })).toHaveLength(1)
    })

    it.each([
      ['another nonce', { readyNonce: bytes(2) }],
      ['another Proceed', { proceedHash: hash(1) }],
      ['another binding', { bindingEpoch: 2 }],
      ['another asset epoch', { assetEpoch: 1 }],
    ])('is not attested by a proof over %s', async (_, over) => {
      const id = await prepared()
      await story.proceed(id, 1)
      expect(await story.prove(id, 1, over)).toEqual({ ok: false, code: 'PROOF_INVALID' })
      expect(await story.show(id)).toMatchObject({ phase: 'proceed_sent', open: 1 })
    })

    it('stays open after a partial proof, and both proofs are kept', async () => {
      const id = await prepared()
      await story.proceed(id, 1)
      await story.prove(id, 1, { partial: true, bodyHash: hash(97) })
      expect(await story.show(id)).toMatchObject({ state: 'running', phase: 'erasing', open: 1 })
      await story.prove(id, 1)
      expect(await story.show(id)).toMatchObject({ state: 'done', open: 0 })
      const { id: commandId } = await story.show(id)
      expect(await story.records.read('proofs-of-command', { commandId })).toHaveLength(2)
    })

    it('once attested is not attested by another proof', async () => {
      const id = await prepared()
      await story.proceed(id, 1)
      await story.prove(id, 1)
      expect(await story.prove(id, 1, { bodyHash: hash(96) })).toMatchObject({
        code: 'CONFLICTING_ANSWER',
      })
    })

    it('is not attested before Proceed was committed', async () => {
      const id = await prepared()
      expect(await story.prove(id, 1)).toMatchObject({ ok: false })
    })

    it('can be ordered once at a time', async () => {
      await story.order('Unbind')
      expect((await story.order('Unbind')).answer).toMatchObject({ code: 'COMMAND_IN_FLIGHT' })
    })

    it('needs a binding', async () => {
      const id = await prepared()
      await story.proceed(id, 1)
      await story.prove(id, 1)
      expect((await story.order('Unbind')).answer).toMatchObject({ code: 'TERMINAL_NOT_BOUND' })
    })

    it('of the binding that it was made for does not hit the next', async () => {
      expect((await story.order('Unbind', { bindingId: 99 })).answer).toMatchObject({
        code: 'CONFLICT',
      })
    })
  })

  describe('Proceed is refused', () => {
    it('for another nonce than the host has blocked for', async () => {
      const id = await prepared()
      expect(await story.proceed(id, 2)).toEqual({ ok: false, code: 'BAD_NONCE' })
    })

    it('to a node that has lost the lane', async () => {
      const id = await prepared()
      const { fence } = await story.terminal()
      await story.hello()
      expect(await story.proceed(id, 1, { fence })).toEqual({ ok: false, code: 'FENCED' })
    })

    it('after a cancel, in whatever order the two arrive', async () => {
      const id = await prepared()
      const [cancelled, sent] = await Promise.all([story.cancel(id), story.proceed(id, 1)])
      expect(cancelled.ok !== sent.ok).toBe(true)
      const { phase } = await story.show(id)
      expect(phase).toBe(cancelled.ok ? 'aborting' : 'proceed_sent')
    })

    it('while the host has not answered the call made for this nonce', async () => {
      const { id } = await story.order('Unbind')
      await story.claim(id, seqFirst + 1)
      await story.ready(id, 1)
      await story.callHost(id)
      expect(await story.proceed(id, 1)).toEqual({ ok: false, code: 'ILLEGAL_STATE' })
    })
  })

  describe('a cancelled unbind', () => {
    it('gives the terminal back to its merchant once it is released and the TID open', async () => {
      const id = await prepared()
      await story.cancel(id)
      expect(await story.terminal()).toMatchObject({ state: 'UNBINDING' })
      await story.release(id, 1)
      const call = await story.callHost(id)
      expect(call).toMatchObject({ ok: true, verb: 'unblock', callNumber: 2 })
      expect(await story.terminal()).toMatchObject({ state: 'UNBINDING' })
      await story.hostSaid(id, 2, 'open')
      expect(await story.show(id)).toMatchObject({ state: 'cancelled', open: 0 })
      expect(await story.terminal()).toMatchObject({ state: 'IN_SERVICE' })
      expect(await story.liveBindings()).toMatchObject([{ state: 'ACTIVE' }])
    })

    it('after Proceed is too late, and stays on its way', async () => {
      const id = await prepared()
      await story.proceed(id, 1)
      expect(await story.cancel(id)).toEqual({ ok: false, code: 'TOO_LATE' })
    })

    it('can be ordered again and runs under a new nonce', async () => {
      const { id } = await story.order('Unbind')
      await story.cancel(id)
      expect((await story.order('Unbind')).answer).toMatchObject({ ok: true })
    })
  })

  describe('calls to the host', () => {
    it('take a higher number for each attempt, and an answer to an earlier one does not count', async () => {
      const id = await prepared()
      await story.release(id, 1)
      const unblock = await story.callHost(id)
      expect(unblock).toMatchObject({ verb: 'unblock', callNumber: 2 })
      await story.hostSaid(id, 2, 'open')
      await story.claim(id, seqFirst + 2)
      await story.ready(id, 2)
      expect(await story.callHost(id)).toMatchObject({ verb: 'block', callNumber: 3 })
      await story.hostSaid(id, 1, 'blocked')
      expect(await story.proceed(id, 2)).toMatchObject({ ok: false, code: 'ILLEGAL_STATE' })
      await story.hostSaid(id, 3, 'blocked')
      expect(await story.proceed(id, 2)).toMatchObject({ ok: true, moved: true })
    })

    it('are not begun for an unbind that has ended since somebody looked', async () => {
      const id = await prepared()
      await story.cancel(id)
      await story.release(id, 1)
      await story.callHost(id)
      await story.hostSaid(id, 2, 'open')
      expect(await story.show(id)).toMatchObject({ state: 'cancelled' })
      expect(await story.callHost(id)).toEqual({ ok: false, code: 'ILLEGAL_STATE' })
    })

    it('go above the number that the host has seen', async () => {
      const { id } = await story.order('Unbind')
      await story.claim(id, seqFirst + 1)
      await story.ready(id, 1)
      await story.callHost(id)
      await story.hostSaid(id, 1, 'stale', 40)
      expect(await story.callHost(id)).toMatchObject({ verb: 'block', callNumber: 41 })
    })
  })
})
