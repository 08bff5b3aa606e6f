// A case from the wish to the closed file, with the acquirer's host, a node and a terminal on real sockets.
import type { CaseWithLedger } from '@tillgate/gateway'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { waitFor } from '../ground/index.js'
import { approveUnbind } from './approval.js'
import { openStage, patienceMs, type Stage } from './stage.js'

let stage: Stage

beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.end())

const open = async (sn: string): Promise<Uint8Array> => {
  const answer = await stage.services.cases.open({ sn, reason: 'STORE_CLOSED', actor: 'ana' })
  if (!answer.ok) throw new Error(answer.code)
  return answer.value.uuid
}

const show = async (uuid: Uint8Array): Promise<CaseWithLedger> => {
  const shown = await stage.services.cases.show(uuid)
  if (shown === undefined) throw new Error('no such case')
  return shown
}

const until = (uuid: Uint8Array, state: string): Promise<CaseWithLedger> =>
  waitFor(
    async () => {
      const shown = await show(uuid)
      return shown.unbindCase.state === state ? shown : undefined
    },
    { what: `a case that is ${state}`, timeoutMs: patienceMs },
  )

/** How the merchant is reached, before anything happens that he hears of. */
const reachMerchant = async (): Promise<number> => {
  const { merchantUuid, services } = stage
  const contact = { channel: 'email', to: 'shop@example.test', language: 'zh' } as const
  const added = { ...contact, uuid: services.ids.next(), merchantUuid, actor: 'ana' }
  expect(await services.merchantSide.addContact(added)).toMatchObject({ ok: true })
  const merchant = await services.records.read('merchant-by-uuid', { uuid: merchantUuid })
  if (merchant === undefined) throw new Error('no such merchant')
  return merchant.id
}

/** What the merchant was told, once the word that it is done is out and nothing more is on its way. */
const noticesOf = (merchantId: number): Promise<{ kind: string; state: string }[]> =>
  waitFor(
    async () => {
      const page = { merchantId, afterId: 0, limit: 10 }
      const notices = await stage.services.records.read('notices', page)
      const done = notices.some(({ kind, state }) => kind === 'done' && state === 'SENT')
      const waits = notices.some(({ state }) => state === 'WAITING')
      return done && !waits ? notices.map(({ kind, state }) => ({ kind, state })) : undefined
    },
    { what: 'the word that it is done', timeoutMs: patienceMs },
  )

test('it is checked, approved, ordered, proved and deregistered, and says so in its ledger', async () => {
  const till = await stage.till()
  const merchantId = await reachMerchant()
  const uuid = await open(till.sn)
  await until(uuid, 'AWAITING_APPROVAL')
  await approveUnbind(stage, till.sn)
  const { unbindCase, ledger } = await until(uuid, 'CLOSED')
  expect(unbindCase).toMatchObject({ open: 0, orders: 1, partialProofs: 0, waitsFor: '[]' })
  const kinds = ledger.map(({ kind }) => kind)
  const milestones = ['case.opened', 'case.awaiting_approval', 'case.approved', 'case.dispatched']
  milestones.push('case.ready', 'case.tid_blocking', 'case.proceed_sent', 'case.proven')
  milestones.push('case.deregistering', 'case.closed')
  expect(kinds.filter((kind) => milestones.includes(kind))).toEqual(milestones)
  const { records } = stage.services
  expect(await records.read('terminal-by-sn', { sn: till.sn })).toMatchObject({ state: 'IN_STOCK' })
  const { acquirerCode, mid, tid } = unbindCase
  expect(stage.host.theSwitch.ledger({ acquirerCode, mid, tid })).toMatchObject({
    state: 'blocked',
  })
  // A word that still waits when the case ends is given up: it would not be true any more.
  const [accepted, done, ...more] = await noticesOf(merchantId)
  expect(accepted).toEqual({
    kind: 'accepted',
    state: expect.stringMatching(/^(SENT|GIVEN_UP)$/u) as string,
  })
  expect([done, ...more]).toEqual([{ kind: 'done', state: 'SENT' }])
})

test('nothing is ordered while nobody has approved it, and cancelled it is over', async () => {
  const till = await stage.till()
  const uuid = await open(till.sn)
  await until(uuid, 'AWAITING_APPROVAL')
  expect(await stage.services.cases.cancel({ uuid, actor: 'ana' })).toEqual({
    ok: true,
    value: 'CANCELLED',
  })
  const { unbindCase } = await show(uuid)
  expect(unbindCase).toMatchObject({ open: 0, orders: 0, commandId: null })
})
