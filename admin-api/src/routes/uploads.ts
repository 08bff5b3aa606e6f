/**
 * /v1/documents: papers of a merchant or a case. The content is the body as it is; kind, scope and name
 * stand in query and headers. Who lists them sees no name and no content that the token may not open.
 */
import { Buffer } from 'node:buffer'
import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import {
  coreLimits,
  documentKindNames,
  isMediaType,
  mediaTypes,
  readerOf,
  type DocumentKindName,
  type DocumentView,
  type MediaType,
} from '@tillgate/gateway'

import type { Api } from '../api.js'
import { callerOf, requireScope } from '../auth/gate.js'
import { holds } from '../auth/scopes.js'
import { apiLimits } from '../limits.js'
import { invalidField, notFound, problem, refusal } from '../problems/problem.js'
import { uuidField, uuidOf } from '../requests/fields.js'
import { idempotencyHeaders, idempotencyOf, markReplay } from '../requests/idempotency-key.js'
import { merchantIdOf } from '../requests/lookups.js'
import { pageOf, pageQuery, readPage } from '../requests/page.js'
import { merchantIdOfScope, scopeField, scopeOf } from '../requests/scope.js'
import { documentSchema, toDocument } from '../resources/document.js'
import { timeSchema } from '../resources/time.js'
import type { ApiServices } from '../services.js'

const uploadQuery = Type.Object(
  {
    scope: scopeField,
    kind: Type.Union(documentKindNames.map((kind) => Type.Literal(kind))),
    retainUntil: Type.Optional(timeSchema),
  },
  { additionalProperties: false },
)

const uploadHeaders = Type.Object({
  ...idempotencyHeaders.properties,
  'document-name': Type.Optional(
    Type.String({
      description: 'The name of the file, UTF-8, percent-encoded (RFC 3986 §2.1).',
      pattern: `^[!-~]{1,${String(apiLimits.documentNameHeaderLengthMax)}}$`,
      examples: ['licence.pdf'],
    }),
  ),
})

const body = {
  content: Object.fromEntries(
    mediaTypes.map((type) => [type, { schema: Type.Unsafe<unknown>({ contentMediaType: type }) }]),
  ),
}

const nameIn = (headers: Readonly<Record<string, unknown>>): string => {
  const text = headers['document-name']
  if (typeof text !== 'string') return ''
  try {
    return decodeURIComponent(text)
  } catch {
    throw invalidField('document-name', 'must be UTF-8, percent-encoded')
  }
}

const typeIn = ({ headers }: FastifyRequest): MediaType => {
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (isMediaType(type)) return type
  const rule = `must be one of ${mediaTypes.join(', ')}`
  throw problem('UNSUPPORTED_MEDIA_TYPE', { errors: [{ field: 'Content-Type', rule }] })
}

const contentIn = ({ body: content }: FastifyRequest): Uint8Array => {
  if (content instanceof Uint8Array && content.length > 0) return content
  throw invalidField('body', 'must be the content of the document')
}

const retentionIn = (text: string | undefined, nowMs: number): number => {
  if (text === undefined) return nowMs + coreLimits.documentRetentionMsDefault
  const atMs = Date.parse(text)
  if (Number.isNaN(atMs)) throw invalidField('retainUntil', 'must be a date-time')
  return atMs
}

/** Identities open to fewer than papers do. */
const scopeToOpen = (kind: string) =>
  readerOf(kind) === 'identities' ? ('identities:read' as const) : ('documents:read' as const)

/** RFC 6266 §4.3, RFC 8187 §3.2: the name in UTF-8, and never shown in a page of ours. */
const disposition = (name: string): string =>
  `attachment; filename*=UTF-8''${encodeURIComponent(name).replaceAll(/['()*!]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)}`

const addReading = (app: Api, services: ApiServices): void => {
  const { records, documents } = services

  const shown = async (request: FastifyRequest, row: DocumentView) => {
    const mayOpen = holds(callerOf(request).scopes, scopeToOpen(row.kind))
    return toDocument(row, mayOpen ? await documents.nameOf(row) : null)
  }

  const find = async (id: string): Promise<DocumentView> => {
    const row = await documents.show(uuidOf('id', id))
    if (row === undefined) throw notFound('id', 'document')
    return row
  }

  app.get(
    '/v1/documents',
    {
      schema: {
        operationId: 'listDocuments',
        tags: ['documents'],
        summary: 'List documents',
        querystring: Type.Object(
          {
            ...pageQuery,
            scope: Type.Optional(scopeField),
            merchantId: Type.Optional(uuidField),
          },
          { additionalProperties: false },
        ),
        response: { 200: pageOf(documentSchema) },
      },
      config: { problems: ['BAD_CURSOR', 'NOT_FOUND'] },
    },
    async (request) => {
      const { scope, merchantId: merchant } = request.query
      const merchantId = await merchantIdOf(services, merchant)
      const filter = {
        ...(scope === undefined ? {} : { scope }),
        ...(merchantId === undefined ? {} : { merchantId }),
      }
      const page = await readPage('documents', request.query, (at) =>
        records.read('documents', { ...at, ...filter }),
      )
      const items = await Promise.all(page.rows.map((row) => shown(request, row)))
      return { items, nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/v1/documents/:id',
    {
      schema: {
        operationId: 'showDocument',
        tags: ['documents'],
        summary: 'Show a document, without its content',
        params: Type.Object({ id: uuidField }),
        response: { 200: documentSchema },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async (request) => shown(request, await find(request.params.id)),
  )

  app.get(
    '/v1/documents/:id/content',
    {
      schema: {
        operationId: 'readDocument',
        tags: ['documents'],
        summary: 'Read the content of a document',
        description:
          'Papers open to `documents:read`; what shows a person or an account wants `identities:read`. ' +
          'The content comes as it was uploaded, to be saved and not to be shown.',
        params: Type.Object({ id: uuidField }),
      },
      config: { problems: ['NOT_FOUND', 'DESTROYED', 'SEALING_UNAVAILABLE'] },
    },
    async (request, reply) => {
      const row = await find(request.params.id)
      requireScope(callerOf(request), scopeToOpen(row.kind))
      const [opened, name] = await Promise.all([documents.content(row), documents.nameOf(row)])
      if (!opened.ok) throw refusal(opened)
      void reply
        .type(row.mediaType)
        .header('content-length', row.sizeBytes)
        .header('content-disposition', disposition(name ?? 'document'))
        .header('cache-control', 'no-store')
      return reply.send(Readable.from(opened.parts))
    },
  )
}

const addUpload = (app: Api, services: ApiServices): void => {
  const { documents, clock } = services
  for (const type of mediaTypes) {
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, content, done) => {
      done(null, content)
    })
  }
  app.post(
    '/v1/documents',
    {
      bodyLimit: coreLimits.documentBytesMax,
      schema: {
        operationId: 'uploadDocument',
        tags: ['documents'],
        summary: 'Upload a document',
        description:
          'The body is the content, and Content-Type what it is: PDF, PNG or JPEG, which is checked ' +
          'against the content. It is kept sealed until its retention is over.',
        querystring: uploadQuery,
        headers: uploadHeaders,
        body,
        response: { 200: documentSchema, 201: documentSchema },
      },
      config: {
        problems: [
          'NOT_FOUND',
          'DESTROYED',
          'CONTENT_TYPE_MISMATCH',
          'SEALING_UNAVAILABLE',
          'CONFLICT',
          'IDEMPOTENCY_MISMATCH',
        ],
      },
    },
    async (request, reply) => {
      const { scope, kind, retainUntil } = request.query
      const [mediaType, content] = [typeIn(request), contentIn(request)]
      const name = nameIn(request.headers)
      const merchantId = await merchantIdOfScope(services, scopeOf(scope))
      const said = { scope, kind, retainUntil, name, mediaType }
      const hash = Buffer.from(services.digest.sha256(content)).toString('hex')
      const uploaded = await documents.upload({
        ...{ scope, merchantId, mediaType, name, content },
        kind: kind as DocumentKindName,
        retainUntilMs: retentionIn(retainUntil, clock.now()),
        actor: callerOf(request).name,
        ...idempotencyOf(services, request, { ...said, content: hash }),
      })
      if (!uploaded.ok) throw refusal(uploaded, { DESTROYED: 'scope' })
      const { publicId, replayed } = uploaded
      markReplay(reply, replayed)
      void reply.header('location', `/v1/documents/${publicId}`)
      const row = await documents.show(uuidOf('id', publicId))
      if (row === undefined) throw new Error('an uploaded document is not there')
      return toDocument(row, null)
    },
  )
}

export const uploadRoutes = async (app: Api, services: ApiServices): Promise<void> => {
  addReading(app, services)
  // Of its own, so that no other path takes such bodies.
  await app.register(async (scoped) => addUpload(scoped as Api, services))
}
