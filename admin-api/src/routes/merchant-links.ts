/**
 * The address of a merchant's own page: 256 random bits, of which only the hash is kept. It is answered once,
 * to whoever makes it, and opens until its time is over or it is revoked.
 */
import { Buffer } from 'node:buffer'
import Type from 'typebox'
import type { Static } from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import { merchantLimits } from '@tillgate/gateway'

import type { Api } from '../api.js'
import { callerOf } from '../auth/gate.js'
import { hashTokenText } from '../auth/token-text.js'
import { apiLimits } from '../limits.js'
import { notFound, refusal } from '../problems/problem.js'
import { uuidField, uuidOf } from '../requests/fields.js'
import { timeOrNull, timeSchema, toTime, toTimeOrNull } from '../resources/time.js'
import type { ApiServices } from '../services.js'

const secondsMax = merchantLimits.linkMsMax / 1_000

const wish = Type.Object(
  {
    language: Type.Enum(['en', 'zh']),
    expiresInSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: secondsMax })),
  },
  { additionalProperties: false, examples: [{ language: 'zh' }] },
)

const linkSchema = Type.Object(
  {
    id: Type.String(),
    path: Type.Union([Type.String({ examples: ['/m/…'] }), Type.Null()], {
      description: 'Answered once, behind the address of this server; null afterwards.',
    }),
    caseId: Type.Union([Type.String(), Type.Null()]),
    merchantId: Type.String(),
    expiresAt: timeSchema,
    revokedAt: timeOrNull,
  },
  { additionalProperties: false },
)

interface Whose {
  readonly merchantId: number
  readonly caseId: number | null
}

export const merchantLinkRoutes = (app: Api, services: ApiServices): void => {
  const { records, clock, ids, entropy } = services
  const params = Type.Object({ id: uuidField })
  const schema = { tags: ['merchants'], params }

  const show = async (uuid: Uint8Array, path: string | null) => {
    const row = await records.read('link-by-uuid', { uuid })
    if (row === undefined) throw notFound('id', 'link')
    return {
      id: uuidToText(row.uuid),
      path,
      caseId: row.caseUuid === null ? null : uuidToText(row.caseUuid),
      merchantId: uuidToText(row.merchantUuid),
      expiresAt: toTime(row.expiresAtMs),
      revokedAt: toTimeOrNull(row.revokedAtMs),
    }
  }

  const make = async (
    whose: Whose,
    { language, expiresInSeconds }: Static<typeof wish>,
    actor: string,
  ) => {
    const secret = Buffer.from(entropy.bytes(apiLimits.tokenBytes)).toString('base64url')
    const uuid = ids.next()
    const atMs = clock.now()
    const lifeMs =
      expiresInSeconds === undefined ? merchantLimits.linkMsDefault : expiresInSeconds * 1_000
    const made = await records.submit('make-link', {
      ...{ ...whose, uuid, language, actor, atMs, expiresAtMs: atMs + lifeMs },
      tokenHash: hashTokenText(services, secret),
    })
    if (!made.ok) throw refusal(made, { NOT_FOUND: 'id' })
    return show(uuid, `/m/${secret}`)
  }

  app.post(
    '/v1/merchants/:id/merchant-link',
    {
      schema: {
        ...schema,
        operationId: 'makeMerchantLink',
        summary: 'Make a page on which a merchant may ask for an unbind',
        body: wish,
        response: { 201: linkSchema },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async (request, reply) => {
      const row = await records.read('merchant-by-uuid', { uuid: uuidOf('id', request.params.id) })
      if (row === undefined) throw notFound('id', 'merchant')
      const whose = { merchantId: row.id, caseId: null }
      void reply.code(201).header('cache-control', 'no-store')
      return make(whose, request.body, callerOf(request).name)
    },
  )

  app.post(
    '/v1/unbind-cases/:id/merchant-link',
    {
      schema: {
        ...schema,
        operationId: 'makeCaseLink',
        summary: 'Make a page that shows a merchant where a case stands',
        description:
          'On it the merchant may confirm by a code and choose another time. Refused for a case of which he is told nothing.',
        body: wish,
        response: { 201: linkSchema },
      },
      config: { problems: ['NOT_FOUND', 'ILLEGAL_STATE'] },
    },
    async (request, reply) => {
      const row = await records.read('case-by-uuid', { uuid: uuidOf('id', request.params.id) })
      if (row === undefined) throw notFound('id', 'unbind case')
      const whose = { merchantId: row.merchantId, caseId: row.id }
      void reply.code(201).header('cache-control', 'no-store')
      return make(whose, request.body, callerOf(request).name)
    },
  )

  app.post(
    '/v1/merchant-links/:id/revoke',
    {
      schema: {
        ...schema,
        operationId: 'revokeMerchantLink',
        summary: 'Close a merchant’s page',
        response: { 200: linkSchema },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async (request) => {
      const uuid = uuidOf('id', request.params.id)
      const act = { uuid, actor: callerOf(request).name, atMs: clock.now() }
      const revoked = await records.submit('revoke-link', act)
      if (!revoked.ok) throw notFound('id', 'link')
      return show(uuid, null)
    },
  )
}
