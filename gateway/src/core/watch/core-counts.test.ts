import { expect, it } from 'vitest'

import { newLane } from '../lanes/lane.js'
import { newSession } from '../sessions/session.js'
import { SessionRegistry } from '../sessions/registry.js'
import type { LinkSession } from '../ports/link.js'
import { createCoreWatch } from './core-counts.js'

const greeted = (id: number, sent: number) => {
  const link = {
    id,
    terminalId: id,
    sn: `SN${String(id)}`,
    admission: {},
  } as unknown as LinkSession
  const session = newSession(link, undefined)
  const epochs = { seqFirst: 1, seqLast: 9, assetEpoch: 1, bindingEpoch: 0 }
  const lane = newLane({ terminalId: id, fence: 1, ...epochs })
  for (let i = 0; i < sent; i++) lane.sent.set(i, { kind: 'command', at: 0, tries: 1, seq: i })
  const bytes = new Uint8Array(16)
  session.greeting = { nonce: bytes, sessionId: bytes, macKey: bytes, lane }
  return session
}

const scene = () => {
  const sessions = new SessionRegistry()
  const waiting = { now: 0 }
  const time = { now: 0 }
  const clock = { now: () => 0, monotonic: () => time.now }
  const signer = { waiting: () => waiting.now }
  return { sessions, waiting, time, watch: createCoreWatch({ sessions, signer, clock }) }
}

it('tells what was sent again from what was sent', () => {
  const { watch } = scene()
  watch.countSent('command', false)
  watch.countSent('command', false)
  watch.countSent('command', true)
  watch.countSent('proceed', false)
  const { sent } = watch.counts()
  expect(sent.filter(({ count }) => count > 0)).toEqual([
    { kind: 'command', again: false, count: 2 },
    { kind: 'command', again: true, count: 1 },
    { kind: 'proceed', again: false, count: 1 },
  ])
})

it('adds up the commands in flight of those who are connected and greeted', () => {
  const { sessions, watch } = scene()
  const gone = greeted(3, 5)
  gone.closed = true
  for (const session of [greeted(1, 2), greeted(2, 1), gone]) sessions.add(session)
  expect(watch.counts().inFlight).toBe(3)
})

it('says what waits and which leases are held, as it is when it is asked', () => {
  const { watch, waiting } = scene()
  let held = false
  expect(watch.watchLease('expiry', { held: () => held }).held()).toBe(false)
  held = true
  waiting.now = 7
  const counts = watch.counts()
  expect(counts.signaturesWaiting).toBe(7)
  expect([...counts.leases]).toEqual([['expiry', true]])
})

it('says for how long a reader has not been at the end, while it is this node that runs it', () => {
  const { watch, time } = scene()
  let held = true
  watch.watchLease('alarm-log', { held: () => held })
  expect([...watch.counts().readersBehindMs]).toEqual([])
  time.now = 100
  watch.readerIsAtEnd('alarm-log')
  time.now = 5_100
  expect([...watch.counts().readersBehindMs]).toEqual([['alarm-log', 5_000]])
  held = false
  expect([...watch.counts().readersBehindMs]).toEqual([])
})
