/**
 * create-user: an administrator lets a person in. Only the hash of the one-time activation text comes in;
 * until the person has used it there is no password and nothing to sign in with. A login is given once,
 * for ever, and no API token has or had it: it stands in the ledger as the actor.
 * Results: ok | DUPLICATE (a user or a token has this name) | IDEMPOTENCY_MISMATCH.
 * Events: user.created.
 */
import type { ApiTokenRow, IdempotencyRow, UserRow } from '../records/tables.js'
import { event } from './event.js'
import { earlierAnswer, loadEarlier, remember, type IdempotencyClaim } from './idempotency.js'
import { insert, one, operation, together } from './operation.js'

export interface CreateUserInput {
  readonly uuid: Uint8Array
  readonly publicId: string
  readonly login: string
  readonly name: string
  /** Sorted, separated by single spaces (`core/people/roles.ts`). */
  readonly roles: string
  readonly agentId: string | null
  readonly acquirerCode: string | null
  readonly activationHash: Uint8Array
  readonly activationEndsAtMs: number
  readonly actor: string
  readonly atMs: number
  readonly idempotency?: IdempotencyClaim
}

export interface CreateUserRows {
  readonly earlier: IdempotencyRow | undefined
  readonly sameUser: UserRow | undefined
  readonly sameToken: ApiTokenRow | undefined
}

export type CreateUserResult =
  | { readonly ok: true; readonly publicId: string }
  | { readonly ok: false; readonly code: 'DUPLICATE' | 'IDEMPOTENCY_MISMATCH' }

export const createUser = operation<CreateUserInput, CreateUserRows, CreateUserResult>({
  name: 'create-user',
  load: (input) =>
    together({
      earlier: loadEarlier(input.idempotency),
      sameUser: one('user', { login: input.login }),
      sameToken: one('apiToken', { name: input.login }),
    }),
  decide(rows, input) {
    const before = earlierAnswer(rows.earlier, input.idempotency)
    if (before.kind === 'same') return { writes: [], result: { ok: true, publicId: before.madeId } }
    if (before.kind === 'mismatch') {
      return { writes: [], result: { ok: false, code: 'IDEMPOTENCY_MISMATCH' } }
    }
    if (rows.sameUser !== undefined || rows.sameToken !== undefined) {
      return { writes: [], result: { ok: false, code: 'DUPLICATE' } }
    }
    const { uuid, publicId, login, name, roles, agentId, acquirerCode, actor, atMs } = input
    const { activationHash, activationEndsAtMs } = input
    return {
      writes: [
        insert('user', {
          uuid,
          login,
          name,
          roles,
          agentId,
          acquirerCode,
          state: 'INVITED',
          epoch: 0,
          passwordHash: null,
          totpSecret: null,
          totpStep: 0,
          failedAttempts: 0,
          heldUntilMs: 0,
          activationHash,
          activationEndsAtMs,
          admittedBy: actor,
          createdBy: actor,
          createdAtMs: atMs,
        }),
        event({
          atMs,
          kind: 'user.created',
          actor,
          data: { user: publicId, login, roles, agentId, acquirerCode },
        }),
        ...remember(input.idempotency, { kind: 'user', id: publicId, atMs }),
      ],
      result: { ok: true, publicId },
    }
  },
})
