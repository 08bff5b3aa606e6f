/**
 * end-session: the connection of this session has ended. A newer session is not touched.
 * Results: ok with whether it was the current one.
 * Events: session.ended.
 */
import type { TerminalRow } from '../records/tables.js'
import { event } from './event.js'
import { one, operation, update } from './operation.js'

export interface EndSessionInput {
  readonly terminalId: number
  readonly fence: number
  readonly reason: string
  readonly atMs: number
}

export const endSession = operation<
  EndSessionInput,
  { readonly terminal: TerminalRow | undefined },
  { readonly ended: boolean }
>({
  name: 'end-session',
  *load(input) {
    return { terminal: yield* one('terminal', { id: input.terminalId }) }
  },
  decide({ terminal }, input) {
    const current = terminal?.fence === input.fence && terminal.sessionEndedMs === null
    if (terminal === undefined || !current) return { writes: [], result: { ended: false } }
    return {
      writes: [
        update('terminal', terminal.id, { sessionEndedMs: input.atMs }),
        event({
          atMs: input.atMs,
          kind: 'session.ended',
          actor: 'gateway',
          terminalId: terminal.id,
          data: { reason: input.reason },
        }),
      ],
      result: { ended: true },
    }
  },
})
