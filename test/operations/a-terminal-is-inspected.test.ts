// The terminal of a forced close is in somebody's hands: what is found frees it, or puts it out of use.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { ascii, uuidToText } from '@tillgate/protocol'
import { keepPaper } from './case-paper.js'
import { bytes, openStory, stores, type Story } from './story.js'

const hourMs = 3_600_000

describe.each(stores)('$name', ({ open }) => {
  let story: Story
  let uuid: Uint8Array
  let caseId: number
  let papers: number

  const show = async () => {
    const row = await story.records.read('case-by-uuid', { uuid })
    if (row === undefined) throw new Error('no case')
    return row
  }
  const about = () => ({ caseId, terminalId: story.terminalId, atMs: story.at() })
  const forced = () => story.records.read('forced-close', { caseId })
  const lateComers = () => story.records.read('late-comers', { afterId: 0, limit: 10 })

  const paper = async (kind: string) => {
    papers += 1
    return keepPaper(story, { uuid: bytes(150 + papers), caseUuid: uuid, kind })
  }

  const inspect = (finding: 'erased' | 'tampered', documentUuid: Uint8Array, actor = 'wang') =>
    story.records.submit('record-inspection', { ...about(), finding, documentUuid, actor })

  const closeByForce = async (reason = 'FORCE_DEVICE_LOST') => {
    const parameters = { case: uuidToText(uuid), document: null, reason, withoutSettlement: true }
    const subject = ascii(JSON.stringify({ parameters }))
    const approvalUuid = await story.granted({ kind: 'force-close', subject })
    await story.records.submit('force-case', { ...about(), approvalUuid, actor: 'gateway' })
    const begun = await story.records.submit('begin-forced-block', about())
    if (!begun.ok) throw new Error(begun.code)
    const answer = { callNumber: begun.callNumber, answer: 'blocked', seenNumber: 0 } as const
    await story.records.submit('record-forced-block', { ...about(), ...answer })
  }

  const orderErase = async () => {
    const id = bytes(100)
    const atMs = story.at()
    await story.records.submit('order-erase', {
      ...{ caseId, terminalId: story.terminalId, uuid: id, publicId: uuidToText(id) },
      ...{ payload: bytes(7), notAfterMs: atMs + 24 * hourMs, atMs },
    })
    return id
  }

  beforeEach(async () => {
    papers = 0
    story = await openStory(open)
    await story.bound()
    uuid = (await story.openCase()).uuid
    caseId = (await show()).id
  })
  afterEach(() => story.close())

  it('erased by hand it owes nothing, may be bound again, and claims no proof', async () => {
    await closeByForce()
    const certificate = await paper('erasure-certificate')
    expect((await story.bind()).answer).toMatchObject({ code: 'ILLEGAL_STATE' })
    expect(await inspect('erased', certificate)).toEqual({ ok: true, state: 'IN_STOCK' })
    expect(await forced()).toMatchObject({ pending: 0, erasedBy: 'depot' })
    expect(await show()).toMatchObject({
      ...{ state: 'CLOSED_UNPROVEN', waitsFor: '["PROOF_MISSING"]' },
    })
    await story.hello({ bindingEpoch: 1 })
    expect(await lateComers()).toEqual([])
    expect((await story.bind()).answer).toMatchObject({ ok: true })
    expect(await inspect('erased', certificate)).toMatchObject({ code: 'ILLEGAL_STATE' })
  })

  it('takes an erase back that was ordered and is not under way', async () => {
    await closeByForce()
    const session = await story.hello({ bindingEpoch: 1 })
    const id = await orderErase()
    await story.claim(id, session.seqFirst + 1)
    const certificate = await paper('erasure-certificate')
    expect(await inspect('erased', certificate)).toMatchObject({ ok: true })
    expect(await story.show(id)).toMatchObject({ state: 'superseded', open: 0, outcomeUnknown: 1 })
  })

  it('waits where the terminal is erasing just now: its own proof is better', async () => {
    await closeByForce()
    const session = await story.hello({ bindingEpoch: 1 })
    const id = await orderErase()
    await story.claim(id, session.seqFirst + 1)
    await story.ready(id, 5)
    const certificate = await paper('erasure-certificate')
    expect(await inspect('erased', certificate)).toEqual({ ok: false, code: 'ILLEGAL_STATE' })
    expect(await forced()).toMatchObject({ pending: 1, erasedBy: null })
  })

  it('tampered with it is out of use, and still owes its erase', async () => {
    await closeByForce()
    expect(await inspect('tampered', await paper('inspection-photo'))).toEqual({
      ...{ ok: true, state: 'TAMPERED' },
    })
    expect(await forced()).toMatchObject({ pending: 1 })
    expect((await story.bind()).answer).toMatchObject({ code: 'ILLEGAL_STATE' })
    expect(await inspect('erased', await paper('erasure-certificate'))).toEqual({
      ...{ ok: true, state: 'TAMPERED' },
    })
    expect(await forced()).toMatchObject({ pending: 0, erasedBy: 'depot' })
  })

  it('wants the paper of its finding, with this case, from somebody else', async () => {
    await closeByForce()
    const photo = await paper('inspection-photo')
    const notThere = { ok: false, code: 'NOT_FOUND', field: 'documentId' }
    expect(await inspect('erased', photo)).toEqual(notThere)
    expect(await inspect('erased', bytes(77))).toEqual(notThere)
    const certificate = await paper('erasure-certificate')
    const { uploadedBy } = (await story.records.read('document-by-uuid', { uuid: certificate }))!
    expect(await inspect('erased', certificate, uploadedBy)).toEqual({
      ...{ ok: false, code: 'OWN_REQUEST', field: 'documentId' },
    })
    expect(await story.terminal()).toMatchObject({ state: 'LOST' })
  })

  it('is refused of a case that was not closed by force', async () => {
    const certificate = await paper('erasure-certificate')
    expect(await inspect('erased', certificate)).toEqual({ ok: false, code: 'ILLEGAL_STATE' })
  })
})
