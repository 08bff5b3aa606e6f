/**
 * A terminal's line to its gateway, as the runner uses it: one link at a time, each made by one
 * `connect`. A transport speaks MQTT and knows sockets; it understands no message, repeats nothing
 * by itself, and tells of each link's end exactly once.
 */
export interface LinkEvents {
  /** CONNACK and SUBACK have come. */
  connected(): void
  /** Said once; after it nothing more comes of this link. */
  disconnected(reason: string): void
  /** `token` names the PUBLISH for its PUBACK; 0 where it wants none. */
  packet(payload: Uint8Array, token: number): void
  /** PUBACK for what was published under this token. */
  acknowledged(token: number): void
}

export interface OutgoingPublish {
  readonly channel: 'up' | 'state'
  readonly qos: 0 | 1
  readonly payload: Uint8Array
  readonly token: number
}

export interface Link {
  publish(message: OutgoingPublish): void
  puback(token: number): void
  /** With DISCONNECT: no will is sent. */
  close(): void
  /** As when the power goes: the socket is gone without a word. */
  cut(): void
  /** As when the network forgets the connection: nothing passes any more, and neither end is told. */
  silence?(): void
}

/** What TLS needs: PEM, the key in clear for as long as the link is made. */
export interface TlsIdentity {
  readonly key: string
  readonly certificate: string
  /** Issuers, up to the CA. */
  readonly chain: string
  /** The CAs that the server is checked against; the chain's where left out. */
  readonly serverCa?: string
}

export interface LinkOptions {
  readonly sn: string
  readonly clientId: string
  /** Payload of the will, on the state topic. */
  readonly will: Uint8Array
  readonly identity: TlsIdentity
}

export interface Transport {
  /** Whether the last link took up a TLS session from before. */
  lastWasResumed?(): boolean
  connect(options: LinkOptions, events: LinkEvents): Link
}
