/**
 * create-api-token: a bearer token for a person or a back office. Only its hash comes in; whoever
 * made the text shows it once. Who may grant which scope is decided before (admin-api/src/auth). A name
 * is given once, for ever: it stands in the ledger as the actor, and nobody may sign as somebody else.
 * Results: ok | DUPLICATE (a token or a user has or had this name) | IDEMPOTENCY_MISMATCH.
 * Events: api-token.created.
 */
import { event } from './event.js'
import { earlierAnswer, loadEarlier, remember, type IdempotencyClaim } from './idempotency.js'
import { insert, one, operation, together } from './operation.js'
import type { ApiTokenRow, IdempotencyRow, UserRow } from '../records/tables.js'

export interface CreateApiTokenInput {
  readonly uuid: Uint8Array
  /** The uuid as text: what an idempotent repetition is answered with. */
  readonly publicId: string
  readonly name: string
  readonly tokenHash: Uint8Array
  /** Separated by single spaces. */
  readonly scopes: string
  readonly expiresAtMs: number
  readonly actor: string
  readonly atMs: number
  readonly idempotency?: IdempotencyClaim
}

export interface CreateApiTokenRows {
  readonly earlier: IdempotencyRow | undefined
  readonly sameName: ApiTokenRow | undefined
  readonly sameUser: UserRow | undefined
}

export type CreateApiTokenResult =
  | { readonly ok: true; readonly publicId: string }
  | { readonly ok: false; readonly code: 'DUPLICATE' | 'IDEMPOTENCY_MISMATCH' }

export const createApiToken = operation<
  CreateApiTokenInput,
  CreateApiTokenRows,
  CreateApiTokenResult
>({
  name: 'create-api-token',
  load: (input) =>
    together({
      earlier: loadEarlier(input.idempotency),
      sameName: one('apiToken', { name: input.name }),
      sameUser: one('user', { login: input.name }),
    }),
  decide(rows, input) {
    const before = earlierAnswer(rows.earlier, input.idempotency)
    if (before.kind === 'same') return { writes: [], result: { ok: true, publicId: before.madeId } }
    if (before.kind === 'mismatch') {
      return { writes: [], result: { ok: false, code: 'IDEMPOTENCY_MISMATCH' } }
    }
    if (rows.sameName || rows.sameUser)
      return { writes: [], result: { ok: false, code: 'DUPLICATE' } }
    const { uuid, publicId, name, tokenHash, scopes, expiresAtMs, actor, atMs } = input
    return {
      writes: [
        insert('apiToken', {
          uuid,
          name,
          tokenHash,
          scopes,
          expiresAtMs,
          revokedAtMs: null,
          createdBy: actor,
          createdAtMs: atMs,
        }),
        event({
          atMs,
          kind: 'api-token.created',
          actor,
          data: { apiToken: publicId, name, scopes, expiresAtMs },
        }),
        ...remember(input.idempotency, { kind: 'apiToken', id: publicId, atMs }),
      ],
      result: { ok: true, publicId },
    }
  },
})
