// A case whose host and registry stand behind signed hooks, and both go away in the middle of it.
import { systemClock } from '@tillgate/device-sim'
import type { Clock, CaseWithLedger } from '@tillgate/gateway'
import { uuidToText } from '@tillgate/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { waitFor } from '../ground/index.js'
import { isDeliveredTwice, losesItsAnswer } from '../hooks/faults.js'
import type { HookReceiver } from '../hooks/receiver.js'
import { startReceiver } from '../hooks/start-receiver.js'
import { approveUnbind } from './approval.js'
import { acquirerCode, mid, openStage, patienceMs, type Stage } from './stage.js'
import { isOf } from './watched-records.js'

let receiver: HookReceiver
let stage: Stage
let aheadMs: number

beforeEach(async () => {
  aheadMs = 0
  const clock: Clock = {
    now: () => systemClock.now() + aheadMs,
    monotonic: () => systemClock.monotonic(),
  }
  receiver = await startReceiver('hooks')
  const { url, caPem, secrets } = receiver
  const hook = { url, caPem, secrets }
  const config = { hostAdapter: { kind: 'hook', ...hook }, registryHook: hook } as const
  stage = await openStage({ clock, config })
})
afterEach(async () => {
  await stage.end()
  await receiver.goDown()
})

const until = (uuid: Uint8Array, what: string, is: (shown: CaseWithLedger) => boolean) =>
  waitFor(
    async () => {
      const shown = await stage.services.cases.show(uuid)
      return shown !== undefined && is(shown) ? shown : undefined
    },
    { what, timeoutMs: patienceMs },
  )

const unanswered = (target: string): boolean =>
  stage.services
    .counts()
    .hooks.calls.some(({ names }) => names.join(' ') === `${target} unavailable`)

test(
  'it waits where it stands and goes on by itself, and each call has had one effect',
  { timeout: 60_000 },
  async () => {
    const till = await stage.till()
    const opened = await stage.services.cases.open({
      ...{ sn: till.sn, reason: 'STORE_CLOSED', actor: 'ana' },
    })
    if (!opened.ok) throw new Error(opened.code)
    const { uuid } = opened.value
    const { unbindCase } = await until(
      uuid,
      'a case that was checked',
      ({ unbindCase: { state } }) => state === 'AWAITING_APPROVAL',
    )

    await receiver.goDown()
    await approveUnbind(stage, till.sn)
    await waitFor(() => unanswered('host'), { what: 'a block that was not answered' })
    await until(
      uuid,
      'a case that waits for its TID',
      ({ unbindCase: { state } }) => state === 'TID_BLOCKING',
    )
    expect(receiver.acts.effects).toEqual([])

    stage.ears.beforeSubmit = (submitted) =>
      isOf(submitted, 'commit-proceed') ? receiver.goDown() : undefined
    receiver.next(losesItsAnswer)
    await receiver.comeBack()
    await until(
      uuid,
      'a case whose registry is silent',
      ({ unbindCase: { waitsFor } }) => waitsFor === '["REGISTRY_UNREACHABLE"]',
    )

    stage.ears.beforeSubmit = undefined
    receiver.next(isDeliveredTwice)
    await receiver.comeBack()
    aheadMs = 61_000
    const { ledger } = await until(
      uuid,
      'a closed case',
      ({ unbindCase: { state } }) => state === 'CLOSED',
    )

    const kinds = ledger.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind.startsWith('case.registry'))).toEqual([
      'case.registry_silent',
    ])
    const tid = `${acquirerCode}/${mid}/${unbindCase.tid}`
    expect(receiver.acts.effects).toEqual([
      expect.stringMatching(new RegExp(`^host\\.block ${tid} #\\d+$`)),
      `registry.deregister ${tid}/${till.sn}`,
    ])
    const repeated = receiver.got().filter(({ was }) => was === 'repeated')
    expect(repeated.map(({ type }) => type).sort()).toEqual(['host.block', 'registry.deregister'])
    expect(repeated.map(({ id }) => id)).toContain(uuidToText(uuid))
  },
)
