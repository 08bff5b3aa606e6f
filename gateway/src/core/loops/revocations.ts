/**
 * Cuts the sessions here whose certificate was revoked, on whichever node that was asked for: it looks at
 * what was revoked lately. It needs no cursor, for admission looks at each certificate itself; whoever
 * revoked, and a hint from there, only make it look earlier.
 */
import { toHex } from '@tillgate/protocol'

import { coreLimits } from '../limits.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { Clock, DurationMs, EpochMs, Timers } from '../ports/system.js'
import type { SessionRegistry } from '../sessions/registry.js'
import { createLoop, type Loop } from './pace.js'

export interface RevocationPorts {
  readonly records: Pick<Records, 'read'>
  readonly sessions: SessionRegistry
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly beatMs?: DurationMs
}

export const createRevocationLoop = (ports: RevocationPorts): Loop => {
  const { records, sessions, clock } = ports
  /** Where the next page begins; undefined between two looks. */
  let fromMs: EpochMs | undefined

  const cut = (sha256s: ReadonlySet<string>): void => {
    if (sha256s.size === 0) return
    for (const { link } of sessions.all()) {
      if (sha256s.has(toHex(link.certificateSha256))) link.close('revoked')
    }
  }

  const turn = async (): Promise<boolean> => {
    const limit = coreLimits.revocationsPerTurnMax
    const sinceMs = fromMs ?? clock.now() - coreLimits.revocationsLookBackMs
    const revoked = await records.read('revoked-certificates', { sinceMs, limit })
    cut(new Set(revoked.map(({ sha256 }) => toHex(sha256))))
    const newestMs = revoked.at(-1)?.revokedAtMs ?? sinceMs
    fromMs = revoked.length === limit && newestMs > sinceMs ? newestMs : undefined
    return fromMs !== undefined
  }

  return createLoop({ name: 'revocations', ...ports, turn })
}
