/**
 * Destroys what must no longer be there: documents whose retention is over, uploads that were never whole,
 * keys of scopes whose retention is over. What a legal hold stands on is left alone. Every step is an
 * operation that asks again by itself, so that two nodes, or a crash in between, change nothing.
 */
import { coreLimits } from '../limits.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { Clock, DurationMs, Timers } from '../ports/system.js'
import { createLoop, type Loop } from './pace.js'

export interface RetentionPorts {
  readonly records: Records
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly beatMs?: DurationMs
  mayRun?(): boolean
}

const actor = 'gateway'

export const createRetentionLoop = (ports: RetentionPorts): Loop => {
  const { records, clock } = ports

  const dropDocuments = async (nowMs: number): Promise<boolean> => {
    const limit = coreLimits.documentsPerTurnMax
    const due = await records.read('documents-due', { nowMs, afterId: 0, limit })
    let dropped = 0
    // One after another: each writes to all of its parts.
    for (const { id: documentId, scope } of due) {
      const order = { documentId, scope, actor, atMs: nowMs }
      const { ok } = await records.submit('drop-document', order)
      if (ok) dropped += 1
    }
    return due.length === limit && dropped > 0
  }

  const destroyKeys = async (nowMs: number): Promise<boolean> => {
    const limit = coreLimits.scopeKeysPerTurnMax
    const due = await records.read('scope-keys-due', { nowMs, afterId: 0, limit })
    const orders = due.map(({ scope }) => ({ scope, why: 'retention-over', actor, atMs: nowMs }))
    const answers = await Promise.all(
      orders.map((order) => records.submit('destroy-scope-key', order)),
    )
    return due.length === limit && answers.some(({ ok }) => ok)
  }

  const turn = async (): Promise<boolean> => {
    const nowMs = clock.now()
    const more = await Promise.all([dropDocuments(nowMs), destroyKeys(nowMs)])
    return more.includes(true)
  }

  return createLoop({ name: 'retention', beatMs: coreLimits.retentionLookMs, ...ports, turn })
}
