/** What the handlers of uplinks work with, and the shape that each has: one file a message. */
import type { ErrorCode, Uplink, UplinkMessage } from '@tillgate/protocol'

import type { Coordination } from '../ports/coordination.js'
import type { UplinkOutcome } from '../ports/link.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { Renewals } from '../ports/renewals.js'
import type { SessionKeys } from '../ports/session-keys.js'
import type { Digest } from '../ports/signing.js'
import type { Clock, DurationMs, Entropy, Ids } from '../ports/system.js'
import type { SessionRegistry } from '../sessions/registry.js'
import type { Greeting, Session } from '../sessions/session.js'
import type { BatchSigner } from '../signing/batch-signer.js'
import type { Trail } from '../trail/trail.js'
import type { MinuteBudget } from './alarm-budget.js'
import type { RefusalCounts } from './refusal-counts.js'

/** What a Welcome tells of the node. */
export interface WelcomeSettings {
  readonly heartbeatS: number
  /** The signer list in force and its envelope, signed by the offline root. */
  signerList(): { readonly version: number; readonly envelope: Uint8Array }
}

export interface UplinkPorts {
  readonly records: Records
  readonly coordination: Pick<Coordination, 'own' | 'disown'>
  readonly sessions: SessionRegistry
  readonly signer: BatchSigner
  readonly digest: Digest
  readonly renewals: Renewals
  /** Where terminals come over a broker: any node may have to check a session's MAC. */
  readonly sessionKeys?: SessionKeys
  readonly clock: Clock
  readonly entropy: Entropy
  readonly ids: Ids
  readonly log: Log
  readonly trail: Trail
  readonly welcome: WelcomeSettings
  readonly alarmBudget: MinuteBudget
  readonly helloBudget: MinuteBudget
  readonly refusals: RefusalCounts
  /** How long what is tried after a release is watched for; the default where left out. */
  readonly watchMs?: DurationMs
  /** Something may have to be done in this terminal's lane. */
  nudgeLane(terminalId: number): void
  /** A command waits for the host. */
  nudgeHost(): void
  /** A destructive command has ended: the case that ordered it goes on. */
  nudgeCases(): void
}

/** An uplink whose authenticity is settled. */
export interface Authentic<M extends UplinkMessage = UplinkMessage> {
  readonly uplink: Uplink<M>
  readonly body: Uint8Array
  /** SHA-256 of the body as received; made when it is first asked for, which few are. */
  readonly hash: Uint8Array
  /** The whole envelope where it was signed: then it is evidence. */
  readonly evidence: Uint8Array | null
}

export type GreetedSession = Session & { readonly greeting: Greeting }

/** Resolves once what it says is durable. `FENCED` and unavailable records reject: no PUBACK then. */
export type UplinkHandler<M extends UplinkMessage> = (
  ports: UplinkPorts,
  session: GreetedSession,
  said: Authentic<M>,
) => Promise<UplinkOutcome>

export const heard: UplinkOutcome = { ok: true }
export const refusedUplink = (code: ErrorCode): UplinkOutcome => ({ ok: false, code })
