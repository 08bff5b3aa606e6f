/**
 * The loops of the merchant's side, put together: the outbox, the reader that fills it, and the reader that
 * prints agreements. They own no behaviour.
 */
import { createAgreements } from '../merchants/agreements.js'
import { casePrefix } from '../merchants/status-of-event.js'
import type { Log } from '../ports/log.js'
import type { Notices } from '../ports/notices.js'
import type { Records } from '../ports/records.js'
import type { Digest } from '../ports/signing.js'
import type { Clock, DurationMs, Ids, Timers } from '../ports/system.js'
import type { ScopeSealing } from '../sealing/scope-sealing.js'
import { agreementsReader, confirmedPrefix, makeAgreements } from './confirmed-agreements.js'
import { createEventReader } from './event-reader.js'
import { createNoticeLoop } from './notices.js'
import type { Loop } from './pace.js'
import { statusNoticesReader, tellMerchants } from './status-notices.js'

export interface MerchantLoopPorts {
  readonly scopes: ScopeSealing
  readonly notices: Notices
  readonly ids: Ids
  readonly digest: Pick<Digest, 'sha256'>
  readonly watch: { readerIsAtEnd(reader: string): void }
}

type Leased = (name: string) => {
  readonly records: Records
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly beatMs?: DurationMs
  mayRun(): boolean
}

export const openMerchantLoops = (
  leased: Leased,
  { scopes, notices, ids, digest, watch }: MerchantLoopPorts,
): { readonly loops: readonly Loop[]; nudgeNotices(): void } => {
  const outbox = leased('notices')
  const told = createNoticeLoop({ ...outbox, scopes, notices })
  const nudgeNotices = (): void => told.nudge()
  const hearing = leased(statusNoticesReader)
  const status = createEventReader({
    ...{ ...watch, ...hearing, reader: statusNoticesReader, kindPrefix: casePrefix },
    take: tellMerchants({ ...hearing, ids, nudgeNotices }),
  })
  const printing = leased(agreementsReader)
  const agreements = createEventReader({
    ...{ ...watch, ...printing, reader: agreementsReader, kindPrefix: confirmedPrefix },
    take: makeAgreements({ ...printing, agreements: createAgreements({ ...printing, digest }) }),
  })
  return { loops: [told, status, agreements], nudgeNotices }
}
