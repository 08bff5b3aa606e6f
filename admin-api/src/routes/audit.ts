/**
 * /v1/audit: the sealed ledger. Its newest signed head, and proofs that an event stands under it and that a
 * later head only goes on from an earlier one. Who checks them needs nothing of this server but its key.
 */
import Type from 'typebox'
import { toHex } from '@tillgate/protocol'

import type { Api } from '../api.js'
import { invalidField, notFound } from '../problems/problem.js'
import { toBase64 } from '../resources/bytes.js'
import type { ApiServices } from '../services.js'

const sizeField = (description: string) =>
  Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description })

const hashField = Type.String({ pattern: '^[0-9a-f]{64}$' })
const pathField = Type.Array(Type.String({ description: 'SHA-256, base 64.' }), {
  description: 'As RFC 6962 orders them.',
})

const inclusionSchema = Type.Object(
  {
    event: Type.Integer(),
    index: Type.Integer({ description: 'Of the entry in the tree, from 0.' }),
    size: Type.Integer(),
    leafSha256: hashField,
    rootSha256: hashField,
    path: pathField,
  },
  { additionalProperties: false },
)

const consistencySchema = Type.Object(
  {
    from: Type.Integer(),
    to: Type.Integer(),
    fromRootSha256: hashField,
    toRootSha256: hashField,
    path: pathField,
  },
  { additionalProperties: false },
)

const inclusionQuery = Type.Object(
  {
    event: Type.Integer({
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'The `id` of an event.',
    }),
    size: Type.Optional(sizeField('Of the tree; of the newest checkpoint where left out.')),
  },
  { additionalProperties: false },
)

const consistencyQuery = Type.Object(
  {
    from: sizeField('Of the earlier tree.'),
    to: Type.Optional(sizeField('Of the later one; of the newest checkpoint where left out.')),
  },
  { additionalProperties: false },
)

const text = (description: string) => ({
  description,
  content: { 'text/plain': { schema: Type.String() } },
})

export const auditRoutes = (app: Api, services: ApiServices): void => {
  const { audit } = services

  app.get(
    '/v1/audit/checkpoint',
    {
      schema: {
        operationId: 'getCheckpoint',
        tags: ['audit'],
        summary: 'The newest signed head of the sealed ledger',
        response: { 200: text('A signed note (c2sp.org/tlog-checkpoint).') },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async (_request, reply) => {
      const checkpoint = await audit.checkpoint()
      if (checkpoint === undefined) throw notFound('checkpoint', 'checkpoint yet')
      return reply.type('text/plain; charset=utf-8').send(checkpoint.note)
    },
  )

  app.get(
    '/v1/audit/verifier-key',
    {
      schema: {
        operationId: 'getVerifierKey',
        tags: ['audit'],
        summary: 'The key that checkpoints are checked with',
        description: 'Keep it where nobody can change it who could change the records.',
        response: { 200: text('A verifier key (c2sp.org/signed-note).') },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async (_request, reply) => {
      if (audit.verifierKey === undefined) throw notFound('key', 'verifier key')
      return reply.type('text/plain; charset=utf-8').send(`${audit.verifierKey}\n`)
    },
  )

  app.get(
    '/v1/audit/proofs/inclusion',
    {
      schema: {
        operationId: 'proveInclusion',
        tags: ['audit'],
        summary: 'That an event stands in the tree of that size',
        querystring: inclusionQuery,
        response: { 200: inclusionSchema },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async ({ query: { event, size } }) => {
      const answer = await audit.inclusion({
        eventId: event,
        ...(size === undefined ? {} : { size }),
      })
      if (!answer.ok) {
        if (answer.code === 'NOT_FOUND') throw notFound('event', 'event in a tree of that size')
        throw invalidField(answer.field, 'must not be above the size of the tree')
      }
      const { index, leafHash, root, path } = answer
      return {
        ...{ event, index, size: answer.size, leafSha256: toHex(leafHash) },
        ...{ rootSha256: toHex(root), path: path.map(toBase64) },
      }
    },
  )

  app.get(
    '/v1/audit/proofs/consistency',
    {
      schema: {
        operationId: 'proveConsistency',
        tags: ['audit'],
        summary: 'That the later tree begins with the whole of the earlier one',
        querystring: consistencyQuery,
        response: { 200: consistencySchema },
      },
    },
    async ({ query: { from, to } }) => {
      const answer = await audit.consistency({ from, ...(to === undefined ? {} : { to }) })
      if (!answer.ok)
        throw invalidField(answer.field, 'must be sizes of the tree, the earlier one first')
      return {
        from,
        to: answer.to,
        fromRootSha256: toHex(answer.fromRoot),
        toRootSha256: toHex(answer.toRoot),
        path: answer.path.map(toBase64),
      }
    },
  )
}
