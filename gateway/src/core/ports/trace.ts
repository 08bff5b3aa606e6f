/**
 * Spans around the hops of a command, for whoever wants to see where its time goes. A trace is one
 * command's: its id is the command's own uuid, so hops on different nodes, and before and after a restart,
 * belong together though nothing is carried from one to the next. It must never change what is done.
 */
import type { DurationMs, EpochMs } from './system.js'

export type TraceAttribute = string | number | boolean

export interface Span {
  /** Of a closed list (`trail/hops.ts`), with the message that travelled: `uplink ready`. */
  readonly name: string
  readonly role: 'asked' | 'asks' | 'sends' | 'takes' | 'works'
  /** 16 bytes. */
  readonly commandId: Uint8Array
  readonly sinceMs: EpochMs
  readonly lastedMs: DurationMs
  readonly attributes: Readonly<Record<string, TraceAttribute>>
  /** `traceparent` of the HTTP request behind it (W3C Trace Context), checked by whoever took it in. */
  readonly cause?: string | undefined
}

export interface Trace {
  /** While it says no, nothing is put together for it. Asked at every hop: it must cost next to nothing. */
  isWatched(): boolean
  span(span: Span): void
}

export const noTrace: Trace = Object.freeze({ isWatched: () => false, span: () => undefined })
