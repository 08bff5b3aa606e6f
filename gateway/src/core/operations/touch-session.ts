/**
 * touch-session: the session was used; its idle time begins anew. Asked at most once a minute a session,
 * and no line of the ledger: it says nothing that anybody wants to prove.
 * Results: ok.
 */
import type { UserSessionRow } from '../records/tables.js'
import { one, operation, update } from './operation.js'

export interface TouchSessionInput {
  readonly sessionUuid: Uint8Array
  readonly atMs: number
}

export const touchSession = operation<
  TouchSessionInput,
  { readonly session: UserSessionRow | undefined },
  { readonly ok: true }
>({
  name: 'touch-session',
  *load({ sessionUuid }) {
    return { session: yield* one('userSession', { uuid: sessionUuid }) }
  },
  decide: ({ session }, { atMs }) => ({
    writes:
      session === undefined || session.seenAtMs >= atMs
        ? []
        : [update('userSession', session.id, { seenAtMs: atMs })],
    result: { ok: true },
  }),
})
