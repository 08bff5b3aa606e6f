/**
 * sign-out: from its commit on the session opens nothing. Again: nothing more happens.
 * Results: ok | NOT_FOUND.
 * Events: session.ended.
 */
import { uuidToText } from '@tillgate/protocol'

import type { UserSessionRow } from '../records/tables.js'
import { event } from './event.js'
import { one, operation, update } from './operation.js'

export interface SignOutInput {
  readonly sessionUuid: Uint8Array
  readonly actor: string
  readonly atMs: number
}

export type SignOutResult =
  { readonly ok: true } | { readonly ok: false; readonly code: 'NOT_FOUND' }

export const signOut = operation<
  SignOutInput,
  { readonly session: UserSessionRow | undefined },
  SignOutResult
>({
  name: 'sign-out',
  *load({ sessionUuid }) {
    return { session: yield* one('userSession', { uuid: sessionUuid }) }
  },
  decide({ session }, { actor, atMs }) {
    if (session === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (session.endedAtMs !== null) return { writes: [], result: { ok: true } }
    return {
      writes: [
        update('userSession', session.id, { endedAtMs: atMs }),
        event({
          atMs,
          kind: 'session.ended',
          actor,
          data: { session: uuidToText(session.uuid) },
        }),
      ],
      result: { ok: true },
    }
  },
})
