/**
 * GET /metrics: what this node counts, in Prometheus' text format. It wants a token like any route, with a
 * scope of its own: how busy an acquirer is, is nobody else's business, and a scraper can send a bearer
 * token from a file, which expires, can be revoked, and opens nothing else.
 */
import { Registry } from 'prom-client'
import Type from 'typebox'

import type { Api } from '../api.js'
import type { LiveEvents } from '../live/live-events.js'
import { addHttpMetrics } from '../metrics/http-metrics.js'
import { addNodeMetrics } from '../metrics/node-metrics.js'
import { processMetrics } from '../metrics/process-metrics.js'
import { nodeSpans } from '../metrics/span-text.js'
import type { ApiServices } from '../services.js'

/** Call before the routes: it counts those that are added behind it. */
export const metricsRoutes = (app: Api, services: ApiServices, live: LiveEvents): void => {
  const registry = new Registry()
  addHttpMetrics(app, registry)
  addNodeMetrics(registry, {
    node: () => services.counts(),
    live: () => live.counts(),
    health: () => services.health(),
  })

  app.get(
    '/metrics',
    {
      schema: {
        operationId: 'showMetrics',
        tags: ['health'],
        summary: 'What this node counts, for Prometheus',
        produces: ['text/plain'],
        response: { 200: Type.String() },
      },
    },
    async (_request, reply) => {
      const spans = nodeSpans(services.counts())
      const texts = [await processMetrics(), await registry.metrics(), spans]
      return reply.type(registry.contentType).send(Buffer.from(texts.join(''), 'utf8') as never)
    },
  )
}
