/**
 * /v1/unbind-cases/{id}/agreement: the closing agreement 解绑协议, printed from the case. Where what it says
 * has changed since the last version, another is made, hashed and kept; the bytes of each never change.
 */
import { Buffer } from 'node:buffer'
import Type from 'typebox'
import { toHex } from '@tillgate/protocol'
import {
  caseLimits,
  createAgreements,
  printedAgreement,
  type NoticeLanguage,
} from '@tillgate/gateway'

import type { Api } from '../api.js'
import { callerOf } from '../auth/gate.js'
import { agreementHeaders } from '../merchant-pages/agreement-headers.js'
import { notFound, refusal } from '../problems/problem.js'
import { uuidField, uuidOf } from '../requests/fields.js'
import type { ApiServices } from '../services.js'

const htmlType = 'text/html; charset=utf-8'
const query = Type.Object(
  {
    lang: Type.Optional(Type.Enum(['en', 'zh'], { description: '`zh` where it is left out.' })),
    version: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: caseLimits.agreementVersionsMax,
        description: 'An earlier one. Left out: what is true now.',
      }),
    ),
  },
  { additionalProperties: false },
)

export const caseAgreementRoutes = (app: Api, services: ApiServices): void => {
  const agreements = createAgreements(services)

  app.get(
    '/v1/unbind-cases/:id/agreement',
    {
      schema: {
        ...{ operationId: 'showCaseAgreement', tags: ['unbind cases'] },
        summary: 'The closing agreement of a case, in HTML to be printed',
        description:
          'A4, without script. `etag` is the SHA-256 of the bytes, as the case shows it. What has changed since ' +
          'the last version makes another, which is a line of the ledger. The signed copy is a document of kind ' +
          '`closing-agreement` in the scope of the case.',
        params: Type.Object({ id: uuidField }),
        querystring: query,
        produces: ['text/html'],
        response: { 200: Type.String() },
      },
      config: { problems: ['NOT_FOUND', 'CONFLICT', 'LIMIT_REACHED'] },
    },
    async (request, reply) => {
      const uuid = uuidOf('id', request.params.id)
      const { version, lang } = request.query
      const language: NoticeLanguage = lang ?? 'zh'
      const answer =
        version === undefined
          ? await agreements.current({ uuid, actor: callerOf(request).name })
          : await agreements.version({ uuid, version })
      if (!answer.ok) {
        if (answer.code !== 'NOT_FOUND') throw refusal(answer)
        throw answer.field === 'version'
          ? notFound('version', 'version of this agreement')
          : notFound('id', 'unbind case')
      }
      const row = answer.value
      const page = printedAgreement(services.digest, row, language)
      const hash = toHex(language === 'en' ? row.sha256En : row.sha256Zh)
      return reply
        .headers({ ...agreementHeaders, etag: `"${hash}"` })
        .type(htmlType)
        .send(Buffer.from(page) as never)
    },
  )
}
