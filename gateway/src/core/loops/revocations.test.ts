import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { coreLimits } from '../limits.js'
import type { Admitted, LinkSession } from '../ports/link.js'
import type { Records } from '../ports/records.js'
import { SessionRegistry } from '../sessions/registry.js'
import { newSession } from '../sessions/session.js'
import type { RevokedCertificate } from '../queries/queries.js'
import { createRevocationLoop } from './revocations.js'

const startMs = 1_800_000_000_000
const sha = (n: number): Uint8Array => {
  const bytes = new Uint8Array(32)
  new DataView(bytes.buffer).setUint32(0, n)
  return bytes
}

beforeEach(() => vi.useFakeTimers({ now: startMs }))
afterEach(() => vi.useRealTimers())

const bench = () => {
  const revoked: RevokedCertificate[] = []
  const asked: number[] = []
  const records = {
    read: (_: string, { sinceMs, limit }: { sinceMs: number; limit: number }) => {
      asked.push(sinceMs)
      return Promise.resolve(
        revoked.filter(({ revokedAtMs }) => revokedAtMs >= sinceMs).slice(0, limit),
      )
    },
  } as unknown as Records
  const sessions = new SessionRegistry()
  const closed: number[] = []
  const connect = (n: number): void => {
    const link = {
      id: n,
      sn: String(n),
      terminalId: n,
      admission: { certificateId: n } as unknown as Admitted,
      certificateSha256: sha(n),
      close: (reason: string) => void (reason === 'revoked' && closed.push(n)),
    } as unknown as LinkSession
    sessions.add(newSession(link, {} as never))
  }
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() }
  const clock = { now: () => Date.now(), monotonic: () => Date.now() }
  const timers = {
    after: (ms: number, action: () => void) => {
      const timer = setTimeout(action, ms)
      return { cancel: () => clearTimeout(timer) }
    },
  }
  const loop = createRevocationLoop({ records, sessions, clock, timers, log })
  const revoke = (n: number, revokedAtMs = Date.now()): void =>
    void revoked.push({ terminalId: n, sha256: sha(n), revokedAtMs })
  return { loop, connect, revoke, closed, asked }
}

test('what another node revoked is cut here at the next beat, and nothing else', async () => {
  const { loop, connect, revoke, closed } = bench()
  for (const n of [1, 2, 3]) connect(n)
  loop.start()
  await vi.advanceTimersByTimeAsync(10)
  expect(closed).toEqual([])
  revoke(2)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(closed).toContain(2)
  expect(closed).not.toContain(1)
  await loop.stop()
})

test('a revocation by a clock that is a minute behind is not missed', async () => {
  const { loop, connect, revoke, closed } = bench()
  connect(1)
  loop.start()
  await vi.advanceTimersByTimeAsync(5_000)
  revoke(1, Date.now() - 60_000)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(closed).toContain(1)
  await loop.stop()
})

test('more than a page at once are all cut in one look', async () => {
  const { loop, connect, revoke, closed, asked } = bench()
  const count = 2 * coreLimits.revocationsPerTurnMax + 1
  for (let n = 1; n <= count; n++) {
    connect(n)
    revoke(n, startMs + n)
  }
  loop.start()
  await vi.advanceTimersByTimeAsync(10)
  expect(new Set(closed).size).toBe(count)
  expect(asked.length).toBeGreaterThanOrEqual(3)
  await loop.stop()
})
