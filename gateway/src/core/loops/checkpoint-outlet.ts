/**
 * Sends the newest signed checkpoint outside. One that was overtaken before it could go is passed over: the
 * newer one covers it. The place is kept in the records, so that a restart sends nothing twice but the one
 * whose answer was lost. An outside that can't be reached is tried again, ever more rarely.
 */
import { coreLimits } from '../limits.js'
import type { Log } from '../ports/log.js'
import type { CheckpointOutlet } from '../ports/outlet.js'
import type { Records } from '../ports/records.js'
import type { Clock, DurationMs, Timers } from '../ports/system.js'
import { createLoop, type Loop } from './pace.js'

/** How the names of these readers begin; their places are ids of checkpoints, not of events. */
export const outletReaders = 'checkpoints-'

export interface OutletPorts {
  readonly outlet: CheckpointOutlet
  readonly records: Records
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly beatMs?: DurationMs
  mayRun?(): boolean
}

export interface OutletCounts {
  readonly sent: number
  readonly failed: number
  /** For how long the newest checkpoint has not gone out, as far as this node has seen. */
  readonly behindMs: DurationMs
  /** In plain words, while it does not work. */
  readonly failure: string | undefined
}

export interface OutletLoop extends Loop {
  counts(): OutletCounts
}

export const createOutletLoop = (ports: OutletPorts): OutletLoop => {
  const { outlet, records, clock, log } = ports
  const reader = `${outletReaders}${outlet.name}`
  let sentId: number | undefined
  let sent = 0
  let failed = 0
  let failure: string | undefined
  let failuresInARow = 0
  let notBefore = 0
  let behindSince: DurationMs | undefined

  const fail = (error: unknown): void => {
    failed += 1
    failuresInARow += 1
    const delay = Math.min(
      coreLimits.outletRetryMsMax,
      coreLimits.outletRetryMs * 2 ** Math.min(failuresInARow - 1, 16),
    )
    notBefore = clock.monotonic() + delay
    if (failure === undefined) {
      log.warn('a checkpoint could not be sent; sealing goes on', {
        to: outlet.name,
        error: String(error),
      })
    }
    failure = String(error instanceof Error ? error.message : error)
  }

  const turn = async (): Promise<boolean> => {
    const newest = await records.read('audit-checkpoint', {})
    if (newest === undefined) return false
    sentId ??= (await records.read('cursor', { reader })).position
    if (newest.id <= sentId) {
      behindSince = undefined
      return false
    }
    behindSince ??= clock.monotonic()
    if (clock.monotonic() < notBefore) return false
    try {
      await outlet.send(newest)
    } catch (error) {
      fail(error)
      return false
    }
    if (failure !== undefined) log.info('checkpoints go out again', { to: outlet.name })
    sent += 1
    failure = undefined
    failuresInARow = 0
    behindSince = undefined
    sentId = (await records.submit('advance-cursor', { reader, position: newest.id })).position
    return false
  }

  const loop = createLoop({ ...ports, name: `checkpoints to ${outlet.name}`, turn })
  return {
    ...loop,
    counts: () => ({
      sent,
      failed,
      behindMs: behindSince === undefined ? 0 : clock.monotonic() - behindSince,
      failure,
    }),
  }
}
