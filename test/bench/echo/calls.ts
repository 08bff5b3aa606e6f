/** What the two processes of the raw ping-pong answer. */
import type { LoadFigures } from '../gateway/calls.js'
import type { Memory } from '../processes/usage.js'

export interface Sizes {
  /** From the server to the peer, and back. */
  readonly downBytes: number
  readonly upBytes: number
}

export interface EchoRun extends Sizes {
  readonly exchanges: number
  readonly inFlightMax: number
}

export interface EchoServerCalls {
  open(tls: { readonly key: string; readonly cert: string }): Promise<number>
  /** Sockets that stand. */
  count(): number
  run(run: EchoRun): Promise<LoadFigures>
  cpuSeconds(): number
  memory(): Promise<Memory>
}

export interface EchoPeersCalls {
  dial(to: {
    readonly port: number
    readonly count: number
    readonly caPem: string
    readonly key: string
    readonly cert: string
  }): Promise<void>
  /** Of the messages that come and go from now on. */
  sizes(sizes: Sizes): void
  hangUp(): void
  cpuSeconds(): number
}
