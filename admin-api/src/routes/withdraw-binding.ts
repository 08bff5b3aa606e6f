/** /v1/bindings/{id}/withdraw: takes back what the terminal has not confirmed yet. */
import Type from 'typebox'

import type { Api } from '../api.js'
import { callerOf } from '../auth/gate.js'
import { refusal } from '../problems/problem.js'
import { uuidField, uuidOf } from '../requests/fields.js'
import { originOf } from '../requests/origin.js'
import { bindingSchema } from '../resources/binding.js'
import type { ApiServices } from '../services.js'
import { shownBinding } from './bindings.js'

export const withdrawBindingRoute = (app: Api, services: ApiServices): void => {
  app.post(
    '/v1/bindings/:id/withdraw',
    {
      schema: {
        operationId: 'withdrawBinding',
        tags: ['bindings'],
        summary: 'Take back a binding that its terminal has not confirmed',
        params: Type.Object({ id: uuidField }),
        response: { 200: bindingSchema },
      },
      config: { problems: ['NOT_FOUND', 'ILLEGAL_STATE', 'ALREADY_DONE', 'TOO_LATE'] },
    },
    async (request) => {
      const bindingUuid = uuidOf('id', request.params.id)
      const act = { bindingUuid, actor: callerOf(request).name, origin: originOf(request) }
      const answer = await services.commands.withdraw(act)
      if (!answer.ok) throw refusal(answer, { NOT_FOUND: 'id', ILLEGAL_STATE: 'id' })
      return shownBinding(services, bindingUuid)
    },
  )
}
