/** The services of an open node, gathered from its parts. */
import { nodePrimitives } from '@tillgate/protocol/node'

import type { Core } from '../core/open-core.js'
import type { Records } from '../core/ports/records.js'
import type { Pki } from '../pki/index.js'
import type { NodeConfig } from './config.js'
import { cuttingSessions } from './cutting-sessions.js'
import type { Machine } from './machine.js'
import type { NodeServices } from './services.js'

export const nodeServices = (parts: {
  readonly config: NodeConfig
  readonly machine: Machine
  readonly records: Records
  readonly core: Core
  readonly pki: Pki
  readonly health: () => readonly string[]
  readonly linkCounts: () => ReadonlyMap<string, number>
}): NodeServices => {
  const { config, machine, records, core, pki } = parts
  return {
    records,
    commands: core.commands,
    enrolment: pki.enrolment,
    certificates: cuttingSessions(pki.certificates, core),
    presence: { online: (terminalId) => core.sessions.greeted(terminalId) !== undefined },
    ...machine,
    digest: nodePrimitives,
    log: config.log,
    caPem: pki.ca.pem,
    counts: () => ({ refusedUplinks: core.refusals(), link: parts.linkCounts() }),
    health() {
      const reasons = parts.health()
      return { ok: reasons.length === 0, reasons }
    },
  }
}
