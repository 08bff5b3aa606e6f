/**
 * revoke-api-token: from its commit on the token opens nothing. Revoking again changes nothing: the
 * first time counts.
 * Results: ok | NOT_FOUND.
 * Events: api-token.revoked.
 */
import { event } from './event.js'
import { one, operation, update } from './operation.js'
import type { ApiTokenRow } from '../records/tables.js'

export interface RevokeApiTokenInput {
  readonly uuid: Uint8Array
  /** The uuid as text, for the ledger. */
  readonly publicId: string
  readonly actor: string
  readonly atMs: number
}

export interface RevokeApiTokenRows {
  readonly token: ApiTokenRow | undefined
}

export type RevokeApiTokenResult =
  | { readonly ok: true; readonly revokedAtMs: number }
  | { readonly ok: false; readonly code: 'NOT_FOUND' }

export const revokeApiToken = operation<
  RevokeApiTokenInput,
  RevokeApiTokenRows,
  RevokeApiTokenResult
>({
  name: 'revoke-api-token',
  *load(input) {
    return { token: yield* one('apiToken', { uuid: input.uuid }) }
  },
  decide({ token }, input) {
    if (!token) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (token.revokedAtMs !== null) {
      return { writes: [], result: { ok: true, revokedAtMs: token.revokedAtMs } }
    }
    const { publicId, actor, atMs } = input
    return {
      writes: [
        update('apiToken', token.id, { revokedAtMs: atMs }, { revokedAtMs: null }),
        event({
          atMs,
          kind: 'api-token.revoked',
          actor,
          data: { apiToken: publicId, name: token.name },
        }),
      ],
      result: { ok: true, revokedAtMs: atMs },
    }
  },
})
