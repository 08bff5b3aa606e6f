/**
 * GET /v1/unbind-cases/{id}/evidence: everything that proves a case, in one file that needs no server to be
 * checked: `tillgate evidence verify FILE`.
 */
import Type from 'typebox'
import { packName } from '@tillgate/gateway'

import type { Api } from '../api.js'
import { notFound, refusal } from '../problems/problem.js'
import { uuidField, uuidOf } from '../requests/fields.js'
import type { ApiServices } from '../services.js'

export const caseEvidenceRoute = (app: Api, services: ApiServices): void => {
  app.get(
    '/v1/unbind-cases/:id/evidence',
    {
      schema: {
        operationId: 'getCaseEvidence',
        tags: ['unbind cases'],
        summary: 'The evidence of a case, in one file',
        description:
          'Events with inclusion proofs and the signed head of the ledger, the terminal’s signed words and ' +
          'certificates, what was approved by whom. No account, no contact, no document. Of an open case what there is.',
        params: Type.Object({ id: uuidField }),
        response: {
          200: {
            description: 'A pack (protocol README, “The evidence pack”).',
            content: { 'application/json': { schema: Type.Unknown() } },
          },
        },
      },
      config: { problems: ['NOT_FOUND', 'NOT_SEALED_YET', 'TOO_LARGE'] },
    },
    async (request, reply) => {
      const answer = await services.evidence.pack(uuidOf('id', request.params.id))
      if (!answer.ok) {
        throw answer.code === 'NOT_FOUND' ? notFound('id', 'unbind case') : refusal(answer)
      }
      void reply.header('content-disposition', `attachment; filename="${packName(answer.value)}"`)
      return answer.value
    },
  )
}
