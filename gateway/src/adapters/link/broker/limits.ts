/** Every limit of the broker link, by name, units last; nothing else in this folder holds a number. */
import { wireLimits } from '@tillgate/protocol'

const kib = 1024

export const brokerLimits = {
  /** Connections that take uplinks, and connections that publish. */
  subscribers: 4,
  publishers: 2,
  connectionsMax: 64,

  /** A terminal's packet and what a broker adds to it; larger ones are not sent to us, or cut us off. */
  packetBytesMax: wireLimits.packetBytesMax + 4 * kib,
  /** TCP, TLS and CONNACK together. */
  connectMsMax: 10_000,
  keepAliveS: 20,
  /** PINGRESP after PINGREQ; then once more, for what lies unread. */
  pingMsMax: 10_000,
  pingUnreadMs: 1_000,

  /** Receive Maximum of a subscriber: handed to the handler and not acknowledged. */
  uplinksInFlightMax: 256,
  /** At QoS 0, which Receive Maximum does not count; beyond it they are dropped. */
  heartbeatsInFlightMax: 256,
  /**
   * A subscriber that is away for a moment finds what it had not acknowledged; one that is gone for good
   * must not be dealt uplinks for longer.
   */
  sessionExpiryS: 30,

  /** Published and not acknowledged, where the broker does not ask for fewer. */
  publishesInFlightMax: 512,
  publishesQueuedMax: 8_192,
  publishBytesQueuedMax: 16 * kib * kib,
  /** How long the broker may acknowledge nothing of what it was sent. */
  unacknowledgedMsMax: 20_000,
  /** Longer than the longest pause between two repetitions: what matters is sent again by then. */
  messageExpiryS: 120,
  /** Written and not yet taken by the kernel; above it nothing more is published. */
  outputBytesMax: 1_024 * kib,

  reconnectMsMin: 100,
  reconnectMsMax: 10_000,
  /** A connection that stood for so long was a good one. */
  stableMs: 5_000,

  /** For the acknowledgement of what is under way. */
  drainMsMax: 5_000,
  closeMsMax: 1_000,
} as const

export type BrokerLimits = { readonly [Name in keyof typeof brokerLimits]: number }
