// Something is tried under a TID: whose it was at that time decides whether it was in order.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { InputOf } from '@tillgate/gateway'
import { bytes, openStory, stores, type Story } from './story.js'

const dayMs = 86_400_000
const watchMs = 90 * dayMs

describe.each(stores)('$name', ({ open }) => {
  let story: Story
  let caseUuid: Uint8Array
  let releasedAtMs: number
  let reported = 0

  const release = async () => {
    const session = await story.bound()
    caseUuid = (await story.openCase()).uuid
    const row = await story.records.read('case-by-uuid', { uuid: caseUuid })
    if (row === undefined) throw new Error('no case')
    const { id: caseId, terminalId } = row
    const move = (input: InputOf<'move-case'>['input']) =>
      story.records.submit('move-case', { caseId, terminalId, input, actor: 'a', atMs: story.at() })
    await move({ on: 'checked', found: [] })
    const approvalUuid = await story.granted()
    const act = { caseId, terminalId, approvalUuid, actor: 'gateway', atMs: story.at() }
    await story.records.submit('approve-case', act)
    const approved = await story.records.read('case-by-uuid', { uuid: caseUuid })
    const { id } = await story.orderCase(approved!)
    await story.claim(id, session.seqFirst + 1)
    await story.ready(id, 1)
    const call = await story.callHost(id)
    if (!call.ok) throw new Error(call.code)
    await story.hostSaid(id, call.callNumber, 'blocked')
    await story.proceed(id, 1)
    await story.prove(id, 1)
    await move({ on: 'deregistering' })
    await move({ on: 'deregistered' })
    const [binding] = await story.records.read('bindings', {
      ...{ terminalId, live: 0, afterId: 0, limit: 1 },
    })
    releasedAtMs = binding?.endedAtMs ?? 0
    expect(releasedAtMs).toBeGreaterThan(0)
  }

  const tid = { acquirerCode: '123', mid: '123456789012345', tid: 'TID00001' }
  const report = (over: Partial<InputOf<'report-attempt'>> = {}) => {
    reported += 1
    return story.records.submit('report-attempt', {
      by: { source: 'host', ...tid, sn: null },
      kind: 'sale',
      reference: `host 123 ${String(reported)}`,
      triedAtMs: releasedAtMs + dayMs,
      watchMs,
      evidence: null,
      actor: 'host',
      atMs: releasedAtMs + dayMs,
      ...over,
    })
  }
  const kept = async () => {
    const row = await story.records.read('case-by-uuid', { uuid: caseUuid })
    return story.records.read('attempts-of-case', { caseId: row?.id ?? 0, afterId: 0, limit: 10 })
  }
  const alarms = async () =>
    (await story.records.read('events', { afterId: 0, limit: 500 })).filter(({ kind }) =>
      kind.startsWith('alarm.'),
    )

  beforeEach(async () => {
    story = await openStory(open)
    await release()
  })
  afterEach(() => story.close())

  it('is kept with the case, raises an alarm, and moves nothing', async () => {
    expect(await report()).toEqual({ ok: true, watched: true, caseUuid, recorded: true })
    expect(await kept()).toMatchObject([{ kind: 'sale', source: 'host', reportedBy: 'host' }])
    expect(await alarms()).toMatchObject([{ kind: 'alarm.ATTEMPT_AFTER_RELEASE' }])
    const row = await story.records.read('case-by-uuid', { uuid: caseUuid })
    expect(row).toMatchObject({ state: 'CLOSED', open: 0 })
  })

  it('is reported once, however often it is told', async () => {
    await report({ reference: 'host 123 same' })
    expect(await report({ reference: 'host 123 same' })).toMatchObject({
      ...{ watched: true, recorded: false },
    })
    expect(await kept()).toHaveLength(1)
    expect(await alarms()).toHaveLength(1)
  })

  it('is in order where the TID was in force, and watched for 90 days where it was not', async () => {
    const at = (triedAtMs: number) => report({ triedAtMs })
    expect(await at(releasedAtMs - 1)).toMatchObject({ watched: false, because: 'in-force' })
    expect(await at(releasedAtMs)).toMatchObject({ watched: true })
    expect(await at(releasedAtMs + watchMs)).toMatchObject({ watched: true })
    expect(await at(releasedAtMs + watchMs + 1)).toMatchObject({ watched: false, because: 'over' })
    expect(await at(1)).toMatchObject({ watched: false, because: 'unknown' })
    const stranger = { source: 'host', ...tid, tid: 'TID00002', sn: null } as const
    expect(await report({ by: stranger })).toMatchObject({ watched: false, because: 'unknown' })
  })

  it('belongs to whoever had the TID then, also when it has another by now', async () => {
    const between = releasedAtMs + 1
    const { answer } = await story.bind()
    expect(answer).toMatchObject({ ok: true })
    expect(await report({ triedAtMs: between })).toMatchObject({ watched: true, recorded: true })
    const now = story.at()
    expect(await report({ triedAtMs: now, atMs: now })).toMatchObject({
      ...{ watched: false, because: 'in-force' },
    })
  })

  it('of a terminal that shows its keys again is one as well', async () => {
    const { terminalId } = story
    const by = { source: 'terminal', terminalId, sn: 'SN-1' } as const
    const shown = await report({ by, kind: 'key', evidence: bytes(9), actor: 'terminal' })
    expect(shown).toMatchObject({ watched: true, recorded: true })
    const [alarm] = await alarms()
    expect(alarm).toMatchObject({ actor: 'terminal', terminalId, evidence: bytes(9) })
    expect(await kept()).toMatchObject([{ kind: 'key', source: 'terminal', sn: 'SN-1' }])
  })
})
