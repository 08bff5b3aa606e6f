/** The host with its calls counted, by verb and by what it answered. */
import type { Host } from '../core/ports/host.js'
import type { Tallies } from './counts.js'

export const watchHost = (host: Host, calls: Tallies): Host => {
  const counted =
    <Q, A extends { readonly ok: boolean }>(verb: string, call: (request: Q) => Promise<A>) =>
    async (request: Q): Promise<A> => {
      const answer = await call(request)
      const { ok, state, code } = answer as { ok: boolean; state?: string; code?: string }
      calls.count(verb, (ok ? state : code) ?? 'unknown')
      return answer
    }
  return {
    block: counted('block', (call) => host.block(call)),
    unblock: counted('unblock', (call) => host.unblock(call)),
    show: counted('show', (tid) => host.show(tid)),
  }
}
