/** The audit of this node: its key out of the vault, its outlets out of the configuration. */
import { isNoteName, kidOf, toHex, type NoteKey } from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'

import { createFileOutlet } from '../adapters/outlet/file-outlet.js'
import { createSyslogOutlet, type SyslogTarget } from '../adapters/outlet/syslog-outlet.js'
import { createWebhookOutlet, type WebhookTarget } from '../adapters/outlet/webhook-outlet.js'
import { openAudit, type Audit } from '../core/audit/open-audit.js'
import type { Coordination } from '../core/ports/coordination.js'
import type { CheckpointOutlet } from '../core/ports/outlet.js'
import type { Records } from '../core/ports/records.js'
import type { Signer } from '../core/ports/signing.js'
import type { Pki } from '../pki/index.js'
import type { NodeConfig } from './config.js'
import type { Machine } from './machine.js'

export interface AuditConfig {
  /** Nothing is sealed: for a measurement beside it. */
  readonly isOff?: boolean
  /** The first line of every checkpoint; made from the key where left out. It must never change. */
  readonly origin?: string
  readonly file?: string
  readonly syslog?: SyslogTarget
  readonly webhook?: WebhookTarget
}

interface AuditParts {
  readonly machine: Machine
  readonly records: Records
  readonly coordination: Coordination
  readonly signer: Signer
  readonly pki: Pki
}

const outletsOf = (
  { file, syslog, webhook }: AuditConfig,
  { clock, timers }: Machine,
  hostName: string,
): readonly CheckpointOutlet[] => [
  ...(file === undefined ? [] : [createFileOutlet(file)]),
  ...(syslog === undefined ? [] : [createSyslogOutlet(syslog, { timers, hostName })]),
  ...(webhook === undefined ? [] : [createWebhookOutlet(webhook, { clock, timers })]),
]

/** Undefined for an RSA key, of which signed notes know nothing. */
const noteKeyOf = ({ origin }: AuditConfig, pki: Pki): NoteKey | undefined => {
  const { alg, spki } = pki.signerKeys.checkpoint
  if (alg === 'PS256') return undefined
  const name = origin ?? `tillgate/${toHex(kidOf(nodePrimitives, spki))}`
  if (!isNoteName(name)) throw new Error('the origin of the audit tree is no name of a note')
  return { name, alg, spki }
}

export const openNodeAudit = (config: NodeConfig, parts: AuditParts): Audit => {
  const { machine, pki } = parts
  const { audit = {}, log } = config
  const key = noteKeyOf(audit, pki)
  if (key === undefined) {
    log.warn('the checkpoint key is RSA: the ledger is sealed, and its checkpoints are not signed')
  }
  const hostName = config.nodeName ?? config.publicHosts[0]
  return openAudit({
    ...machine,
    ...parts,
    digest: nodePrimitives,
    log,
    ...(key === undefined ? {} : { key }),
    outlets: outletsOf(audit, machine, hostName),
  })
}
