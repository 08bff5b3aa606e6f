/**
 * /healthz: this process answers. /readyz: it can do its work, or says in few words why not; what makes
 * it slower or alone, but not wrong, is named and leaves it ready, for a node that a balancer takes away
 * helps nobody. Both without a token; neither tells anything about merchants or terminals.
 */
import Type from 'typebox'

import type { Api } from '../api.js'
import type { ApiServices } from '../services.js'

const healthSchema = Type.Object(
  {
    status: Type.Enum(['ok', 'degraded', 'not ready']),
    reasons: Type.Array(Type.String(), { description: 'What is not well, in plain words.' }),
  },
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
    async () => ({ status: 'ok' as const, reasons: [] }),
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
      const { ok, reasons } = services.health()
      const all = isDraining() ? [...reasons, 'draining'] : [...reasons]
      if (!ok || isDraining()) {
        return reply.code(unavailable).send({ status: 'not ready', reasons: all })
      }
      return { status: all.length === 0 ? ('ok' as const) : ('degraded' as const), reasons: all }
    },
  )
}
