/**
 * Every limit of the listener, by name, units last. A test or an operator may lower or raise one
 * through `openListener`; nothing else in this folder holds a number of its own.
 */
import { wireLimits } from '@tillgate/protocol'

const kib = 1024

export const listenerLimits = {
  /** Sockets of all kinds, half-open ones included. */
  connectionsMax: 20_000,
  /**
   * Dialled and not yet accepted. With Node's own 511 a fleet that comes back at once is partly told
   * nothing, and TCP lets those wait for a minute; the system may cap it (`somaxconn`).
   */
  acceptQueueMax: 4_096,
  /** Begun in one turn of the event loop; the others wait, accepted. */
  handshakesPerTurnMax: 8,
  /** While connections keep coming they are only accepted, for so long; then as long not. */
  acceptFirstMs: 100,
  /** Accepted by TCP, CONNECT not yet accepted. */
  halfOpenMax: 4_096,
  /** Generous: a carrier's address translation hides many terminals behind one address. */
  halfOpenPerAddressMax: 1_024,
  /** From TCP's accept to a whole CONNECT: TLS, an upgrade and the packet together. */
  connectMsMax: 10_000,
  /** How long the records may take over whether a terminal may come in. */
  admitMsMax: 10_000,

  packetBytesBeforeConnectMax: 4 * kib,
  packetBytesMax: wireLimits.packetBytesMax,
  willBytesMax: kib,
  /** An MQTT 5 client that takes less than this could not even be told why. */
  clientPacketBytesMin: 256,

  /** Handed to the handler and not answered; MQTT 5 clients are told it as Receive Maximum. */
  uplinksInFlightMax: 16,
  /** Held back beyond these; once it is reached reading pauses. One packet may overhang it. */
  heldBytesMax: 64 * kib,
  /** What a held packet costs besides its own bytes. */
  heldOverheadBytes: 128,
  /** How long reading may stand still because the handler does not answer. */
  stalledMsMax: 60_000,

  /** Sent and not acknowledged, where an MQTT 5 client does not ask for fewer. */
  downlinksInFlightMax: 16,
  downlinksQueuedMax: 64,
  downlinkBytesQueuedMax: 512 * kib,
  /** Written and not yet taken by the kernel; above it nothing is sent and reading pauses. */
  outputBytesMax: 256 * kib,
  /** How long what waits for the terminal may wait without any of it leaving. */
  unreadMsMax: 30_000,

  /** An MQTT 5 client that asks for more, or for none, is told this instead. */
  keepAliveSMax: 1_200,
  /** For a 3.1.1 client that switches its keep-alive off: it cannot be told otherwise. */
  silentSMax: 65_535,
  /** After an overdue keep-alive the socket is read once more: it may be we who stood still. */
  keepAliveGraceMs: 100,
  /** When TCP itself starts to ask whether a silent peer is still there. */
  tcpKeepAliveMs: 120_000,

  /** From our last byte to cutting the socket. */
  closeMsMax: 2_000,
  drainPerSecondMax: 200,
  /** How long a drained session may wait for the answers to what it has sent. */
  drainSessionMsMax: 5_000,

  /** At most a day: what a ticket proves is older than that by then. */
  ticketLifetimeSMax: 86_400,
  /** One WebSocket message may hold several packets, or a part of one [MQTT-6.0.0-4]. */
  webSocketMessageBytesMax: 128 * kib,
  webSocketFragmentsMax: 256,
  httpHeaderBytesMax: 8 * kib,
} as const

export type ListenerLimits = { readonly [Name in keyof typeof listenerLimits]: number }
