/**
 * How requests were answered, by route and status. Labels come from our own lists alone: the route is the
 * pattern in the program, an unknown path is one word, and a method that no route has is another.
 */
import type { FastifyInstance } from 'fastify'
import { Counter, Histogram, type Registry } from 'prom-client'

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])

const secondsMax = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]
const unknownRoute = '(unknown)'

export const addHttpMetrics = (app: FastifyInstance, registry: Registry): void => {
  const registers = [registry]
  const requests = new Counter({
    name: 'tillgate_http_requests_total',
    help: 'Requests answered, by route and status',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const seconds = new Histogram({
    name: 'tillgate_http_request_seconds',
    help: 'From the head of a request to the end of its answer',
    labelNames: ['method', 'route'],
    buckets: secondsMax,
    registers,
  })
  app.addHook('onResponse', async (request, reply) => {
    const method = methods.has(request.method) ? request.method : 'other'
    const route = request.routeOptions.url ?? unknownRoute
    requests.inc({ method, route, status: String(reply.statusCode) })
    seconds.observe({ method, route }, reply.elapsedTime / 1_000)
  })
}
