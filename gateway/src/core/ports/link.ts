/**
 * The terminals, as the core sees them: sessions that can be sent bytes, and a handler that is told
 * what arrived. A link parses MQTT and owns sockets; it never reads or writes the records, and it
 * acknowledges nothing before the handler has answered (I5).
 */
import type { ErrorCode } from '@tillgate/protocol'

/** Whom a CONNECT claims to be. The serial number follows from the certificate and from nothing else. */
export interface ConnectRequest {
  readonly certificateSha256: Uint8Array
  readonly clientId: string
  readonly mqttVersion: 4 | 5
  /** TLS session resumed: the peer proved a ticket, not a key. */
  readonly resumed: boolean
  readonly remoteAddress: string
  readonly transport: 'tls' | 'wss'
}

/** Who the certificate's owner is, as the records say. The link keeps it with the session. */
export interface Admitted {
  readonly ok: true
  readonly sn: string
  readonly terminalId: number
  readonly certificateId: number
  /** The certificate's public key, DER: uplinks are verified with it. */
  readonly spki: Uint8Array
  /** Until when the certificate is valid. */
  readonly notAfterMs: number
}

export type Admission = Admitted | { readonly ok: false; readonly code: ErrorCode }

/** Why a session is closed by us; a link maps it to an MQTT 5 reason code or a plain close. */
export type CloseReason =
  | 'replaced' // a newer session of the same terminal
  | 'revoked'
  | 'keep-alive'
  | 'protocol-error'
  | 'packet-too-large'
  | 'not-authorized'
  | 'quota' // the terminal does not read
  | 'server-moved' // drain
  | 'server-stopping'
  | 'records-unavailable'
  | 'peer' // the peer closed
  | 'disconnected' // the peer sent DISCONNECT

export type Channel = 'up' | 'state'

/** `queued`: will leave in this tick. `full`: the terminal does not read. `closed`: nobody there. */
export type SendOutcome = 'queued' | 'full' | 'closed'

export interface LinkSession {
  /** Unique in this process, rising. */
  readonly id: number
  readonly sn: string
  readonly terminalId: number
  readonly admission: Admitted
  readonly certificateSha256: Uint8Array
  readonly resumed: boolean
  readonly mqttVersion: 4 | 5
  /**
   * Publishes to the terminal's `down` topic at QoS 1. `delivered` is called when its PUBACK comes, at
   * most once, never after the session has closed; a broker's PUBACK is not the terminal's. A link that
   * has to keep it for a while asks `isMeant` before it leaves, and drops it where that says no.
   */
  send(payload: Uint8Array, delivered?: () => void, isMeant?: () => boolean): SendOutcome
  close(reason: CloseReason): void
}

/** How an uplink ended. Both are PUBACKed; `refused` carries a reason code on MQTT 5. */
export type UplinkOutcome = { readonly ok: true } | { readonly ok: false; readonly code: ErrorCode }

export interface LinkHandler {
  /** Asked on every connection, before CONNACK. A rejected promise means: records unavailable. */
  admit(request: ConnectRequest): Promise<Admission>
  /** CONNACK has been sent. */
  opened(session: LinkSession): void
  /** The terminal has subscribed to its `down` topic. */
  subscribed(session: LinkSession): void
  /**
   * Resolves once what it said is durable; only then is it PUBACKed. Rejects when that can't be had:
   * the link then acknowledges nothing and closes the session (`records-unavailable`).
   */
  uplink(session: LinkSession, channel: Channel, payload: Uint8Array): Promise<UplinkOutcome>
  /** After this nothing more comes for the session. A will goes through `uplink` before it. */
  closed(session: LinkSession, reason: CloseReason): void
}

export interface Link {
  /** Starts to accept. Called once. */
  start(handler: LinkHandler): Promise<void>
  /** Takes no new connection; sends terminals elsewhere at a bounded rate. Resolves when none is left. */
  drain(): Promise<void>
  /** Closes everything now. Every waiter is answered. */
  stop(): Promise<void>
}
