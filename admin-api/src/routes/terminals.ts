/** /v1/terminals: devices by their serial number, their state and what is known of their connection. */
import Type from 'typebox'

import type { TerminalRow, TerminalState } from '@tillgate/gateway'

import type { Api } from '../api.js'
import { callerOf } from '../auth/gate.js'
import { apiLimits } from '../limits.js'
import { refusal } from '../problems/problem.js'
import { line, modelField, snField, vendorField } from '../requests/fields.js'
import { idempotencyHeaders, idempotencyOf, markReplay } from '../requests/idempotency-key.js'
import { terminalOf } from '../requests/lookups.js'
import { pageOf, pageQuery, readPage } from '../requests/page.js'
import { certificateSchema, toCertificate } from '../resources/certificate.js'
import { terminalSchema, toTerminal } from '../resources/terminal.js'
import type { ApiServices } from '../services.js'

const firstAssetEpoch = 1
const assetEpochMax = 0xffffffff

const newTerminal = Type.Object(
  {
    sn: snField,
    vendor: vendorField,
    model: modelField,
    tusn: Type.Optional(line(apiLimits.tusnLengthMax, { description: 'Registered number.' })),
    assetEpoch: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: assetEpochMax,
        description: 'Higher than before where the same device is registered anew; else leave out.',
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [{ sn: 'PAX-A920-000017', vendor: 'PAX', model: 'A920' }],
  },
)

export const terminalStates = [
  'REGISTERED',
  'PROVISIONED',
  'IN_SERVICE',
  'SUSPENDED',
  'UNBINDING',
  'UNPROVEN',
  'IN_STOCK',
  'WIPING',
  'WIPED',
  'IN_REPAIR',
  'LOST',
  'TAMPERED',
  'DECOMMISSIONED',
] as const satisfies readonly TerminalState[]

const terminalWithCertificates = Type.Object(
  { ...terminalSchema.properties, certificates: Type.Array(certificateSchema) },
  { additionalProperties: false },
)

export const terminalRoutes = (app: Api, services: ApiServices): void => {
  const { records, presence } = services
  const shownAll = async (rows: readonly TerminalRow[]) => {
    const online = await presence.online(rows.map(({ id }) => id))
    return rows.map((row) => toTerminal(row, online?.has(row.id) ?? null))
  }
  const shown = async (row: TerminalRow) => {
    const online = await presence.online([row.id])
    return toTerminal(row, online?.has(row.id) ?? null)
  }

  app.post(
    '/v1/terminals',
    {
      schema: {
        operationId: 'registerTerminal',
        tags: ['terminals'],
        summary: 'Register a terminal',
        description: 'Brings a device into the stock. It can connect once it has a certificate.',
        headers: idempotencyHeaders,
        body: newTerminal,
        response: { 200: terminalSchema, 201: terminalSchema },
      },
      config: { problems: ['DUPLICATE', 'IDEMPOTENCY_MISMATCH'] },
    },
    async (request, reply) => {
      const { sn, vendor, model, tusn = null, assetEpoch = firstAssetEpoch } = request.body
      const result = await records.submit('register-terminal', {
        sn,
        vendor,
        model,
        tusn,
        assetEpoch,
        actor: callerOf(request).name,
        atMs: services.clock.now(),
        ...idempotencyOf(services, request),
      })
      if (!result.ok) throw refusal(result, { DUPLICATE: 'sn' })
      markReplay(reply, result.replayed)
      void reply.header('location', `/v1/terminals/${result.publicId}`)
      return shown(await terminalOf(services, result.publicId))
    },
  )

  app.get(
    '/v1/terminals',
    {
      schema: {
        operationId: 'listTerminals',
        tags: ['terminals'],
        summary: 'List terminals',
        querystring: Type.Object(
          { ...pageQuery, state: Type.Optional(Type.Enum([...terminalStates])) },
          { additionalProperties: false },
        ),
        response: { 200: pageOf(terminalSchema) },
      },
      config: { problems: ['BAD_CURSOR'] },
    },
    async (request) => {
      const { state } = request.query
      const page = await readPage('terminals', request.query, (at) =>
        records.read('terminals', { ...at, ...(state === undefined ? {} : { state }) }),
      )
      return { items: await shownAll(page.rows), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/v1/terminals/:sn',
    {
      schema: {
        operationId: 'showTerminal',
        tags: ['terminals'],
        summary: 'Show a terminal with its certificates',
        params: Type.Object({ sn: snField }),
        response: { 200: terminalWithCertificates },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async (request) => {
      const row = await terminalOf(services, request.params.sn)
      const certificates = await records.read('certificates-of-terminal', { terminalId: row.id })
      return { ...(await shown(row)), certificates: certificates.map(toCertificate) }
    },
  )
}
