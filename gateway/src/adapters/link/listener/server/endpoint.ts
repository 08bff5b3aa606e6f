/** A port that terminals come in by, as open-listener.ts sees both kinds. */
import type { Doorway } from './doorkeeper.js'
import type { TlsSettings } from './tls-options.js'
import type { Wire } from './wire.js'

export interface Endpoint {
  /** Answers the port. */
  listen(): Promise<number>
  /** Takes no new one; resolves when every socket is closed. */
  close(): Promise<void>
  /** For handshakes from now on. */
  renew(settings: TlsSettings): void
}

/** A peer that has proved the key of some certificate. */
export type OnWire = (wire: Wire, doorway: Doorway) => void
