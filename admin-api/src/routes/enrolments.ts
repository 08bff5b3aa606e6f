/**
 * POST /v1/enrolments: a terminal trades a CSR and its one-time token for a certificate. No account:
 * the token is the account, so the route is rate-limited by address. JSON, or a form that curl can
 * post; the answer is JSON, or PEM for who asks for `application/pem-certificate-chain` (RFC 8555).
 * The same CSR with the same token gets the same certificate again.
 */
import { Buffer } from 'node:buffer'
import rateLimit from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Static } from 'typebox'
import { downTopic, stateTopic, upTopic } from '@tillgate/protocol'

import type { Api } from '../api.js'
import { apiLimits } from '../limits.js'
import { problem, refusal } from '../problems/problem.js'
import { markReplay } from '../requests/idempotency-key.js'
import { toBase64, toPem } from '../resources/bytes.js'
import type { ApiServices, Enrolment } from '../services.js'

const formType = 'application/x-www-form-urlencoded'
const pemChainType = 'application/pem-certificate-chain'

const request = Type.Object(
  {
    csr: Type.String({
      minLength: 1,
      maxLength: apiLimits.csrPemLengthMax,
      description: 'PKCS #10 in PEM, RSA-2048 or EC P-256.',
      pattern: '^-----BEGIN (NEW )?CERTIFICATE REQUEST-----',
    }),
    token: Type.String({ pattern: `^[!-~]{1,${String(apiLimits.enrolmentTokenLengthMax)}}$` }),
  },
  {
    additionalProperties: false,
    examples: [
      {
        csr: '-----BEGIN CERTIFICATE REQUEST-----\nMIH…\n-----END CERTIFICATE REQUEST-----\n',
        token: 'the text that POST /v1/enrolment-tokens answered',
      },
    ],
  },
)

const enrolmentSchema = Type.Object(
  {
    sn: Type.String(),
    clientId: Type.String({ description: 'The MQTT client id to connect with.' }),
    certificate: Type.String({ description: 'PEM.' }),
    chain: Type.String({ description: 'PEM: issuers of the certificate, up to the CA.' }),
    signerList: Type.String({ description: 'The signed envelope, base64.' }),
    offlineRoot: Type.String({ description: 'Public key to pin, PEM.' }),
    topics: Type.Object(
      { down: Type.String(), up: Type.String(), state: Type.String() },
      { additionalProperties: false },
    ),
    endpoint: Type.Object(
      { host: Type.String(), mqttsPort: Type.Integer(), wssPort: Type.Integer() },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)

const enrolmentProblems = [
  'ENROLMENT_TOKEN_INVALID',
  'CSR_INVALID',
  'CERTIFICATE_LIVE',
  'CERTIFICATE_REVOKED',
  'ILLEGAL_STATE',
  'RATE_LIMITED',
] as const

const wantsPem = ({ headers }: FastifyRequest): boolean =>
  (headers.accept ?? '').toLowerCase().includes(pemChainType)

export const enrolmentRoutes = async (app: Api, services: ApiServices): Promise<void> => {
  const answerOf = (enrolment: Enrolment): Static<typeof enrolmentSchema> => ({
    sn: enrolment.sn,
    clientId: enrolment.clientId,
    certificate: enrolment.certificatePem,
    chain: enrolment.chainPem,
    signerList: toBase64(enrolment.signerList),
    offlineRoot: toPem('PUBLIC KEY', enrolment.offlineRoot),
    topics: {
      down: downTopic(enrolment.sn),
      up: upTopic(enrolment.sn),
      state: stateTopic(enrolment.sn),
    },
    endpoint: services.endpoint(),
  })

  await app.register(async (scoped) => {
    await scoped.register(rateLimit, {
      global: false,
      cache: apiLimits.enrolmentAddressesMax,
      errorResponseBuilder: () => problem('RATE_LIMITED'),
    })
    scoped.addContentTypeParser(formType, { parseAs: 'string' }, (_request, body, done) => {
      const fields: Record<string, unknown> = {}
      for (const [name, value] of new URLSearchParams(String(body))) {
        // Sent twice it is no text any more, and the schema says so.
        fields[name] = Object.hasOwn(fields, name) ? [fields[name], value] : value
      }
      done(null, fields)
    })
    scoped.post(
      '/v1/enrolments',
      {
        schema: {
          operationId: 'enrol',
          tags: ['enrolment'],
          summary: 'Enrol a terminal',
          description:
            'Takes no account. `curl --cacert ca.pem https://HOST:8443/v1/enrolments ' +
            `-H 'Accept: ${pemChainType}' --data-urlencode token=TOKEN ` +
            '--data-urlencode csr@csr.pem -o chain.pem` writes certificate and chain as PEM.',
          consumes: ['application/json', formType],
          body: request,
          response: { 200: enrolmentSchema, 201: enrolmentSchema },
        },
        config: {
          problems: enrolmentProblems,
          rateLimit: {
            max: apiLimits.enrolmentsPerAddressMax,
            timeWindow: apiLimits.enrolmentsWindowMs,
          },
        },
      },
      async (asked, reply) => {
        const { csr, token } = asked.body as Static<typeof request>
        const answer = await services.enrolment.enrol({
          csrPem: csr,
          token,
          remoteAddress: asked.ip,
        })
        if (!answer.ok)
          throw refusal(answer, { ENROLMENT_TOKEN_INVALID: 'token', CSR_INVALID: 'csr' })
        markReplay(reply, answer.value.replayed)
        if (!wantsPem(asked)) return answerOf(answer.value)
        const pem = answer.value.certificatePem + answer.value.chainPem
        return reply.type(pemChainType).send(Buffer.from(pem, 'latin1') as never)
      },
    )
  })
}
