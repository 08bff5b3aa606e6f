import { expect, test, vi } from 'vitest'

import type { Admitted, LinkSession } from '../ports/link.js'
import { newLane } from '../lanes/lane.js'
import { heedHints } from './hints.js'
import { SessionRegistry } from './registry.js'
import { newSession } from './session.js'

const lane = { fence: 6, seqFirst: 1, seqLast: 256, assetEpoch: 0, bindingEpoch: 1 }

const bench = () => {
  const sessions = new SessionRegistry()
  const nudged: unknown[] = []
  const handler = heedHints({
    sessions,
    nudgeLane: (terminalId) => void nudged.push(terminalId),
    nudgeHost: () => void nudged.push('host'),
    nudgeCases: () => void nudged.push('cases'),
    nudgeRevocations: () => void nudged.push('revocations'),
    committed: () => void nudged.push('committed'),
  })
  const connect = (terminalId: number, greeted = true) => {
    const close = vi.fn()
    const admission = { certificateId: 4 } as unknown as Admitted
    const link = { id: terminalId, sn: `SN${String(terminalId)}`, terminalId, admission, close }
    const session = newSession(link as unknown as LinkSession, {} as never)
    const bytes = new Uint8Array(16)
    if (greeted) {
      const own = newLane({ terminalId, ...lane })
      session.greeting = { nonce: bytes, sessionId: bytes, macKey: bytes, lane: own }
    }
    sessions.add(session)
    return close
  }
  return { handler, connect, nudged }
}

test('a lane that is here is looked at, one that is not, or has not said Hello, is left alone', () => {
  const { handler, connect, nudged } = bench()
  connect(1)
  connect(2, false)
  for (const terminalId of [1, 2, 3]) handler.notice({ kind: 'lane', terminalId })
  expect(nudged).toEqual([1])
})

test('a session is over where another node has taken the lane under a higher fencing number', () => {
  const { handler, connect } = bench()
  const close = connect(1)
  handler.notice({ kind: 'moved', terminalId: 1, fence: 7 })
  expect(close).toHaveBeenCalledExactlyOnceWith('replaced')
})

test.each([5, 6])('news of fencing number %i comes too late for a session of number 6', (fence) => {
  const { handler, connect } = bench()
  const close = connect(1)
  handler.notice({ kind: 'moved', terminalId: 1, fence })
  expect(close).not.toHaveBeenCalled()
})

test('where hints may have been lost, everything is looked at', () => {
  const { handler, connect, nudged } = bench()
  connect(1)
  connect(2, false)
  connect(3)
  handler.missed()
  expect(nudged).toEqual([1, 3, 'host', 'cases', 'revocations', 'committed'])
})

test('a call nudges what it names', () => {
  const { handler, nudged } = bench()
  for (const call of ['committed', 'host', 'cases', 'revoked'] as const) handler.called(call)
  expect(nudged).toEqual(['committed', 'host', 'cases', 'revocations'])
})
