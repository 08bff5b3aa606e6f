/**
 * What ties a command to the request that asked for it: the request's id for the log, and the caller's
 * own trace, where it sent one (`traceparent`, W3C Trace Context level 1), for a link from the command's
 * trace to it. A header that is not exactly as it says is as if it were not there.
 */
import type { FastifyRequest } from 'fastify'
import type { Origin } from '@tillgate/gateway'

const traceparentForm = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

export const traceparentOf = (header: unknown): string | undefined =>
  typeof header === 'string' && traceparentForm.test(header) ? header : undefined

export const originOf = (request: FastifyRequest): Origin => ({
  requestId: request.id,
  traceparent: traceparentOf(request.headers['traceparent']),
})
