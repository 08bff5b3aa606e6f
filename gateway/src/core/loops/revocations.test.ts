import { expect, test, vi } from 'vitest'

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

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

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
  const at = { nowMs: startMs }
  const clock = { now: () => at.nowMs, monotonic: () => at.nowMs }
  const due: (() => void)[] = []
  const timers = {
    after(_: number, action: () => void) {
      due.push(action)
      return { cancel: () => undefined }
    },
  }
  const loop = createRevocationLoop({ records, sessions, clock, timers, log })
  const revoke = (n: number, revokedAtMs = at.nowMs): void =>
    void revoked.push({ terminalId: n, sha256: sha(n), revokedAtMs })
  /** One beat of the loop, this much later. */
  const beat = async (afterMs = 1_000): Promise<void> => {
    at.nowMs += afterMs
    for (const action of due.splice(0)) action()
    await settled()
  }
  const start = async (): Promise<void> => {
    loop.start()
    await settled()
  }
  return { loop, start, beat, connect, revoke, closed, asked, at }
}

test('what another node revoked is cut here at the next beat, and nothing else', async () => {
  const { loop, start, beat, connect, revoke, closed } = bench()
  for (const n of [1, 2, 3]) connect(n)
  await start()
  expect(closed).toEqual([])
  revoke(2)
  await beat()
  expect(closed).toContain(2)
  expect(closed).not.toContain(1)
  await loop.stop()
})

test('a revocation by a clock that is a minute behind is not missed', async () => {
  const { loop, start, beat, connect, revoke, closed, at } = bench()
  connect(1)
  await start()
  await beat(5_000)
  revoke(1, at.nowMs - 60_000)
  await beat()
  expect(closed).toContain(1)
  await loop.stop()
})

test('more than a page at once are all cut in one look', async () => {
  const { loop, start, connect, revoke, closed, asked } = bench()
  const count = 2 * coreLimits.revocationsPerTurnMax + 1
  for (let n = 1; n <= count; n++) {
    connect(n)
    revoke(n, startMs + n)
  }
  await start()
  expect(new Set(closed).size).toBe(count)
  expect(asked.length).toBeGreaterThanOrEqual(3)
  await loop.stop()
})
