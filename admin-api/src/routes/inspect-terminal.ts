/**
 * POST /v1/unbind-cases/{id}/inspection: somebody has had the terminal of a forced close in his hands, and says
 * what he found. It frees a terminal that never proved its erase, so it wants a person and another one's paper.
 */
import Type from 'typebox'
import { inspectionFindings } from '@tillgate/gateway'

import type { Api } from '../api.js'
import { notFound, refusal } from '../problems/problem.js'
import { uuidField, uuidOf } from '../requests/fields.js'
import { personOf } from '../requests/person.js'
import type { ApiServices } from '../services.js'

const body = Type.Object(
  {
    finding: Type.Enum([...inspectionFindings], {
      description:
        'erased: by hand, at the depot. tampered: it gets no key before it was repaired.',
    }),
    documentId: {
      ...uuidField,
      description:
        'With the case, uploaded by somebody else: an erasure-certificate, an inspection-photo.',
    },
  },
  {
    additionalProperties: false,
    examples: [{ finding: 'erased', documentId: '0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69' }],
  },
)

const answered = Type.Object(
  { sn: Type.String(), terminalState: Type.String({ examples: ['IN_STOCK'] }) },
  { additionalProperties: false },
)

export const inspectTerminalRoute = (app: Api, services: ApiServices): void => {
  const { records, clock } = services
  app.post(
    '/v1/unbind-cases/:id/inspection',
    {
      schema: {
        operationId: 'inspectTerminal',
        tags: ['unbind cases'],
        summary: 'Record what was found on the terminal of a forced close',
        description:
          'The case stays CLOSED_UNPROVEN: an erase by hand is no proof of the terminal. Erased, the terminal ' +
          'owes nothing any more and may be bound again.',
        params: Type.Object({ id: uuidField }),
        body,
        response: { 200: answered },
      },
      config: { problems: ['NOT_FOUND', 'ILLEGAL_STATE', 'OWN_REQUEST', 'PERSON_REQUIRED'] },
    },
    async (request) => {
      const found = await records.read('case-by-uuid', { uuid: uuidOf('id', request.params.id) })
      if (found === undefined) throw notFound('id', 'unbind case')
      const result = await records.submit('record-inspection', {
        caseId: found.id,
        terminalId: found.terminalId,
        finding: request.body.finding,
        documentUuid: uuidOf('documentId', request.body.documentId),
        actor: personOf(request).user.login,
        atMs: clock.now(),
      })
      if (result.ok) return { sn: found.sn, terminalState: result.state }
      if (result.code === 'NOT_FOUND') throw notFound('documentId', 'paper of this finding')
      throw refusal(result, { ILLEGAL_STATE: 'id' })
    },
  )
}
