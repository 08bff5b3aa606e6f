// What a hook makes of a receiver that is slow, wrong, silent or somebody else.
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'

import type { HeardCall, Hook, HookOptions } from '../../gateway/src/adapters/hooks/hook.js'
import { createHostHook } from '../../gateway/src/adapters/hooks/host-hook.js'
import type { RegistryCodes } from '../../gateway/src/adapters/hooks/registry-codes.js'
import { createRegistryHook } from '../../gateway/src/adapters/hooks/registry-hook.js'
import { systemClock, systemIds } from '../../gateway/src/adapters/system/index.js'
import type { Deregistration, Registry } from '../../gateway/src/core/ports/registry.js'
import { waitFor } from '../ground/index.js'
import * as faults from './faults.js'
import { hookTo } from './open-hook.js'
import type { HookReceiver } from './receiver.js'
import { hookSecret } from './receiver.js'
import { startReceiver } from './start-receiver.js'

/** As in production, with pauses that a test can wait for. */
const quick = { attemptMsMax: 400, callMsMax: 3_000, pauseMs: 5, pauseMsMax: 20, openMs: 100 }

let receiver: HookReceiver
let hook: Hook
let registry: Registry
let heard: HeardCall[]

const open = (more: Partial<HookOptions> = {}, codes?: RegistryCodes): void => {
  hook.close()
  heard = []
  hook = hookTo(receiver, { limits: quick, heard: (call) => heard.push(call), ...more })
  registry = createRegistryHook(hook, codes)
}

beforeEach(async () => {
  receiver = await startReceiver('hooks')
  hook = hookTo(receiver)
  open()
})
afterEach(async () => {
  hook.close()
  await receiver.goDown()
})

const association = {
  ...{ acquirerCode: '4802', mid: '480290053990001', tid: 'T0000001', sn: 'SIM1', tusn: null },
}
const call = (idempotencyKey: string): Deregistration => ({
  ...{ ...association, reason: 'STORE_CLOSED', idempotencyKey },
})
const unavailable = { ok: false, code: 'unavailable' }
const deliveries = () => receiver.got().map(({ was }) => was)

describe('what passes is tried again, within the call', () => {
  test.each([
    ['an error', faults.answersStatus(500)],
    ['being busy', faults.answersStatus(503)],
    ['too many requests', faults.answersStatus(429)],
    ['silence', faults.hangs],
  ])('%s', async (_, fault) => {
    receiver.next(fault, fault)
    expect(await registry.deregister(call('a'))).toMatchObject({ ok: true })
    expect(deliveries()).toEqual(['misbehaved', 'misbehaved', 'acted'])
    expect(new Set(receiver.got().map(({ id }) => id))).toEqual(new Set(['a']))
    expect(heard).toMatchObject([{ outcome: 'answered', attempts: 3 }])
  })

  it('an answer that was lost is asked for again, and there was one act', async () => {
    receiver.next(faults.losesItsAnswer)
    expect(await registry.deregister(call('a'))).toMatchObject({ ok: true })
    expect(deliveries()).toEqual(['acted', 'repeated'])
    expect(receiver.acts.effects).toHaveLength(1)
  })

  it('an answer that is too slow likewise', async () => {
    receiver.next(faults.isSlow(2_000))
    expect(await registry.deregister(call('a'))).toMatchObject({ ok: true })
    expect(receiver.acts.effects).toHaveLength(1)
  })

  it('a request that the network delivers twice is one act', async () => {
    receiver.next(faults.isDeliveredTwice)
    expect(await registry.deregister(call('a'))).toMatchObject({ ok: true })
    expect(deliveries()).toEqual(['acted', 'repeated'])
    expect(receiver.acts.effects).toHaveLength(1)
  })

  it('a receiver that stays wrong is unavailable after four attempts', async () => {
    receiver.next(...Array.from({ length: 4 }, () => faults.answersStatus(502)))
    const answer = await registry.deregister(call('a'))
    expect(answer).toMatchObject({ ...unavailable, detail: 'it answered 502' })
    expect(heard).toMatchObject([{ outcome: 'unavailable', attempts: 4 }])
  })
})

describe('what no repetition mends is unavailable at once', () => {
  const other = '{"id":"a","outcome":"done","reference":"r","balance":1}'
  test.each([
    ['a redirect, which is not followed', faults.redirectsTo('https://localhost:1/')],
    ['a refusal of the signature', faults.answersStatus(401)],
    ['a proxy’s page', faults.answersBody('<html>welcome</html>')],
    ['an answer that names another message', faults.answersBody('{"id":"b","outcome":"done"}')],
    ['an answer with a field that nobody agreed on', faults.answersBody(other)],
    ['a yes without a reference', faults.answersBody('{"id":"a","outcome":"done"}')],
    ['a list', faults.answersBody('["a"]')],
  ])('%s', async (_, fault) => {
    receiver.next(fault)
    expect(await registry.deregister(call('a'))).toMatchObject(unavailable)
    expect(deliveries()).toEqual(['misbehaved'])
  })

  it('a huge answer is cut off, and never read whole', async () => {
    receiver.next(...Array.from({ length: 4 }, () => faults.answersAHugeBody))
    const answer = await registry.deregister(call('a'))
    expect(answer).toMatchObject({ ...unavailable, detail: 'answer too long' })
  })

  it('another certificate than the pinned one, and no message leaves', async () => {
    const stranger = await startReceiver('stranger')
    open({ caPem: stranger.caPem })
    expect(await registry.deregister(call('a'))).toMatchObject(unavailable)
    expect(receiver.got()).toEqual([])
    await stranger.goDown()
  })
})

describe('the signature', () => {
  it('of another secret is refused', async () => {
    open({ secrets: [hookSecret('b')] })
    expect(await registry.deregister(call('a'))).toMatchObject({ detail: 'it answered 401' })
    expect(deliveries()).toEqual(['refused'])
  })

  it('of a clock that is ten minutes slow is refused', async () => {
    const slow = { ...systemClock, now: () => systemClock.now() - 600_000 }
    open({ clock: slow })
    expect(await registry.deregister(call('a'))).toMatchObject({ detail: 'it answered 401' })
  })

  it('is made under both secrets while one takes the place of the other', async () => {
    const [old, fresh] = [hookSecret('o'), hookSecret('n')]
    open({ secrets: [fresh, old] })
    for (const [key, secrets] of [
      ['a', [old]],
      ['b', [old, fresh]],
      ['c', [fresh]],
    ] as const) {
      receiver.secrets = secrets
      expect(await registry.deregister(call(key))).toMatchObject({ ok: true })
    }
  })

  it.each([[[]], [['whsec_short']], [[hookSecret('a'), hookSecret('b'), hookSecret('c')]]])(
    'is not begun with %j',
    (secrets) => {
      expect(() => hookTo(receiver, { secrets })).toThrow(TypeError)
    },
  )

  it('covers id, time and body: a message that was changed on its way is nobody’s', () => {
    const webhook = new Webhook(hookSecret())
    const now = new Date(systemClock.now())
    const headers = {
      'webhook-id': 'a',
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': webhook.sign('a', now, '{"tid":"T1"}'),
    }
    expect(() => webhook.verify('{"tid":"T2"}', headers)).toThrow()
    expect(() => webhook.verify('{"tid":"T1"}', { ...headers, 'webhook-id': 'b' })).toThrow()
  })
})

describe('the circuit', () => {
  const fail = async (times: number): Promise<void> => {
    receiver.next(...Array.from({ length: times }, () => faults.answersStatus(500)))
  }

  it('opens after five attempts without an answer, and no more leaves until a probe', async () => {
    open({ limits: { ...quick, openMs: 60_000 } })
    await fail(5)
    await registry.deregister(call('a'))
    expect(hook.circuit()).toBe('closed')
    expect(await registry.deregister(call('a'))).toMatchObject({ detail: /circuit is open/ })
    expect(hook.circuit()).toBe('open')
    expect(deliveries()).toHaveLength(5)
    expect(await registry.deregister(call('a'))).toMatchObject({ detail: 'the circuit is open' })
    expect(heard.at(-1)).toMatchObject({ outcome: 'not-tried', attempts: 0 })
    expect(deliveries()).toHaveLength(5)
  })

  it('lets one probe through when its pause is over, and closes with its answer', async () => {
    await fail(5)
    await registry.deregister(call('a'))
    await registry.deregister(call('a'))
    await waitFor(() => hook.circuit() === 'half-open', { what: 'a half-open circuit' })
    const answers = await Promise.all(['b', 'c', 'd'].map((key) => registry.deregister(call(key))))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(hook.circuit()).toBe('closed')
    expect(await registry.deregister(call('a'))).toMatchObject({ ok: true })
  })

  it('is not opened by refusals: they are answers', async () => {
    receiver.acts.refusal = 'not yours'
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) {
      expect(await registry.deregister(call(key))).toMatchObject({ code: 'refused' })
    }
    expect(hook.circuit()).toBe('closed')
  })
})

describe('a receiver that asks for quiet', () => {
  it('gets it within the call where there is time', async () => {
    receiver.next(faults.answersStatus(429, { 'retry-after': '1' }))
    const since = systemClock.monotonic()
    expect(await registry.deregister(call('a'))).toMatchObject({ ok: true })
    expect(systemClock.monotonic() - since).toBeGreaterThanOrEqual(990)
  })

  it('gets it from every call where there is not, and no longer than the cap', async () => {
    open({ limits: { ...quick, callMsMax: 500, retryAfterMsMax: 600 } })
    receiver.next(faults.answersStatus(503, { 'retry-after': '86400' }))
    expect(await registry.deregister(call('a'))).toMatchObject(unavailable)
    expect(hook.circuit()).toBe('open')
    expect(await registry.deregister(call('b'))).toMatchObject({ detail: 'the circuit is open' })
    await waitFor(() => hook.circuit() === 'half-open', { what: 'the end of the quiet' })
    expect(await registry.deregister(call('b'))).toMatchObject({ ok: true })
  })
})

describe('a registry that speaks in codes', () => {
  const codes: RegistryCodes = new Map([
    [
      '4802',
      {
        acts: { enable: '01', disable: '02', cancel: '03' },
        answers: { ok: ['0000'], already: ['1001'], refused: ['2001'] },
      },
    ],
  ])
  const spoken = { enable: '01', cancel: '03', done: '0000', already: '1001', refused: '2001' }

  it('is told the acquirer’s own code, and its answers mean what the table says', async () => {
    open({}, codes)
    receiver.acts.codes = spoken
    await registry.deregister(call('a'))
    expect(receiver.messages[0]).toMatchObject({ actCode: '03', reason: 'STORE_CLOSED' })
    receiver.acts.refusal = 'in dispute'
    const refused = { ok: false, code: 'refused', detail: 'in dispute' }
    expect(await registry.deregister(call('b'))).toEqual(refused)
  })

  it('is not understood where it says a code that is not in the table', async () => {
    open({}, codes)
    receiver.acts.codes = { ...spoken, done: '9999' }
    expect(await registry.deregister(call('a'))).toMatchObject(unavailable)
  })

  it('of an acquirer without a table is asked nothing', async () => {
    open({}, codes)
    const answer = await registry.deregister({ ...call('a'), acquirerCode: '9900' })
    expect(answer).toMatchObject({ code: 'refused', detail: /acquirer 9900/ })
    expect(receiver.got()).toEqual([])
  })
})

it('the settlement account goes out whole, and comes back in no detail', async () => {
  receiver.acts.refusal = 'account 6217000000000000123 is not known'
  const answer = await registry.register({
    ...association,
    creditCode: '91310000MA1FL5XK2Q',
    settlementAccount: '6217000000000000123',
    placeOfDeployment: '上海市浦东新区世纪大道 100 号',
    idempotencyKey: 'r',
  })
  expect(receiver.messages[0]).toMatchObject({ settlementAccount: '6217000000000000123' })
  expect(JSON.stringify(receiver.got())).not.toContain('6217000000000000123')
  expect(answer).toMatchObject({ code: 'refused', detail: 'account ****0123 is not known' })
})

it('a host’s yes to the opposite verb is no yes', async () => {
  const host = createHostHook(hook, systemIds)
  const tid = { acquirerCode: '4802', mid: 'M1', tid: 'T1' }
  await host.block({ ...tid, callNumber: 1, reason: 'test' })
  const [{ id = '' } = {}] = receiver.got()
  receiver.next(faults.answersBody(JSON.stringify({ id, outcome: 'open' })))
  const again = await host.block({ ...tid, callNumber: 1, reason: 'test' })
  expect(again).toMatchObject(unavailable)
})

it('closing answers whoever waits', async () => {
  receiver.next(faults.hangs)
  const waiting = registry.deregister(call('a'))
  await waitFor(() => receiver.got().length > 0, { what: 'a delivery' })
  hook.close()
  expect(await waiting).toMatchObject(unavailable)
  expect(await registry.deregister(call('b'))).toMatchObject({ detail: 'closed' })
})
