// A stolen terminal whose case was closed by force appears again: real host, node, records and sockets.
import { ascii, uuidToText } from '@tillgate/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { waitFor } from '../ground/index.js'
import { grantForOne } from './approval.js'
import { openStage, patienceMs, type Stage } from './stage.js'
import type { Till } from './till.js'

let stage: Stage

beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.end(), 60_000)

const show = async (uuid: Uint8Array) => {
  const shown = await stage.services.cases.show(uuid)
  if (shown === undefined) throw new Error('no such case')
  return shown
}

const until = (uuid: Uint8Array, state: string) =>
  waitFor(async () => (await show(uuid)).unbindCase.state === state || undefined, {
    what: `a case that is ${state}`,
    timeoutMs: patienceMs,
  })

/** Gone with two sales that were never settled; its case is closed by two persons. */
const stolen = async (): Promise<{ till: Till; uuid: Uint8Array }> => {
  const till = await stage.till()
  await till.sellAll(2)
  await till.end()
  const asked = await stage.services.cases.open({ sn: till.sn, reason: 'STOLEN', actor: 'ana' })
  if (!asked.ok) throw new Error(asked.code)
  const { uuid } = asked.value
  const parameters = { case: uuidToText(uuid), document: null, reason: 'FORCE_DEVICE_LOST' }
  const subject = ascii(JSON.stringify({ parameters: { ...parameters, withoutSettlement: true } }))
  await grantForOne(stage, till.sn, { kind: 'force-close', subject })
  await until(uuid, 'CLOSED_UNPROVEN')
  return { till, uuid }
}

const held = ({ flash }: Till): number => flash.durable().areas.batch.size

test('it gets the erase and nothing else, erases what was never settled, and its proof closes the case', async () => {
  const { till, uuid } = await stolen()
  const { commands } = stage.services
  const other = await commands.order({ sn: till.sn, payload: { type: 'SelfTest' }, actor: 'e2e' })
  expect(other).toMatchObject({ ok: false, code: 'ILLEGAL_STATE' })
  await expect(stage.rebind(till)).rejects.toThrow('ILLEGAL_STATE')
  expect([held(till), till.keysHeld().length]).toEqual([2, 3])
  await till.switchOn()
  await until(uuid, 'CLOSED')
  expect([held(till), till.keysHeld().length, till.noted('erased')]).toEqual([0, 0, 1])
  const { unbindCase, forced } = await show(uuid)
  expect(forced).toMatchObject({ pending: 0, erasedBy: 'proof', eraseOrders: 1 })
  const { records } = stage.services
  expect(await records.read('terminal-by-sn', { sn: till.sn })).toMatchObject({ state: 'IN_STOCK' })
  // The host was called once, when the case was forced, and never again for the erase.
  const { acquirerCode, mid, tid } = unbindCase
  const ledger = stage.host.theSwitch.ledger({ acquirerCode, mid, tid })
  expect(ledger).toMatchObject({ state: 'blocked', callNumber: 1 })
})

test('a node that goes while it erases finds it again, and it has erased once', async () => {
  const { till, uuid } = await stolen()
  till.line.losesDown = ({ kind }) => kind === 'proceed'
  await till.switchOn()
  await till.until('a Ready', () => till.noted('ready') === 1)
  await stage.stopNode()
  till.line.losesDown = () => false
  await stage.openNode()
  await until(uuid, 'CLOSED')
  expect([held(till), till.noted('erased')]).toEqual([0, 1])
})
