/**
 * A byte stream to one peer, whatever carries it: what connection.ts needs of a TLS socket or a
 * WebSocket, and no more.
 */
export interface Wire {
  readonly transport: 'tls' | 'wss'
  readonly remoteAddress: string
  readonly certificateSha256: Uint8Array
  readonly resumed: boolean
  /** Written and not yet taken by the kernel. */
  readonly bufferedBytes: number
  /** `flushed` is called when the kernel has taken these bytes; never when the wire breaks. */
  write(bytes: Uint8Array, flushed: () => void): void
  pause(): void
  resume(): void
  /** After what has been written. */
  end(): void
  destroy(): void
  /** Called once, before anything can arrive. `closed` comes exactly once, last. */
  attach(events: WireEvents): void
}

export interface WireEvents {
  data(chunk: Uint8Array): void
  closed(): void
}
