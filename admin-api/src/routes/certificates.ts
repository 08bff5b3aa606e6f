/**
 * /v1/terminals/{sn}/certificates: registers a certificate that a vendor issued; revokes one, which
 * also cuts its live session. Both may be repeated without harm: a certificate is known by its hash.
 */
import Type from 'typebox'
import { toHex } from '@tillgate/protocol'

import type { Api } from '../api.js'
import { callerOf } from '../auth/gate.js'
import { apiLimits } from '../limits.js'
import { notFound, refusal } from '../problems/problem.js'
import { hashOf, reasonField, sha256Field, snField } from '../requests/fields.js'
import { idempotencyHeaders, idempotencyOf, markReplay } from '../requests/idempotency-key.js'
import { terminalOf } from '../requests/lookups.js'
import { certificateSchema, toCertificate } from '../resources/certificate.js'
import type { ApiServices } from '../services.js'

const pemExample = '-----BEGIN CERTIFICATE-----\nMIIB…\n-----END CERTIFICATE-----\n'

const pemField = (maxLength: number) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '^-----BEGIN CERTIFICATE-----',
    examples: [pemExample],
  })

/** The PKI names its own inputs; callers know them by the names of this API. */
const fieldNames = new Map([
  ['certificatePem', 'certificate'],
  ['fingerprint', 'sha256'],
])

const inOurWords = <T extends { readonly field: string }>(refused: T): T => ({
  ...refused,
  field: fieldNames.get(refused.field) ?? refused.field,
})

export const certificateRoutes = (app: Api, services: ApiServices): void => {
  const { records, certificates, clock } = services

  const show = async (sn: string, sha256: Uint8Array) => {
    const { id } = await terminalOf(services, sn)
    const rows = await records.read('certificates-of-terminal', { terminalId: id })
    const row = rows.find((one) => toHex(one.sha256) === toHex(sha256))
    if (row === undefined) throw notFound('sha256', 'certificate of this terminal')
    return toCertificate(row)
  }

  app.post(
    '/v1/terminals/:sn/certificates',
    {
      schema: {
        operationId: 'registerCertificate',
        tags: ['terminals'],
        summary: 'Register a certificate that a vendor issued',
        params: Type.Object({ sn: snField }),
        headers: idempotencyHeaders,
        body: Type.Object(
          { certificate: pemField(apiLimits.certificatePemLengthMax) },
          { additionalProperties: false, examples: [{ certificate: pemExample }] },
        ),
        response: { 200: certificateSchema, 201: certificateSchema },
      },
      config: { problems: ['NOT_FOUND', 'DUPLICATE', 'ILLEGAL_STATE', 'IDEMPOTENCY_MISMATCH'] },
    },
    async (request, reply) => {
      const { sn } = request.params
      const answer = await certificates.register({
        sn,
        certificatePem: request.body.certificate,
        actor: callerOf(request).name,
        nowMs: clock.now(),
        ...idempotencyOf(services, request),
      })
      if (!answer.ok) throw refusal(inOurWords(answer))
      markReplay(reply, answer.replayed)
      return show(sn, hashOf('sha256', answer.fingerprint))
    },
  )

  app.post(
    '/v1/terminals/:sn/certificates/:sha256/revoke',
    {
      schema: {
        operationId: 'revokeCertificate',
        tags: ['terminals'],
        summary: 'Revoke a certificate of a terminal',
        description: 'Its live session is cut within seconds. Revoking again changes nothing.',
        params: Type.Object({ sn: snField, sha256: sha256Field }),
        body: Type.Object(
          { reason: reasonField },
          { additionalProperties: false, examples: [{ reason: 'stolen' }] },
        ),
        response: { 200: certificateSchema },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async (request) => {
      const { sn } = request.params
      const sha256 = hashOf('sha256', request.params.sha256)
      // The path names both: a slip in one of them must not revoke another terminal's certificate.
      await show(sn, sha256)
      const answer = await certificates.revoke({
        fingerprint: toHex(sha256),
        reason: request.body.reason,
        actor: callerOf(request).name,
        nowMs: clock.now(),
      })
      if (!answer.ok) throw refusal(inOurWords(answer))
      return show(sn, sha256)
    },
  )
}
