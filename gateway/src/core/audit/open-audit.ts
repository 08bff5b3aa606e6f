/**
 * The audit of a node, put together: the loop that seals, what signs checkpoints, the loops that send them
 * outside, and what may be asked. Stands beside the core: nothing in it is waited for.
 */
import type { NoteKey } from '@tillgate/protocol'

import { createOutletLoop, outletReaders, type OutletCounts } from '../loops/checkpoint-outlet.js'
import { createSealing, sealingReader, type SealingCounts } from '../loops/sealing.js'
import type { Coordination } from '../ports/coordination.js'
import type { Log } from '../ports/log.js'
import type { CheckpointOutlet } from '../ports/outlet.js'
import type { Records } from '../ports/records.js'
import type { Digest, Signer } from '../ports/signing.js'
import type { Clock, DurationMs, Timers } from '../ports/system.js'
import { createAuditService, type AuditService } from './audit-service.js'
import { createCheckpointSigner } from './checkpoint-signer.js'

export interface AuditPorts {
  readonly records: Records
  readonly coordination: Pick<Coordination, 'lease'>
  readonly signer: Pick<Signer, 'sign'>
  readonly digest: Pick<Digest, 'sha256'>
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  /** What checkpoints are signed with; they are not where it is left out. */
  readonly key?: NoteKey
  readonly outlets?: readonly CheckpointOutlet[]
  readonly pace?: { readonly beatMs?: DurationMs; readonly pauseMs?: DurationMs }
}

export interface AuditCounts extends SealingCounts {
  /** Whether this node is the one that seals. */
  readonly seals: boolean
  /** Since it was last at the end of the ledger; undefined while another node seals. */
  readonly behindMs: DurationMs | undefined
  readonly outlets: ReadonlyMap<string, OutletCounts>
}

export interface Audit {
  readonly service: AuditService
  counts(): AuditCounts
  /** What is not well, in plain words; sealing goes on as it can. */
  reasons(): readonly string[]
  /** Something was committed. */
  nudge(): void
  start(): void
  stop(): Promise<void>
}

export const openAudit = (ports: AuditPorts): Audit => {
  const { records, coordination, digest, clock, timers, log, key, pace = {} } = ports
  const lease = coordination.lease(sealingReader)
  const looping = { records, clock, timers, log, ...pace }
  let atEndMs = clock.monotonic()
  const outlets = (ports.outlets ?? []).map((outlet) => {
    const own = coordination.lease(`${outletReaders}${outlet.name}`)
    const loop = createOutletLoop({ ...looping, outlet, mayRun: () => own.held() })
    return { name: outlet.name, outlet, loop }
  })
  const signs = key && {
    sealed: createCheckpointSigner({
      ...{ records, digest, clock, log, key, signer: ports.signer },
      stored() {
        for (const { loop } of outlets) loop.nudge()
      },
    }),
  }
  const sealing = createSealing({
    ...looping,
    ...signs,
    digest,
    mayRun() {
      if (lease.held()) return true
      // When it comes here again, what another node sealed meanwhile was not left lying.
      atEndMs = clock.monotonic()
      return false
    },
    readerIsAtEnd: () => (atEndMs = clock.monotonic()),
  })
  const counts = (): AuditCounts => ({
    ...sealing.counts(),
    seals: lease.held(),
    behindMs: lease.held() ? clock.monotonic() - atEndMs : undefined,
    outlets: new Map(outlets.map(({ name, loop }) => [name, loop.counts()])),
  })
  return {
    service: createAuditService(records, digest, key),
    counts,
    reasons: () =>
      [...counts().outlets].flatMap(([name, { failure }]) =>
        failure === undefined ? [] : [`checkpoints to ${name}: ${failure}`],
      ),
    nudge: () => sealing.nudge(),
    start() {
      sealing.start()
      for (const { loop } of outlets) loop.start()
    },
    async stop() {
      await Promise.allSettled([sealing.stop(), ...outlets.map(({ loop }) => loop.stop())])
      await Promise.allSettled(outlets.map(({ outlet }) => outlet.close()))
    },
  }
}
