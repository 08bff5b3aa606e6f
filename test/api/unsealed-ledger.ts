// A ledger that nobody seals: the audit's service without its loop, and what is asked through it.
import {
  createEvidence,
  createWatchService,
  openAudit,
  systemTimers,
  type Clock,
  type Log,
  type Records,
} from '@tillgate/gateway'
import type { ApiServices } from '@tillgate/admin-api'
import { nodePrimitives } from '@tillgate/protocol/node'

export const unsealedOver = (
  records: Records,
  clock: Clock,
  log: Log,
): Pick<ApiServices, 'audit' | 'evidence' | 'watch'> => {
  const { service: audit } = openAudit({
    ...{ records, clock, log, timers: systemTimers, digest: nodePrimitives },
    coordination: { lease: () => ({ held: () => true }) },
    signer: { sign: () => Promise.reject(new Error('nothing is signed here')) },
  })
  return {
    audit,
    evidence: createEvidence({ records, clock, audit, terminalCas: () => '' }),
    watch: createWatchService({ records, clock }),
  }
}
