/**
 * Makes a problem of whatever ended a request. Three kinds: our own problems; what Fastify found
 * wrong with the request (closed list); everything else is our fault, logged, and answered without
 * any of its text.
 */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { httpStatusOf, type ErrorCode } from '@tillgate/protocol'
import { RecordsUnavailable } from '@tillgate/gateway'

import type { ApiServices } from '../services.js'
import { ApiProblem, problem, problemMediaType, toDocument } from './problem.js'
import { fieldFaults, isValidationFailure } from './validation.js'

const retryAfterSeconds = '1'

const inBody = (rule: string): ApiProblem =>
  problem('VALIDATION', { errors: [{ field: 'body', rule }] })

/** What Fastify says about a request, by its code. Anything not here is a bug of ours. */
const fastifyFaults: Readonly<Record<string, () => ApiProblem>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: () => inBody('must be JSON'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => inBody('must be as long as Content-Length says'),
  FST_ERR_CTP_BODY_TOO_LARGE: () =>
    problem('TOO_LARGE', { errors: [{ field: 'body', rule: 'is longer than this path takes' }] }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => unsupported(),
  FST_ERR_CTP_EMPTY_TYPE: () => unsupported(),
  FST_ERR_CTP_INVALID_TYPE: () => unsupported(),
  FST_ERR_ROUTE_MISSING_CONTENT_TYPE: () => unsupported(),
  FST_ERR_BAD_URL: () =>
    problem('VALIDATION', { errors: [{ field: 'path', rule: 'must be a valid URL path' }] }),
  FST_ERR_MAX_PARAM_LENGTH: () =>
    problem('VALIDATION', { errors: [{ field: 'path', rule: 'is too long' }] }),
}

const unsupported = (): ApiProblem =>
  problem('UNSUPPORTED_MEDIA_TYPE', {
    errors: [{ field: 'Content-Type', rule: 'must be one that this path takes' }],
  })

const isFastifyError = (error: unknown): error is FastifyError =>
  error instanceof Error && typeof (error as { code?: unknown }).code === 'string'

export const asProblem = (error: unknown): ApiProblem | undefined => {
  if (error instanceof ApiProblem) return error
  if (error instanceof RecordsUnavailable) return problem('RECORDS_UNAVAILABLE')
  if (isValidationFailure(error)) return problem('VALIDATION', { errors: fieldFaults(error) })
  // secure-json-parse refuses `__proto__` with a SyntaxError that has no code.
  if (error instanceof SyntaxError && (error as { statusCode?: unknown }).statusCode === 400) {
    return inBody('must be JSON without a __proto__ or constructor key')
  }
  return isFastifyError(error) ? fastifyFaults[error.code]?.() : undefined
}

const headersOf = (code: ErrorCode): Readonly<Record<string, string>> => {
  if (code === 'UNAUTHENTICATED') return { 'www-authenticate': 'Bearer' }
  return httpStatusOf(code) === 503 ? { 'retry-after': retryAfterSeconds } : {}
}

export const sendProblem = (
  request: FastifyRequest,
  reply: FastifyReply,
  { code, parts }: ApiProblem,
): FastifyReply =>
  reply
    .code(httpStatusOf(code))
    .headers({ ...headersOf(code), ...parts.headers })
    .type(problemMediaType)
    .send(toDocument(code, parts, request.id))

export const addErrorHandler = (app: FastifyInstance, services: Pick<ApiServices, 'log'>): void => {
  app.setErrorHandler((error, request, reply) => {
    const known = asProblem(error)
    if (known === undefined || known.code === 'INTERNAL') {
      services.log.error('a request failed', { requestId: request.id, error })
    }
    return sendProblem(request, reply, known ?? problem('INTERNAL'))
  })
}
