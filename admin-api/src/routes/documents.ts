/** What describes this API and lets a stranger trust it: the OpenAPI document, the CA, a pointer. */
import { Buffer } from 'node:buffer'
import Type from 'typebox'

import type { Api } from '../api.js'
import type { ApiServices } from '../services.js'

const pemType = 'application/x-pem-file'

export const documentRoutes = (app: Api, services: ApiServices): void => {
  app.get('/', { schema: { hide: true } }, async () => ({
    name: 'Tillgate',
    openapi: '/openapi.json',
    ca: '/ca.pem',
    health: '/healthz',
    readiness: '/readyz',
  }))

  // Without a response schema: a serializer would cut what it does not know.
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())

  app.get(
    '/ca.pem',
    {
      schema: {
        operationId: 'showCa',
        tags: ['enrolment'],
        summary: 'The CA behind what this server shows, in PEM',
        description:
          'Public. Compare its SHA-256 with the one in the enrolment token before you trust it.',
        produces: [pemType],
        response: { 200: Type.String() },
      },
    },
    async (_request, reply) =>
      reply.type(pemType).send(Buffer.from(services.caPem, 'latin1') as never),
  )
}
