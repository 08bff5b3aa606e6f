/** What the parts of the command service work with. */
import type { LaneSteps } from '../loops/lane-steps.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { Digest } from '../ports/signing.js'
import type { Clock, Ids } from '../ports/system.js'
import type { ScopeSealing } from '../sealing/scope-sealing.js'
import type { SessionRegistry } from '../sessions/registry.js'
import type { Trail } from '../trail/trail.js'

export interface CommandServicePorts {
  readonly records: Records
  readonly sessions: SessionRegistry
  readonly steps: LaneSteps
  readonly digest: Digest
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly trail: Trail
  nudgeLane(terminalId: number): void
  nudgeHost(): void
  /** What bindings are registered with is sealed; undefined where nothing can be. */
  readonly scopes?: ScopeSealing
  /** Whether a binding may go without its five elements. */
  readonly fiveElements?: 'required' | 'optional'
  nudgeRegistrations(): void
}
