/**
 * What the API needs of a node: a part of what the gateway's `openNode` offers. The API never sees a
 * terminal's socket, a key or a statement; it reads, submits one operation, or asks a service.
 */
import type { NodeServices } from '@tillgate/gateway'

export type ApiServices = Pick<
  NodeServices,
  | 'records'
  | 'commands'
  | 'cases'
  | 'enrolment'
  | 'certificates'
  | 'documents'
  | 'merchantSide'
  | 'watch'
  | 'evidence'
  | 'people'
  | 'approvals'
  | 'presence'
  | 'rates'
  | 'events'
  | 'audit'
  | 'counts'
  | 'clock'
  | 'timers'
  | 'ids'
  | 'entropy'
  | 'log'
  | 'caPem'
  | 'health'
> & {
  readonly digest: Pick<NodeServices['digest'], 'sha256'>
}
