/** Every limit of the transports, by name, units last. */
import { wireLimits } from '@tillgate/protocol'

export const transportLimits = {
  packetBytesMax: wireLimits.packetBytesMax,
  /** TCP, TLS, CONNACK and SUBACK together. */
  connectMsMax: 30_000,
  /** PINGRESP after PINGREQ; then the link counts as half-open and is cut. */
  pingMsMax: 20_000,
  /** Then once more, for what lies unread. */
  pingUnreadMs: 1_000,
  keepAliveSDefault: 60,
  /** The protocol allows no more unacknowledged PUBLISHes. */
  inFlightMax: 16,
  /** Held back beyond that; a terminal that has more to say is broken. */
  heldBackMax: 1_024,
} as const
