/**
 * The OpenAPI 3.1 document, written from the routes themselves: what a route may refuse with, its
 * scope and the problems that every route can answer are added here, so that no route forgets them.
 */
import swagger from '@fastify/swagger'
import type { FastifyInstance, RouteOptions } from 'fastify'
import Type from 'typebox'
import { errorByCode, httpStatusOf, type ErrorCode } from '@tillgate/protocol'

import { personScopes } from './auth/person-scopes.js'
import { accessOf, scopes, type Access } from './auth/scopes.js'
import { problemMediaType, problemType } from './problems/problem.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What this route refuses with, beyond what every route may answer. */
    problems?: readonly ErrorCode[]
  }
}

const problemSchema = Type.Object(
  {
    type: Type.String({ examples: ['urn:tillgate:problem:VALIDATION'] }),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    detail: Type.Optional(Type.String()),
    requestId: Type.String(),
    errors: Type.Optional(
      Type.Array(Type.Object({ field: Type.String(), rule: Type.String() }), {
        description: 'Every field that was wrong, and the rule it broke.',
      }),
    ),
  },
  { $id: 'Problem', description: 'RFC 9457 problem details.' },
)

const info = {
  title: 'Tillgate',
  version: '1.0.0',
  description:
    'Terminal management for acquirers. Words mean what they say: ordered, published, delivered, ' +
    'accepted, reported and attested are different.',
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
}

/** Codes that a route can answer because of what it takes, whatever it does. */
const commonCodes = (route: RouteOptions, access: Access): readonly ErrorCode[] => {
  const { schema } = route
  const takes = schema?.body ?? schema?.params ?? schema?.querystring ?? schema?.headers
  return [
    ...(takes === undefined ? [] : (['VALIDATION'] as const)),
    ...(schema?.body === undefined ? [] : (['TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const)),
    ...(access === 'public' ? [] : (['UNAUTHENTICATED', 'FORBIDDEN'] as const)),
    ...(route.config?.rate === 'none' ? [] : (['RATE_LIMITED'] as const)),
    'INTERNAL',
    'RECORDS_UNAVAILABLE',
    'DRAINING',
  ]
}

const exampleOf = (code: ErrorCode) => ({
  type: problemType(code),
  title: errorByCode(code).meaning,
  status: httpStatusOf(code),
  code,
  requestId: '0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69',
})

const problemResponses = (codes: readonly ErrorCode[]): Readonly<Record<number, unknown>> => {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of new Set(codes)) {
    byStatus.set(httpStatusOf(code), [...(byStatus.get(httpStatusOf(code)) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      {
        description: list.map((code) => `\`${code}\`: ${errorByCode(code).meaning}.`).join(' '),
        content: {
          [problemMediaType]: {
            schema: { $ref: 'Problem#' },
            examples: Object.fromEntries(list.map((code) => [code, { value: exampleOf(code) }])),
          },
        },
      },
    ]),
  )
}

/** Gives a route its scope and its problems. A route without a line in the table stops the start. */
const completeRoute = (route: RouteOptions): void => {
  const method = String(route.method)
  const access = accessOf(method, route.url)
  if (access === undefined) throw new Error(`${method} ${route.url} has no line in auth/scopes.ts`)
  route.config = { ...route.config, access }
  const codes = [...commonCodes(route, access), ...(route.config.problems ?? [])]
  const own = route.schema?.response as Readonly<Record<number, unknown>> | undefined
  route.schema = {
    ...route.schema,
    ...(access === 'public' ? { security: [] } : { security: [{ bearer: [access] }] }),
    response: { ...problemResponses(codes), ...own },
  }
}

export const addOpenApi = async (app: FastifyInstance): Promise<void> => {
  app.addSchema(problemSchema)
  app.addHook('onRoute', completeRoute)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info,
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: Object.entries({ ...scopes, ...personScopes })
              .map(([scope, meaning]) => `- \`${scope}\`: ${meaning}`)
              .join('\n'),
          },
        },
      },
    },
    refResolver: {
      buildLocalReference: (json, _base, _fragment, i) => String(json.$id ?? `def-${String(i)}`),
    },
  })
}
