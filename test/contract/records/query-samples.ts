/** An input for every query, with every filter that it knows; the compiler misses none. */
import type { Queries, QueryName } from '@tillgate/gateway'
import { hash, uuid } from './inputs.js'

const page = { afterId: 0, limit: 10 }

export const samples: { readonly [N in QueryName]: Required<Queries[N]['input']> } = {
  'certificate-by-hash': { sha256: hash(1) },
  'open-commands': { terminalIds: [1, 2, 3], limit: 10 },
  'host-work': page,
  'overdue-commands': { ...page, nowMs: 1 },
  'command-by-uuid': { uuid: uuid() },
  commands: { ...page, terminalId: 1, state: 'queued', type: 1 },
  'events-of-command': { ...page, commandId: 1 },
  'proofs-of-command': { commandId: 1 },
  events: page,
  'event-head': {},
  'event-stretch': { afterId: 0, linesMax: 10 },
  'event-views': { ...page, throughId: 100, terminalId: 1, commandId: 1, kindPrefix: 'command.' },
  cursor: { reader: 'a reader' },
  'terminal-by-sn': { sn: 'SN1' },
  'terminal-by-id': { id: 1 },
  terminals: { ...page, state: 'IN_SERVICE' },
  'waiting-terminals': page,
  'certificates-of-terminal': { terminalId: 1 },
  'revoked-certificates': { sinceMs: 1, limit: 10 },
  'merchant-by-uuid': { uuid: uuid() },
  merchants: page,
  'store-by-uuid': { uuid: uuid() },
  stores: { ...page, merchantId: 1 },
  'binding-by-uuid': { uuid: uuid() },
  bindings: { ...page, terminalId: 1, merchantId: 1, live: 1 },
  'enrolment-token-by-uuid': { uuid: uuid() },
  'enrolment-token-by-hash': { tokenHash: hash(1) },
  'enrolment-tokens': page,
  'api-token-by-hash': { tokenHash: hash(1) },
  'api-token-by-uuid': { uuid: uuid() },
  'api-tokens': page,
  'idempotency-by-key': { keyHash: hash(1) },
  'vault-entries': { kind: 'ca' },
}
