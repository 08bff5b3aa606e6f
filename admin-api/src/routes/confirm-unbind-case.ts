/**
 * The merchant's word in an unbind case: a one-time code that is sent to a contact on record, and given back;
 * or, at the counter (线下办理), an identity document that a person has looked at and a signed form.
 */
import Type from 'typebox'
import { identityChecks, type Answer, type CaseView } from '@tillgate/gateway'

import type { Api } from '../api.js'
import { callerOf } from '../auth/gate.js'
import { notFound, refusal } from '../problems/problem.js'
import { uuidField, uuidOf } from '../requests/fields.js'
import { personOf } from '../requests/person.js'
import { timeSchema, toTime } from '../resources/time.js'
import { toUnbindCase, unbindCaseSchema } from '../resources/unbind-case.js'
import type { ApiServices } from '../services.js'

const anId = '0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69'

const codeBody = Type.Object(
  { contactId: uuidField },
  { additionalProperties: false, examples: [{ contactId: anId }] },
)

const sentSchema = Type.Object(
  {
    sentTo: Type.String({ description: 'Masked.', examples: ['+86***00'] }),
    expiresAt: timeSchema,
  },
  { additionalProperties: false },
)

const confirmBody = Type.Object(
  { code: Type.String({ pattern: '^[0-9]{6}$', examples: ['492039'] }) },
  { additionalProperties: false, examples: [{ code: '492039' }] },
)

const counterBody = Type.Object(
  {
    identity: Type.Enum([...identityChecks], {
      description: 'What was looked at. Its number is kept nowhere.',
    }),
    formDocumentId: { ...uuidField, description: 'The signed form: a document of this case.' },
  },
  {
    additionalProperties: false,
    examples: [{ identity: 'identity-card', formDocumentId: anId }],
  },
)

const params = Type.Object({ id: uuidField })
const tags = ['unbind cases']
const problems = ['NOT_FOUND', 'ALREADY_DONE', 'ILLEGAL_STATE'] as const

const shown = (answer: Answer<CaseView>) => {
  if (answer.ok) return toUnbindCase(answer.value)
  if (answer.code !== 'NOT_FOUND') throw refusal(answer, { CODE_REFUSED: 'code' })
  throw answer.field === undefined
    ? notFound('id', 'unbind case')
    : notFound(answer.field, 'application-form of this case')
}

export const confirmUnbindCaseRoutes = (app: Api, { merchantSide }: ApiServices): void => {
  app.post(
    '/v1/unbind-cases/:id/codes',
    {
      schema: {
        ...{ operationId: 'sendUnbindCode', tags, params },
        summary: 'Send the merchant a one-time code that confirms a case',
        description: 'An earlier code of the case is worth nothing from then on.',
        body: codeBody,
        response: { 200: sentSchema },
      },
      config: { problems: [...problems, 'RATE_LIMITED', 'SEALING_UNAVAILABLE', 'DESTROYED'] },
    },
    async (request) => {
      const answer = await merchantSide.sendCode({
        uuid: uuidOf('id', request.params.id),
        contactUuid: uuidOf('contactId', request.body.contactId),
        actor: callerOf(request).name,
      })
      if (answer.ok) {
        const { sentTo, expiresAtMs } = answer.value
        return { sentTo, expiresAt: toTime(expiresAtMs) }
      }
      if (answer.code !== 'NOT_FOUND') throw refusal(answer)
      throw answer.field === undefined
        ? notFound('id', 'unbind case')
        : notFound(answer.field, 'contact of its merchant')
    },
  )

  app.post(
    '/v1/unbind-cases/:id/confirm',
    {
      schema: {
        ...{ operationId: 'confirmUnbindCase', tags, params },
        summary: 'Confirm a case by the merchant’s one-time code',
        description: 'A wrong code says nothing more than that; the fifth ends the code.',
        body: confirmBody,
        response: { 200: unbindCaseSchema },
      },
      config: { problems: [...problems, 'CODE_REFUSED'] },
    },
    async (request) =>
      shown(
        await merchantSide.confirmByCode({
          uuid: uuidOf('id', request.params.id),
          code: request.body.code,
          actor: callerOf(request).name,
        }),
      ),
  )

  app.post(
    '/v1/unbind-cases/:id/confirm-at-counter',
    {
      schema: {
        ...{ operationId: 'confirmUnbindCaseAtCounter', tags, params },
        summary: 'Record that the merchant has confirmed a case at the counter',
        description:
          'By a person who is no approver: the signed form is uploaded first, as an `application-form` of ' +
          'this case.',
        body: counterBody,
        response: { 200: unbindCaseSchema },
      },
      config: { problems: [...problems, 'APPROVER_AT_COUNTER', 'PERSON_REQUIRED'] },
    },
    async (request) => {
      const { identity, formDocumentId } = request.body
      return shown(
        await merchantSide.confirmAtCounter({
          uuid: uuidOf('id', request.params.id),
          userId: personOf(request).user.id,
          identity,
          formUuid: uuidOf('formDocumentId', formDocumentId),
          actor: callerOf(request).name,
        }),
      )
    },
  )
}
