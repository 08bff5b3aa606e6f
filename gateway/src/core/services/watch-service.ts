/** What hosts report of TIDs whose terminals were taken from their merchants. */
import { watchLimits } from '../bindings/watch.js'
import type { ReportAttemptResult } from '../operations/report-attempt.js'
import type { Records } from '../ports/records.js'
import type { Clock, DurationMs, EpochMs } from '../ports/system.js'
import type { Answer } from './command-service.js'
import { refusal } from './refusal.js'

export interface HostAttempt {
  readonly acquirerCode: string
  readonly mid: string
  readonly tid: string
  /** As the host saw it, where it did. */
  readonly sn: string | undefined
  readonly kind: 'sale' | 'authorization' | 'key'
  readonly triedAtMs: EpochMs
  /** The host's own name for it; the same is reported once. */
  readonly reference: string
  readonly actor: string
}

export interface WatchService {
  report(attempt: HostAttempt): Promise<Answer<ReportAttemptResult>>
}

export interface WatchPorts {
  readonly records: Pick<Records, 'submit'>
  readonly clock: Pick<Clock, 'now'>
  readonly watchMs?: DurationMs
}

export const createWatchService = ({ records, clock, ...ports }: WatchPorts): WatchService => ({
  async report({ acquirerCode, mid, tid, sn = null, kind, triedAtMs, reference, actor }) {
    const atMs = clock.now()
    if (triedAtMs > atMs + watchLimits.aheadMsMax) {
      return refusal('VALIDATION', 'at', 'must not lie ahead')
    }
    const value = await records.submit('report-attempt', {
      by: { source: 'host', acquirerCode, mid, tid, sn },
      // Two acquirers may count alike.
      reference: `host ${acquirerCode} ${reference}`,
      ...{ kind, triedAtMs, actor, atMs, evidence: null },
      watchMs: ports.watchMs ?? watchLimits.watchMsDefault,
    })
    return { ok: true, value }
  },
})
