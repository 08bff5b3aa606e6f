/**
 * POST /v1/unbind-cases/:id/force: somebody says that the terminal will not answer, and asks that two persons
 * close the case without it. Nothing is closed here: the case takes the approval once it is granted.
 */
import Type from 'typebox'
import { forceReasonCodes, approvalLimits } from '@tillgate/gateway'

import type { Api } from '../api.js'
import { notFound, refusal } from '../problems/problem.js'
import { line, uuidField, uuidOf } from '../requests/fields.js'
import { idempotencyHeaders } from '../requests/idempotency-key.js'
import { wholeApprovalSchema } from '../resources/approval.js'
import type { ApiServices } from '../services.js'
import { askForApproval, askProblems, expiresInSecondsField } from './approvals.js'

const wish = Type.Object(
  {
    reason: Type.Enum([...forceReasonCodes]),
    documentId: Type.Optional(uuidField),
    why: line(approvalLimits.reasonLengthMax),
    expiresInSeconds: expiresInSecondsField,
  },
  {
    additionalProperties: false,
    examples: [{ reason: 'FORCE_DEVICE_LOST', why: 'left in a taxi, reported on Monday' }],
  },
)

export const forceUnbindCaseRoutes = (app: Api, services: ApiServices): void => {
  app.post(
    '/v1/unbind-cases/:id/force',
    {
      schema: {
        operationId: 'forceUnbindCase',
        tags: ['unbind cases'],
        summary: 'Ask that a case is closed without its terminal',
        description:
          'Answers the approval, kind `force-close`, that two persons decide on. Once it is granted the host ' +
          'blocks the TID for good, and the case is `CLOSED_UNPROVEN`: no erase is claimed, and should the ' +
          'terminal ever appear again, it is erased without settlement.',
        params: Type.Object({ id: uuidField }),
        headers: idempotencyHeaders,
        body: wish,
        response: { 200: wholeApprovalSchema, 201: wholeApprovalSchema },
      },
      config: { problems: ['ILLEGAL_STATE', ...askProblems] },
    },
    async (asking, reply) => {
      const { reason, documentId, why, expiresInSeconds } = asking.body
      const answer = await services.cases.forceRequest({
        uuid: uuidOf('id', asking.params.id),
        reason,
        ...(documentId === undefined ? {} : { documentUuid: uuidOf('documentId', documentId) }),
      })
      if (!answer.ok) {
        throw answer.code === 'NOT_FOUND' ? notFound('id', 'unbind case') : refusal(answer)
      }
      const asked = { ...answer.value, brakeCap: null, reason: why, expiresInSeconds }
      return askForApproval(services, { asking, reply }, asked)
    },
  )
}
