import { commandTypeNumbers } from '@tillgate/protocol'
import { expect, onTestFinished, test } from 'vitest'

import { openInlineSqliteRecords } from '../adapters/records/sqlite/open-inline-sqlite-records.js'
import { systemClock, systemTimers } from '../adapters/system/index.js'
import { RecordsUnavailable } from '../core/ports/records.js'
import type { Records } from '../core/ports/records.js'
import { CommandCounts, Spans } from './counts.js'
import { watchHost } from './watched-host.js'
import { watchRecords } from './watched-records.js'
import { watchSigner, watchVerifier } from './watched-signing.js'

const atMs = 1_700_000_000_000
const bytes = (length: number, fill: number): Uint8Array => new Uint8Array(length).fill(fill)

const watched = () => {
  const own = openInlineSqliteRecords({
    file: ':memory:',
    clock: systemClock,
    timers: systemTimers,
  })
  onTestFinished(() => own.close())
  const seen = { committed: 0 }
  return {
    seen,
    own,
    watched: watchRecords(own, { clock: systemClock, committed: () => seen.committed++ }),
  }
}

const terminal = { sn: 'SN1', vendor: 'V', model: 'M', tusn: null, assetEpoch: 1, actor: 'a', atMs }

const order = (fill: number) => ({
  uuid: bytes(16, fill),
  publicId: `command ${String(fill)}`,
  terminalId: 1,
  type: commandTypeNumbers.SelfTest,
  destructive: 0 as const,
  payload: bytes(0, 0),
  bindingId: null,
  notAfterMs: atMs + 1_000,
  actor: 'a',
  atMs,
})

const cancel = { commandUuid: bytes(16, 1), actor: 'a', atMs }

test('an order counts once, whatever is repeated, and its end once, by type and state', async () => {
  const {
    watched: { records, commands },
  } = watched()
  await records.submit('register-terminal', terminal)
  await records.submit('order-command', order(1))
  await records.submit('order-command', order(1))
  await records.submit('order-command', order(2))
  expect(commands.ordered.all()).toEqual([{ names: ['SelfTest'], count: 2 }])
  expect(commands.ended.all()).toEqual([])
  await records.submit('cancel-command', cancel)
  await records.submit('cancel-command', cancel)
  expect(commands.ended.all()).toEqual([{ names: ['SelfTest', 'cancelled'], count: 1 }])
})

test('the Unbind of a case counts as ordered, once, and its other moves do not', () => {
  const counts = new CommandCounts()
  const answers = [
    { ok: true, moved: true, state: 'AWAITING_APPROVAL' },
    { ok: false, code: 'COMMAND_IN_FLIGHT' },
    { ok: true, moved: true, state: 'DISPATCHED' },
  ]
  for (const answer of answers) counts.see('order-case', {}, answer)
  counts.see('move-case', {}, { ok: true, moved: true, state: 'DISPATCHED' })
  expect(counts.ordered.all()).toEqual([{ names: ['Unbind'], count: 1 }])
})

test('operations count by how they were answered, and only what was taken is news', async () => {
  const {
    seen,
    own,
    watched: { records, counts },
  } = watched()
  await records.submit('register-terminal', terminal)
  await records.submit('cancel-command', cancel)
  const failing: Records = {
    submit: () => Promise.reject(new RecordsUnavailable('disk full')),
    read: (name, input) => own.read(name, input),
    health: () => own.health(),
    close: () => Promise.resolve(),
  }
  const { records: broken, counts: brokenCounts } = watchRecords(failing, {
    clock: systemClock,
    committed: () => seen.committed++,
  })
  await expect(broken.submit('register-terminal', terminal)).rejects.toThrow('disk full')
  expect(brokenCounts().answered).toEqual([{ names: ['unavailable'], count: 1 }])
  expect(counts().answered).toEqual([
    { names: ['ok'], count: 1 },
    { names: ['refused'], count: 1 },
  ])
  expect(counts().waiting).toBe(0)
  expect(seen.committed).toBe(1)
})

test('spans add up below each end; what is longer than all counts in the total', () => {
  const spans = new Spans()
  for (const ms of [0.5, 1, 3, 9_000]) spans.add(ms)
  const { within, count, sumMs } = spans.all()
  expect(within.slice(0, 3)).toEqual([
    { ms: 1, count: 2 },
    { ms: 2, count: 2 },
    { ms: 5, count: 3 },
  ])
  expect(within.at(-1)?.count).toBe(3)
  expect({ count, sumMs }).toEqual({ count: 4, sumMs: 9_004.5 })
})

test('calls to the host count by verb and answer, with their time, and come through unchanged', async () => {
  let now = 0
  const clock = { now: () => 0, monotonic: () => now }
  const answer = { ok: true, state: 'blocked' } as const
  const refused = { ok: false, code: 'stale', detail: 'a higher number' } as const
  const { host, counts } = watchHost(
    {
      block: () => {
        now += 30
        return Promise.resolve(answer)
      },
      unblock: () => Promise.resolve(refused),
      show: () => Promise.resolve({ ok: true, state: 'open', callNumber: 0 }),
    },
    clock,
  )
  const call = { acquirerCode: 'A', mid: 'M', tid: 'T', callNumber: 1, reason: 'unbind' }
  expect(await host.block(call)).toBe(answer)
  expect(await host.unblock(call)).toBe(refused)
  await host.block(call)
  expect(counts().calls).toEqual([
    { names: ['block', 'blocked'], count: 2 },
    { names: ['unblock', 'stale'], count: 1 },
  ])
  expect(counts().spans.get('block')).toMatchObject({ count: 2, sumMs: 60 })
  expect(counts().spans.get('show')).toMatchObject({ count: 0 })
})

test('what waits for a signature or a check is counted until it is answered, even by a refusal', async () => {
  const clock = { now: () => 0, monotonic: () => 0 }
  const refuse: (() => void)[] = []
  const key = { kid: bytes(8, 1), alg: 'ES256' } as const
  const signer = watchSigner(
    {
      key: () => key,
      sign: () => new Promise((_, no) => refuse.push(() => no(new Error('down')))),
    },
    clock,
  )
  const signing = signer.port.sign('ordinary', bytes(4, 1))
  expect(signer.counts().waiting).toBe(1)
  refuse[0]?.()
  await expect(signing).rejects.toThrow('down')
  expect(signer.counts()).toMatchObject({ waiting: 0, spans: { count: 1 } })
  expect(signer.port.key('receipt')).toBe(key)

  const verifier = watchVerifier(
    { importKey: () => undefined, verify: (items) => Promise.resolve(items.map(() => true)) },
    clock,
  )
  const checking = verifier.port.verify([1, 2, 3] as never)
  expect(verifier.counts().waiting).toBe(3)
  expect(await checking).toEqual([true, true, true])
  expect(verifier.counts()).toMatchObject({ waiting: 0, spans: { count: 1 } })
})
