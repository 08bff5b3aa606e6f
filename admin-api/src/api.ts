/**
 * The API as a Fastify instance: gate, problems, limits and routes, without a port. A handler parses,
 * submits one operation or asks one service, and answers what was committed; it never sends anything
 * to a terminal (habit 8).
 */
import helmet from '@fastify/helmet'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerFactory,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify'
import { uuidToText } from '@tillgate/protocol'

import { addGate } from './auth/gate.js'
import { apiLimits, liveLimits, type LiveLimits } from './limits.js'
import { addLiveEvents, type LiveEvents } from './live/live-events.js'
import { addOpenApi } from './openapi.js'
import { addErrorHandler } from './problems/error-handler.js'
import { addNotFound } from './problems/not-found.js'
import { problem } from './problems/problem.js'
import { RatesInMemory, type RateLimiter } from './rates/rate-limiter.js'
import { SharedRates } from './rates/shared-rates.js'
import { validatorCompiler } from './problems/validation.js'
import { apiTokenRoutes } from './routes/api-tokens.js'
import { auditRoutes } from './routes/audit.js'
import { approvalRoutes } from './routes/approvals.js'
import { inspectTerminalRoute } from './routes/inspect-terminal.js'
import { watchAttemptRoute } from './routes/watch-attempts.js'
import { caseEvidenceRoute } from './routes/case-evidence.js'
import { bindingRoutes } from './routes/bindings.js'
import { withdrawBindingRoute } from './routes/withdraw-binding.js'
import { certificateRoutes } from './routes/certificates.js'
import { commandRoutes } from './routes/commands.js'
import { documentRoutes } from './routes/documents.js'
import { enrolmentTokenRoutes } from './routes/enrolment-tokens.js'
import { enrolmentRoutes } from './routes/enrolments.js'
import { eventRoutes } from './routes/events.js'
import { healthRoutes } from './routes/health.js'
import { legalHoldRoutes } from './routes/legal-holds.js'
import { merchantLinkRoutes } from './routes/merchant-links.js'
import { merchantPageRoutes } from './routes/merchant-pages.js'
import { merchantContactRoutes } from './routes/merchant-contacts.js'
import { merchantRoutes } from './routes/merchants.js'
import { metricsRoutes } from './routes/metrics.js'
import { sessionRoutes } from './routes/sessions.js'
import { storeRoutes } from './routes/stores.js'
import { terminalRoutes } from './routes/terminals.js'
import { confirmUnbindCaseRoutes } from './routes/confirm-unbind-case.js'
import { forceUnbindCaseRoutes } from './routes/force-unbind-case.js'
import { merchantExportRoutes } from './routes/merchant-export.js'
import { caseAgreementRoutes } from './routes/case-agreement.js'
import { caseFeeRoutes } from './routes/case-fees.js'
import { unbindCaseRoutes } from './routes/unbind-cases.js'
import { uploadRoutes } from './routes/uploads.js'
import { userRoutes } from './routes/users.js'
import type { ApiServices } from './services.js'

export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

export interface ApiOptions {
  /** Makes the HTTP or HTTPS server; without one the API can only be asked by `inject`. */
  readonly serverFactory?: FastifyServerFactory
  /** While true, new requests get 503 and connections are closed after their answer. */
  readonly isDraining?: () => boolean
  /** Something on this machine terminates TLS in front, and names its peers in X-Forwarded-For. */
  readonly behindProxy?: boolean
  /** `health`: how the node is and its metrics, and nothing else. */
  readonly serves?: 'full' | 'health'
  /** Counts in this process where it is left out. */
  readonly rates?: RateLimiter
  readonly live?: Partial<LiveLimits>
}

/** Many clients name JSON in every request; where there is nothing, there is no body to refuse. */
const addJsonParser = (app: FastifyInstance): void => {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    (request, body, done) => {
      if (body === '') done(null, undefined)
      else void parse(request, body, done)
    },
  )
}

const asksHowWeAre = (url: string): boolean => url === '/healthz' || url === '/readyz'

const addDrainGuard = (app: FastifyInstance, isDraining: () => boolean): void => {
  app.addHook('onRequest', async (request, reply) => {
    if (!isDraining()) return
    void reply.header('connection', 'close')
    // What says how we are must be able to say that we are going.
    if (asksHowWeAre(request.url)) return
    throw problem('DRAINING')
  })
}

const addAccessLog = (app: FastifyInstance, { log }: ApiServices): void => {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const write = asksHowWeAre(request.url) ? log.debug : log.info
    write('request', {
      requestId: request.id,
      method: request.method,
      // The route's pattern, not the URL: what callers put into a URL is not ours to keep.
      route: request.routeOptions.url ?? '(unknown)',
      status: reply.statusCode,
      caller: request.caller?.name ?? null,
      elapsedMs: Math.round(reply.elapsedTime),
    })
  })
}

interface RouteParts {
  readonly serves: 'full' | 'health'
  readonly services: ApiServices
  readonly isDraining: () => boolean
  readonly live: LiveEvents
}

const addRoutes = async (
  app: Api,
  { serves, services, isDraining, live }: RouteParts,
): Promise<void> => {
  metricsRoutes(app, services, live)
  healthRoutes(app, services, isDraining)
  if (serves === 'health') return
  documentRoutes(app, services)
  merchantRoutes(app, services)
  merchantContactRoutes(app, services)
  merchantLinkRoutes(app, services)
  storeRoutes(app, services)
  terminalRoutes(app, services)
  certificateRoutes(app, services)
  enrolmentTokenRoutes(app, services)
  bindingRoutes(app, services)
  withdrawBindingRoute(app, services)
  inspectTerminalRoute(app, services)
  watchAttemptRoute(app, services)
  caseEvidenceRoute(app, services)
  commandRoutes(app, services)
  merchantExportRoutes(app, services)
  unbindCaseRoutes(app, services)
  caseFeeRoutes(app, services)
  caseAgreementRoutes(app, services)
  forceUnbindCaseRoutes(app, services)
  confirmUnbindCaseRoutes(app, services)
  apiTokenRoutes(app, services)
  userRoutes(app, services)
  sessionRoutes(app, services)
  approvalRoutes(app, services)
  eventRoutes(app, services, live)
  auditRoutes(app, services)
  legalHoldRoutes(app, services)
  await uploadRoutes(app, services)
  await merchantPageRoutes(app, services)
  await enrolmentRoutes(app, services)
}

export const buildApi = async (services: ApiServices, options: ApiOptions = {}): Promise<Api> => {
  const isDraining = options.isDraining ?? (() => false)
  const rates = options.rates ?? new SharedRates(services.rates, new RatesInMemory(services.clock))
  const app: Api = Fastify({
    logger: false,
    genReqId: () => uuidToText(services.ids.next()),
    requestIdHeader: false,
    ...(options.behindProxy === true ? { trustProxy: 'loopback' } : {}),
    bodyLimit: apiLimits.bodyBytesMax,
    return503OnClosing: false,
    frameworkErrors: (error) => {
      throw error
    },
    ...(options.serverFactory === undefined ? {} : { serverFactory: options.serverFactory }),
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.removeContentTypeParser('text/plain')
  addJsonParser(app)
  addErrorHandler(app, services)
  addAccessLog(app, services)
  addDrainGuard(app, isDraining)
  addGate(app, { services, rates })
  addNotFound(app)
  await addOpenApi(app)
  await app.register(helmet)
  const live = addLiveEvents(app, { services, rates }, { ...liveLimits, ...options.live })
  await addRoutes(app, { serves: options.serves ?? 'full', services, isDraining, live })
  await app.ready()
  return app
}
