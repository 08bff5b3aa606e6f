/**
 * `Idempotency-Key`: makes a repeated POST safe. What is kept is a hash over the caller's token and
 * the key, so that nobody meets somebody else's keys, and a hash of the request, so that a key is not
 * taken for another request. The operation stores both in the transaction of the change itself.
 */
import { Buffer } from 'node:buffer'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { canonicalJson, concat, equalBytes } from '@tillgate/protocol'
import type { IdempotencyClaim } from '@tillgate/gateway'

import { callerOf } from '../auth/gate.js'
import { apiLimits } from '../limits.js'
import { refusal } from '../problems/problem.js'
import type { ApiServices } from '../services.js'

export const idempotencyHeaders = Type.Object({
  // In lower case, as Node.js spells received headers.
  'idempotency-key': Type.Optional(
    Type.String({
      description:
        'Repeat with the same key and body to get the first answer again, with ' +
        '`Idempotent-Replayed: true`. Printable ASCII. Keys belong to the token that sent them.',
      pattern: `^[ -~]{1,${String(apiLimits.idempotencyKeyLengthMax)}}$`,
      examples: ['2f0c6a1e-order-17'],
    }),
  ),
})

export const replayedHeader = 'idempotent-replayed'

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'))

/** For an input that takes `idempotency?`: the claim, or nothing where no key came. */
export const idempotencyOf = (
  services: Pick<ApiServices, 'digest'>,
  request: FastifyRequest,
  /** What makes the request, where its body alone is not it. */
  said: unknown = request.body,
): { readonly idempotency?: IdempotencyClaim } => {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string') return {}
  const path = request.url.split('?', 1)[0] ?? ''
  const { sha256 } = services.digest
  return {
    idempotency: {
      keyHash: sha256(concat(callerOf(request).tokenUuid, bytesOf(key))),
      requestHash: sha256(bytesOf(`${request.method}\n${path}\n${canonicalJson(said)}`)),
    },
  }
}

/**
 * What an earlier request with this key made, by its public id. A key that was used for another
 * request is refused here already. The operation asks again inside its transaction, and that counts.
 */
export const earlierAnswerOf = async (
  { records }: Pick<ApiServices, 'records'>,
  claim: IdempotencyClaim | undefined,
): Promise<string | undefined> => {
  if (claim === undefined) return undefined
  const row = await records.read('idempotency-by-key', { keyHash: claim.keyHash })
  if (row === undefined) return undefined
  if (!equalBytes(row.requestHash, claim.requestHash)) {
    throw refusal({ code: 'IDEMPOTENCY_MISMATCH' })
  }
  return row.madeId
}

/** 201 for what was made now, 200 with a header for what an earlier request made. */
export const markReplay = (reply: FastifyReply, replayed: boolean): FastifyReply =>
  replayed ? reply.code(200).header(replayedHeader, 'true') : reply.code(201)
