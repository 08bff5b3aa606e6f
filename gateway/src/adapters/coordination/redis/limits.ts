/** How long anything may wait for Redis, how much may wait, and how often it is told what. */
import type { DurationMs } from '../../../core/ports/system.js'

export interface RedisCoordinationLimits {
  /** A command that has no answer by then has none: whoever asked goes on without. */
  readonly commandTimeoutMs: DurationMs
  /** A connection that owes an answer and is silent for so long is closed. */
  readonly silentMsMax: DurationMs
  readonly connectTimeoutMs: DurationMs
  /** Commands that have not been answered, timed-out ones among them: what a connection may buffer. */
  readonly commandsInFlightMax: number
  /** Between two attempts to connect; doubled at each, and jittered. */
  readonly reconnectMsMin: DurationMs
  readonly reconnectMsMax: DurationMs

  /** A node that has not said for so long that it lives is taken for dead. */
  readonly nodeTtlMs: DurationMs
  readonly beatMs: DurationMs
  /** Between two beats while Redis is out of reach, or while another node has this one's name. */
  readonly beatWhileOutMs: DurationMs
  /** The wall clocks of two nodes, or of a node and its server. */
  readonly clocksApartMsMax: DurationMs
  /** What is known of the other nodes is asked again after this. */
  readonly rosterKeptMs: DurationMs

  /** A bucket that nobody has written to for so long goes. Several times `announceAllMs`. */
  readonly ownershipTtlMs: DurationMs
  /** In this time every session that is held here has been announced again. */
  readonly announceAllMs: DurationMs
  /** Sessions in one script: it keeps the server from everybody else while it runs. */
  readonly sessionsPerScriptMax: number
  /** Sessions announced or taken back at once; the others wait for the next round. */
  readonly sessionsPerRoundMax: number
  /** Ended sessions that Redis has not been told of yet. What exceeds it is dropped. */
  readonly endedWaitingMax: number
  /** After a round that failed. */
  readonly roundRetryMs: DurationMs
  /** Terminals in one question who is online. */
  readonly onlineMax: number

  /** Notices in one entry of an inbox. */
  readonly noticesPerEntryMax: number
  /** Notices that wait for their owner to be looked up. What exceeds it is dropped. */
  readonly noticesWaitingMax: number
  readonly inboxEntriesMax: number
  readonly entriesPerReadMax: number
  /** One read waits so long for an entry. */
  readonly inboxBlockMs: DurationMs
  /** The inbox of a node that has not been heard of for so long goes. */
  readonly inboxTtlMs: DurationMs
  /** Two calls of a kind are at least this far apart. */
  readonly callEveryMs: DurationMs
  /** That notices were missed is said so long after, and at most so often: it is work for whoever hears. */
  readonly missedAfterMs: DurationMs
  readonly missedEveryMs: DurationMs

  readonly leaseTtlMs: DurationMs
  readonly leaseRenewMs: DurationMs
  /** A lease is given up this long before its end, and believed lost to all this long after. */
  readonly leaseMarginMs: DurationMs
  readonly leasesMax: number

  readonly rateKeyCharsMax: number
  /** Nodes that one answer may list. */
  readonly nodesMax: number
  readonly stopMsMax: DurationMs
}

export const redisCoordinationLimits: RedisCoordinationLimits = {
  commandTimeoutMs: 300,
  silentMsMax: 1_000,
  connectTimeoutMs: 1_000,
  commandsInFlightMax: 1_024,
  reconnectMsMin: 50,
  reconnectMsMax: 2_000,

  nodeTtlMs: 10_000,
  beatMs: 2_000,
  beatWhileOutMs: 500,
  clocksApartMsMax: 60_000,
  rosterKeptMs: 1_000,

  ownershipTtlMs: 600_000,
  announceAllMs: 60_000,
  sessionsPerScriptMax: 128,
  sessionsPerRoundMax: 8_192,
  endedWaitingMax: 50_000,
  roundRetryMs: 500,
  onlineMax: 10_000,

  noticesPerEntryMax: 256,
  noticesWaitingMax: 10_000,
  inboxEntriesMax: 10_000,
  entriesPerReadMax: 256,
  inboxBlockMs: 1_000,
  inboxTtlMs: 30_000,
  callEveryMs: 20,
  missedAfterMs: 100,
  missedEveryMs: 2_000,

  leaseTtlMs: 5_000,
  leaseRenewMs: 1_500,
  leaseMarginMs: 500,
  leasesMax: 64,

  rateKeyCharsMax: 200,
  nodesMax: 256,
  stopMsMax: 1_000,
}
