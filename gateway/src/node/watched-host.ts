/** The host with its calls counted, by verb and by what it answered, and how long each took. */
import type { Host } from '../core/ports/host.js'
import type { Clock } from '../core/ports/system.js'
import { Spans, Tallies, type HostCounts } from './counts.js'

export interface WatchedHost {
  readonly host: Host
  counts(): HostCounts
}

export const watchHost = (host: Host, clock: Clock): WatchedHost => {
  const calls = new Tallies()
  const spans = new Map<string, Spans>()
  const counted = <Q, A extends { readonly ok: boolean }>(
    verb: string,
    call: (request: Q) => Promise<A>,
  ) => {
    const lasted = new Spans()
    spans.set(verb, lasted)
    return async (request: Q): Promise<A> => {
      const since = clock.monotonic()
      const answer = await call(request)
      const { ok, state, code } = answer as { ok: boolean; state?: string; code?: string }
      calls.count(verb, (ok ? state : code) ?? 'unknown')
      lasted.add(clock.monotonic() - since)
      return answer
    }
  }
  return {
    host: {
      block: counted('block', (call) => host.block(call)),
      unblock: counted('unblock', (call) => host.unblock(call)),
      show: counted('show', (tid) => host.show(tid)),
    },
    counts: () => ({
      calls: calls.all(),
      spans: new Map([...spans].map(([verb, lasted]) => [verb, lasted.all()])),
    }),
  }
}
