// The registry is asked before a terminal is told whom it works for, and told where nothing comes of it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { InputOf } from '@tillgate/gateway'
import { bytes, openStory, stores, type Story } from './story.js'

type Answer = InputOf<'record-registration'>['answer']

const enabled: Answer = { is: 'enabled', reference: 'R-1' }

describe.each(stores)('$name', ({ open }) => {
  let story: Story
  let bindingUuid: Uint8Array
  let made = 0

  const show = async (uuid = bindingUuid) => {
    const view = await story.records.read('binding-by-uuid', { uuid })
    if (view === undefined) throw new Error('no binding')
    return view
  }
  const due = () => story.records.read('due-registrations', { nowMs: story.at(), limit: 10 })
  const about = async () => ({ bindingId: (await show()).id, terminalId: story.terminalId })

  const say = async (answer: Answer) => {
    made += 1
    const commandUuid = bytes(200 - made)
    const atMs = story.at()
    const input = { ...(await about()), answer, commandUuid, atMs }
    const recorded = await story.records.submit('record-registration', input)
    return { recorded, commandUuid, atMs }
  }
  const withdraw = async () =>
    story.records.submit('withdraw-binding', { ...(await about()), actor: 'me', atMs: story.at() })
  const cancelled = async (isCancelled: boolean) =>
    story.records.submit('record-cancelling', { ...(await about()), isCancelled, atMs: story.at() })
  const kinds = async () =>
    (await story.records.read('events', { afterId: 0, limit: 500 })).map(({ kind }) => kind)

  beforeEach(async () => {
    story = await openStory(open)
    const reported = await story.report()
    expect(reported.answer).toMatchObject({ ok: true, replayed: false })
    ;({ bindingUuid } = reported)
  })
  afterEach(() => story.close())

  it('holds terminal and TID, and orders nothing, while the registry is asked', async () => {
    expect(await show()).toMatchObject({
      ...{ state: 'REPORTING', live: 1, epoch: 1, bindCommandId: null },
      ...{ registration: 'REPORTING', maskedAccount: '****0123', registryCalls: 0 },
    })
    expect(await due()).toMatchObject([{ bindingUuid, sn: 'SN-1', tid: 'TID00001' }])
    expect((await story.bind()).answer).toEqual({ ok: false, code: 'SN_BOUND_ELSEWHERE' })
    const open = { terminalIds: [story.terminalId], limit: 10 }
    expect(await story.records.read('open-commands', open)).toEqual([])
  })

  it('orders the Bind with the yes, once, whatever is said again', async () => {
    const { commandUuid } = await say(enabled)
    expect(await show()).toMatchObject({
      ...{ state: 'DELIVERING', registration: 'ENABLED', registryReference: 'R-1' },
    })
    expect(await story.show(commandUuid)).toMatchObject({ state: 'queued', bindingEpoch: 1 })
    expect((await say(enabled)).recorded).toEqual({ ok: true, state: 'ENABLED' })
    expect((await say({ is: 'refused' })).recorded).toEqual({ ok: true, state: 'ENABLED' })
    expect((await show()).state).toBe('DELIVERING')
    expect((await kinds()).filter((kind) => kind === 'command.ordered')).toHaveLength(1)
    expect(await due()).toEqual([])
  })

  it('is ACTIVE once its terminal has confirmed it', async () => {
    const session = await story.hello()
    const { commandUuid } = await say(enabled)
    await story.claim(commandUuid, session.seqFirst)
    const said = { ...(await story.said(commandUuid)), code: 0, payload: bytes(0, 0) }
    await story.records.submit('record-result', { ...said, interrupted: false })
    expect((await show()).state).toBe('ACTIVE')
    expect((await story.terminal()).state).toBe('IN_SERVICE')
  })

  it('is rejected by a no, and both are free again under the next epoch', async () => {
    expect((await say({ is: 'refused' })).recorded).toEqual({ ok: true, state: 'REFUSED' })
    expect(await show()).toMatchObject({ state: 'REJECTED', live: 0, registration: 'REFUSED' })
    expect(await due()).toEqual([])
    const next = await story.bind()
    expect(next.answer).toMatchObject({ ok: true })
    expect((await show(next.bindingUuid)).epoch).toBe(2)
  })

  it('is asked again later, and later still, where nobody has answered', async () => {
    const first = await say({ is: 'unknown' })
    expect(await due()).toEqual([])
    const until = (ms: number) => ({ nowMs: first.atMs + ms, limit: 10 })
    expect(await story.records.read('due-registrations', until(5_000))).toHaveLength(1)
    const second = await say({ is: 'unknown' })
    expect(await story.records.read('due-registrations', until(5_000))).toHaveLength(0)
    const later = { nowMs: second.atMs + 10_000, limit: 10 }
    expect(await story.records.read('due-registrations', later)).toMatchObject([{ attempts: 2 }])
    expect((await show()).state).toBe('REPORTING')
  })

  it('tells the registry of a binding that was withdrawn, until it has heard', async () => {
    expect(await withdraw()).toEqual({ ok: true })
    expect(await withdraw()).toEqual({ ok: false, code: 'ILLEGAL_STATE' })
    expect(await show()).toMatchObject({ state: 'CANCELLED', live: 0 })
    // Its yes was under way: nothing is ordered any more.
    expect((await say(enabled)).recorded).toEqual({ ok: true, state: 'CANCELLING' })
    expect(await cancelled(false)).toEqual({ ok: true, state: 'CANCELLING' })
    expect(await due()).toEqual([])
    expect(await cancelled(true)).toEqual({ ok: true, state: 'CANCELLED' })
    expect(await kinds()).not.toContain('command.ordered')
  })

  it('tells the registry as well where the Bind was cancelled', async () => {
    const { commandUuid } = await say(enabled)
    const cancel = { commandUuid, actor: 'me', atMs: story.at() }
    expect(await story.records.submit('cancel-command', cancel)).toMatchObject({ ok: true })
    expect(await show()).toMatchObject({ state: 'CANCELLED', registration: 'CANCELLING' })
    expect(await due()).toHaveLength(1)
  })

  it('says what is wrong with a binding that was never reported', async () => {
    await withdraw()
    const { bindingUuid: unreported } = await story.bind()
    const { id: bindingId } = await show(unreported)
    const act = { bindingId, terminalId: story.terminalId, actor: 'me', atMs: story.at() }
    const answer = await story.records.submit('withdraw-binding', act)
    expect(answer).toEqual({ ok: false, code: 'ILLEGAL_STATE' })
    expect((await show(unreported)).registration).toBeNull()
  })
})
