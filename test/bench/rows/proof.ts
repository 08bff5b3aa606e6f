/**
 * auditProof: how long the proof of one event takes among a million that are sealed, from the question to a
 * proof that was checked. The records are a file, and nothing is in memory but what SQLite keeps.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openAudit, openSqliteRecords, systemClock, systemTimers } from '@tillgate/gateway'
import type { Audit, Log, Records } from '@tillgate/gateway'
import { provesEntry } from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'

import { median, percentile, rounded } from '../statistics.js'
import type { Bench, MeasureRows, Row } from './row.js'

const atOnce = 2_000
const proofs = 500
const quiet = (): void => undefined
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet }

const fill = async (records: Records, bench: Bench): Promise<void> => {
  const { sealedEvents } = bench.sizes
  const alarm = { code: 'BENCH', terminalId: null, actor: 'bench', detail: 'a line', atMs: 1 }
  for (let made = 0; made < sealedEvents; made += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, sealedEvents - made) }, () =>
      records.submit('raise-alarm', { ...alarm, evidence: null }),
    )
    await Promise.all(some)
    if (made % (atOnce * 100) === 0) bench.progress.step(`auditProof: ${String(made)} events`)
  }
}

/** Seconds until all are sealed, from a ledger that nobody has sealed. */
const seal = async (audit: Audit, records: Records, size: number): Promise<number> => {
  const since = performance.now()
  audit.start()
  while (((await records.read('audit-tree', {}))?.size ?? 0) < size) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return (performance.now() - since) / 1_000
}

const measure = async (audit: Audit, records: Records, bench: Bench): Promise<Row> => {
  const { sealedEvents: size } = bench.sizes
  await fill(records, bench)
  bench.progress.step('auditProof: sealing')
  const sealSeconds = await seal(audit, records, size)
  const tookMs: number[] = []
  for (let ask = 0; ask < proofs; ask++) {
    // Spread over the whole tree, never two of one tile in a row.
    const eventId = 1 + ((ask * 7_919 * 257) % size)
    const since = performance.now()
    const answer = await audit.service.inclusion({ eventId, size })
    if (!answer.ok) throw new Error(`event ${String(eventId)} has no proof`)
    const isProved = provesEntry(nodePrimitives, answer.leafHash, answer, answer.root)
    tookMs.push(performance.now() - since)
    if (!isProved) throw new Error(`the proof of event ${String(eventId)} is wrong`)
  }
  const p50Ms = rounded(median(tookMs), 4)
  return {
    ...{ name: 'auditProof', events: size, p50Ms, p99Ms: rounded(percentile(tookMs, 0.99), 4) },
    sealedPerSecond: Math.round(size / sealSeconds),
    runs: [{ p50Ms }],
    ratios: {},
    notes: ['one proof of inclusion with the root, asked and checked, out of a SQLite file'],
  }
}

export const measureProof: MeasureRows = async (bench) => {
  const folder = mkdtempSync(join(tmpdir(), 'tillgate-bench-'))
  const parts = { clock: systemClock, timers: systemTimers, log }
  const records = await openSqliteRecords({ folder: join(folder, 'data'), ...parts })
  const audit = openAudit({
    ...{ ...parts, records, digest: nodePrimitives },
    coordination: { lease: () => ({ held: () => true }) },
    signer: { sign: () => Promise.reject(new Error('nothing is signed here')) },
  })
  try {
    return [await measure(audit, records, bench)]
  } finally {
    await audit.stop()
    await records.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
