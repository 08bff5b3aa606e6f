/**
 * /healthz: this process answers. /readyz: it can do its work, or says in few words why not. Both
 * without a token, for balancers and supervisors; neither tells anything about merchants or terminals.
 */
import Type from 'typebox'

import type { Api } from '../api.js'
import type { ApiServices } from '../services.js'

const healthSchema = Type.Object(
  { status: Type.String({ examples: ['ok'] }), reasons: Type.Array(Type.String()) },
  { additionalProperties: false },
)

const unavailable = 503

export const healthRoutes = (app: Api, services: ApiServices, isDraining: () => boolean): void => {
  app.get(
    '/healthz',
    {
      schema: {
        operationId: 'health',
        tags: ['health'],
        summary: 'Whether the process answers',
        response: { 200: healthSchema },
      },
      config: { rate: 'none' },
    },
    async () => ({ status: 'ok', reasons: [] }),
  )

  app.get(
    '/readyz',
    {
      schema: {
        operationId: 'readiness',
        tags: ['health'],
        summary: 'Whether the node can work, and what is not well',
        response: { 200: healthSchema, 503: healthSchema },
      },
      config: { rate: 'none' },
    },
    async (_request, reply) => {
      const { reasons } = services.health()
      const all = isDraining() ? [...reasons, 'draining'] : [...reasons]
      if (all.length === 0) return { status: 'ok', reasons: [] }
      return reply.code(unavailable).send({ status: 'not ready', reasons: all })
    },
  )
}
