/**
 * POST /v1/enrolments: a terminal trades a CSR and its one-time token for a certificate. No account:
 * the token is the account, so the route is rate-limited by address. JSON, or a form that curl can
 * post; the answer is JSON, or PEM for who asks for `application/pem-certificate-chain` (RFC 8555).
 * The same CSR with the same token gets the same certificate again.
 */
import { Buffer } from 'node:buffer'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Static } from 'typebox'
import type { Enrolled } from '@tillgate/gateway'

import type { Api } from '../api.js'
import { apiLimits } from '../limits.js'
import { refusal } from '../problems/problem.js'
import { formType, takeForms } from '../requests/form.js'
import { markReplay } from '../requests/idempotency-key.js'
import type { ApiServices } from '../services.js'

const pemChainType = 'application/pem-certificate-chain'

const request = Type.Object(
  {
    csr: Type.String({
      minLength: 1,
      maxLength: apiLimits.csrPemLengthMax,
      description: 'PKCS #10 in PEM; EC P-256, or RSA of 2048, 3072 or 4096 bits.',
      pattern: '^-----BEGIN (NEW )?CERTIFICATE REQUEST-----',
    }),
    token: Type.String({ pattern: `^[!-~]{1,${String(apiLimits.enrolmentTokenLengthMax)}}$` }),
  },
  {
    additionalProperties: false,
    examples: [
      {
        csr: '-----BEGIN CERTIFICATE REQUEST-----\nMIH…\n-----END CERTIFICATE REQUEST-----\n',
        token: 'tg1.PAX-A920-000017.random.sha256-of-the-ca',
      },
    ],
  },
)

const enrolmentSchema = Type.Object(
  {
    sn: Type.String(),
    clientId: Type.String({ description: 'The MQTT client id to connect with.' }),
    assetEpoch: Type.Integer({
      description: 'To be named in every Hello; it rises when a device is provisioned anew.',
    }),
    certificate: Type.String({ description: 'PEM.' }),
    chain: Type.String({ description: 'PEM: issuers of the certificate, up to the CA.' }),
    serverCa: Type.String({
      description:
        'PEM: the CAs to check servers against; more than one where the operator says so.',
    }),
    signerList: Type.String({ description: 'The signed envelope, base64.' }),
    offlineRoot: Type.String({ description: 'SubjectPublicKeyInfo to pin, DER in base64.' }),
    topics: Type.Object(
      { down: Type.String(), up: Type.String(), state: Type.String() },
      { additionalProperties: false },
    ),
    endpoint: Type.Object(
      {
        mqtts: Type.String({ examples: ['mqtts://tillgate.example:8883'] }),
        wss: Type.String({ examples: ['wss://tillgate.example:8884/mqtt'] }),
      },
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
] as const

const wantsPem = ({ headers }: FastifyRequest): boolean =>
  (headers.accept ?? '').toLowerCase().includes(pemChainType)

const answerOf = (enrolled: Enrolled): Static<typeof enrolmentSchema> => ({
  sn: enrolled.sn,
  clientId: enrolled.clientId,
  assetEpoch: enrolled.assetEpoch,
  certificate: enrolled.certificatePem,
  chain: enrolled.chainPem,
  serverCa: enrolled.serverCaPem,
  signerList: enrolled.signerList,
  offlineRoot: enrolled.offlineRoot,
  topics: enrolled.topics,
  endpoint: enrolled.endpoint,
})

export const enrolmentRoutes = async (app: Api, services: ApiServices): Promise<void> => {
  await app.register(async (scoped) => {
    takeForms(scoped)
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
          rate: 'enrolments',
        },
      },
      async (asked, reply) => {
        const { csr, token } = asked.body as Static<typeof request>
        const nowMs = services.clock.now()
        const answer = await services.enrolment.enrol({ csrPem: csr, token, nowMs })
        if (!answer.ok) {
          const field = answer.field === 'csrPem' ? 'csr' : answer.field
          throw refusal({ ...answer, field })
        }
        markReplay(reply, answer.replayed)
        if (!wantsPem(asked)) return answerOf(answer)
        const pem = answer.certificatePem + answer.chainPem
        return reply.type(pemChainType).send(Buffer.from(pem, 'latin1') as never)
      },
    )
  })
}
