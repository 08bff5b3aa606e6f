/**
 * POST /v1/watch/attempts: a host tells of a sale, an authorisation or a use of a key under a TID. Whether it was
 * in order is decided by whose the TID was at that time.
 */
import Type from 'typebox'
import { watchLimits } from '@tillgate/gateway'
import { uuidToText } from '@tillgate/protocol'

import type { Api } from '../api.js'
import { callerOf } from '../auth/gate.js'
import { refusal } from '../problems/problem.js'
import { acquirerCodeField, line, midField, snField, tidField } from '../requests/fields.js'
import { timeSchema } from '../resources/time.js'
import type { ApiServices } from '../services.js'

const attempt = Type.Object(
  {
    acquirerCode: acquirerCodeField,
    mid: midField,
    tid: tidField,
    sn: Type.Optional(snField),
    kind: Type.Enum(['sale', 'authorization', 'key']),
    at: timeSchema,
    reference: line(watchLimits.referenceLengthMax, {
      description: "The host's own name for it, and no card number. The same is reported once.",
    }),
  },
  {
    additionalProperties: false,
    examples: [
      {
        ...{ acquirerCode: '48020000', mid: '898440353110001', tid: '10000017', kind: 'sale' },
        ...{ at: '2026-11-20T08:15:00.000Z', reference: 'RRN-812345678901' },
      },
    ],
  },
)

const answered = Type.Object(
  {
    watched: Type.Boolean({ description: 'It came after a release, and raised an alarm.' }),
    caseId: Type.Optional(Type.String()),
    recorded: Type.Optional(
      Type.Boolean({ description: 'False: reported before, or as many are kept as may be.' }),
    ),
    because: Type.Optional(
      Type.Enum(['in-force', 'over', 'unknown'], {
        description: 'Not watched: the TID was in force then; the watch was over; nobody had it.',
      }),
    ),
  },
  { additionalProperties: false },
)

export const watchAttemptRoute = (app: Api, services: ApiServices): void => {
  app.post(
    '/v1/watch/attempts',
    {
      schema: {
        operationId: 'reportAttempt',
        tags: ['unbind cases'],
        summary: 'Report what was tried under a TID',
        description: 'By a host. An attempt after a release is shown in the case that ended it.',
        body: attempt,
        response: { 200: answered },
      },
      config: { problems: [] },
    },
    async (request) => {
      const { at, sn, ...said } = request.body
      const answer = await services.watch.report({
        ...said,
        sn,
        triedAtMs: Date.parse(at),
        actor: callerOf(request).name,
      })
      if (!answer.ok) throw refusal(answer)
      const { value } = answer
      if (!value.watched) return { watched: false, because: value.because }
      const { caseUuid, recorded } = value
      return { watched: true, caseId: uuidToText(caseUuid), recorded }
    },
  )
}
