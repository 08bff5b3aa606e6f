// An API over records in memory, with a clock that tests move and records that tests break. Commands
// go through the real operations; enrolment is a stand-in that issues nothing.
import {
  createCaseService,
  createMerchantSide,
  createDocumentService,
  createRecordFeed,
  createScopeSealing,
  createSealer,
  openInlineSqliteRecords,
  openPeople,
  RecordsUnavailable,
  softwareSealing,
  systemEntropy,
  systemIds,
  systemTimers,
  type Clock,
  type CommandService,
  type DocumentService,
  type EventFeed,
  type NodeConfig,
  type NodeCounts,
  type People,
  type Records,
  type ScopeSealing,
} from '@tillgate/gateway'
import {
  buildApi,
  hashTokenText,
  makeTokenText,
  type Api,
  type ApiServices,
} from '@tillgate/admin-api'
import { uuidToText } from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { standInCommands } from './stand-in-commands.js'
import { unsealedOver } from './unsealed-ledger.js'

const dayMs = 86_400_000
export const startMs = Date.parse('2026-03-01T09:00:00Z')

export interface LogLine {
  readonly level: string
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
}

export interface Bench {
  readonly api: Api
  readonly services: ApiServices
  readonly scopes: ScopeSealing
  readonly log: readonly LogLine[]
  /** A token with every scope. */
  readonly admin: string
  /** A new token with just these scopes; at most an hour old. */
  token(...scopes: readonly string[]): Promise<string>
  advance(ms: number): void
  /** From now on the records answer nothing but that they are unavailable. */
  breakRecords(): void
  drain(): void
  close(): Promise<void>
  call(method: Method, url: string, parts?: CallParts): Promise<Called>
}

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

export interface CallParts {
  /** The administrator's where it is left out; null for none. */
  readonly token?: string | null
  readonly body?: unknown
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly remoteAddress?: string
}

export interface Called {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
  readonly text: string
  /** The answer's JSON. */
  readonly json: unknown
  /** One value in it: `errors.0.field`. Undefined where there is none. */
  at(path: string): unknown
}

const dig = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (inner, step) =>
        typeof inner === 'object' && inner !== null
          ? (inner as Readonly<Record<string, unknown>>)[step]
          : undefined,
      value,
    )

/** The fields that a problem names. */
export const fieldsOf = (called: Called): readonly string[] => {
  const errors = called.at('errors')
  return Array.isArray(errors) ? errors.map((one) => String(dig(one, 'field'))) : []
}

const notEnrolled = {
  ok: false,
  code: 'ENROLMENT_TOKEN_INVALID',
  field: 'token',
  rule: 'must be known',
} as const

const pem = (what: string): string =>
  `-----BEGIN CERTIFICATE-----\n${what}\n-----END CERTIFICATE-----\n`

/** What seals for scopes, and all services that need it. */
const sealedOver = (records: Records, clock: Clock) => {
  const entropy = systemEntropy
  const keys = softwareSealing(createSealer(new Uint8Array(32), entropy), entropy)
  const scopes = createScopeSealing({ records, keys, clock })
  const ports = { records, scopes, clock, entropy, ids: systemIds, digest: nodePrimitives }
  const nudges = { nudgeCases: () => undefined, nudgeNotices: () => undefined }
  const documents: DocumentService = createDocumentService(ports)
  return { scopes, documents, merchantSide: createMerchantSide({ ...ports, ...nudges }) }
}

const peopleOver = (
  records: Records,
  clock: Clock,
  approvals: NonNullable<NodeConfig['approvals']>,
): People => {
  const system = { clock, timers: systemTimers, entropy: systemEntropy, ids: systemIds }
  const sealer = createSealer(new Uint8Array(32), systemEntropy)
  const sealing = softwareSealing(sealer, systemEntropy)
  return openPeople({ approvals }, { ...system, records, sealing })
}

const standInEnrolment = (
  records: Records,
  services: () => ApiServices,
): ApiServices['enrolment'] => ({
  async createToken({ sn, reenrol, lifeMs = dayMs, actor, nowMs, idempotency }) {
    const uuid = services().ids.next()
    const token = makeTokenText(services())
    const expiresAtMs = nowMs + lifeMs
    const result = await records.submit('create-enrolment-token', {
      uuid,
      publicId: uuidToText(uuid),
      sn,
      tokenHash: hashTokenText(services(), token),
      reenrol,
      expiresAtMs,
      actor,
      atMs: nowMs,
      ...(idempotency === undefined ? {} : { idempotency }),
    })
    if (!result.ok) {
      const field = result.code === 'IDEMPOTENCY_MISMATCH' ? 'Idempotency-Key' : 'sn'
      return { ...result, field, rule: 'must be right' }
    }
    const shown = result.replayed ? undefined : token
    return { ok: true, publicId: result.publicId, token: shown, expiresAtMs }
  },
  enrol: ({ token }) =>
    Promise.resolve(
      token !== 'good'
        ? notEnrolled
        : {
            ok: true,
            sn: 'SN-1',
            clientId: 'SN-1',
            assetEpoch: 1,
            certificatePem: pem('leaf'),
            serverCaPem: pem('ca'),
            chainPem: pem('ca'),
            signerList: 'AQID',
            offlineRoot: 'BAUG',
            topics: { down: 'tg/1/SN-1/down', up: 'tg/1/SN-1/up', state: 'tg/1/SN-1/state' },
            endpoint: { mqtts: 'mqtts://tillgate.test:8883', wss: 'wss://tillgate.test:8884/mqtt' },
            replayed: false,
          },
    ),
})

/** As the PKI's: it knows its own names of the fields. */
const standInCertificates: ApiServices['certificates'] = {
  register: () =>
    Promise.resolve({ ok: false, code: 'VALIDATION', field: 'certificatePem', rule: 'is no good' }),
  revoke: () =>
    Promise.resolve({ ok: false, code: 'NOT_FOUND', field: 'fingerprint', rule: 'is unknown' }),
}

const logTo = (log: LogLine[]): ApiServices['log'] => {
  const write =
    (level: string) =>
    (message: string, fields: LogLine['fields'] = {}): void => {
      log.push({ level, message, fields })
    }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}

/** The audit as a node has it; it seals where a test starts it. */
const spans = (count: number, sumMs: number) => ({ within: [{ ms: 1, count }], count, sumMs })

/** What a node has counted that has done little yet. */
const countsWith = (events: EventFeed): NodeCounts => ({
  refusedUplinks: new Map([['BAD_SIGNATURE', 3]]),
  link: new Map([['accepted', 5]]),
  sessions: { connected: 2, greeted: 1 },
  commandsOrdered: [{ names: ['SelfTest'], count: 4 }],
  commandsEnded: [{ names: ['SelfTest', 'done'], count: 3 }],
  host: {
    calls: [{ names: ['block', 'blocked'], count: 1 }],
    spans: new Map([['block', spans(1, 250)]]),
  },
  hooks: {
    calls: [{ names: ['registry', 'answered'], count: 2 }],
    retries: new Map([['registry', 1]]),
    spans: new Map([['registry', spans(2, 300)]]),
    circuits: new Map([['registry', 'half-open']]),
  },
  core: {
    sent: [{ kind: 'command', again: true, count: 6 }],
    inFlight: 5,
    signaturesWaiting: 2,
    readersBehindMs: new Map([['alarm-log', 1_500]]),
    leases: new Map([['expiry', false]]),
  },
  signer: { waiting: 1, spans: spans(4, 2) },
  verifier: { waiting: 3, spans: spans(7, 3) },
  about: {
    ...{ name: 'node-1', version: '0.1.0', records: 'postgres', coordination: 'redis' },
    link: 'listener',
  },
  records: {
    waiting: 0,
    answered: [{ names: ['ok'], count: 9 }],
    groups: 3,
    spans: { within: [{ ms: 1, count: 8 }], count: 9, sumMs: 12 },
  },
  audit: {
    ...{ entries: 12, waiting: 2, missing: 0, seals: true, behindMs: 300 },
    outlets: new Map([['file', { sent: 4, failed: 1, behindMs: 0, failure: undefined }]]),
  },
  people: { breakGlass: 1 },
  feed: events.counts(),
  serverCertificate: { endsAtMs: undefined, current: true, reason: undefined },
  coordination: {
    noticesSent: 4,
    noticesReceived: 3,
    noticesDropped: 1,
    missed: 2,
    reachable: true,
  },
})

/** A bench of this test's own. */
export const openBench = async (
  approvals: NonNullable<NodeConfig['approvals']> = {},
): Promise<Bench> => {
  const bench = await makeBench(approvals)
  onTestFinished(() => bench.close())
  return bench
}

/** One bench for all tests of a file: for tests that leave nothing behind. Call it at the top. */
export const sharedBench = (): (() => Bench) => {
  let shared: Bench | undefined
  beforeAll(async () => {
    shared = await makeBench()
  })
  afterAll(() => shared?.close())
  return () => {
    if (shared === undefined) throw new Error('the bench is not there yet')
    return shared
  }
}

const makeBench = async (approvals: NonNullable<NodeConfig['approvals']> = {}): Promise<Bench> => {
  let nowMs = startMs
  let broken = false
  let draining = false
  let tokens = 0
  const clock = { now: () => nowMs, monotonic: () => nowMs }
  const inMemory = openInlineSqliteRecords({ file: ':memory:', clock, timers: systemTimers })
  const failing = (): Promise<never> => Promise.reject(new RecordsUnavailable('disk full'))
  const records: Records = {
    submit: (name, input) => (broken ? failing() : inMemory.submit(name, input)),
    read: (name, input) => (broken ? failing() : inMemory.read(name, input)),
    health: () => (broken ? { ok: false, reason: 'disk full' } : inMemory.health()),
    close: () => inMemory.close(),
  }
  const log: LogLine[] = []
  const events = createRecordFeed({ records, timers: systemTimers, log: logTo(log), beatMs: 20 })
  const own = peopleOver(records, clock, approvals)
  const sealed = sealedOver(records, clock)
  const { scopes } = sealed
  const commands: CommandService = standInCommands(records, { clock, ids: systemIds, scopes })
  const services: ApiServices = {
    records,
    documents: sealed.documents,
    merchantSide: sealed.merchantSide,
    ...unsealedOver(records, clock, logTo([])),
    people: own.people,
    approvals: own.approvals,
    commands,
    cases: createCaseService({
      ...{ records, clock, ids: systemIds },
      nudgeCases: () => undefined,
      nudgeLane: () => undefined,
    }),
    enrolment: standInEnrolment(records, () => services),
    events,
    counts: () => countsWith(events),
    clock,
    timers: systemTimers,
    ids: systemIds,
    entropy: systemEntropy,
    digest: nodePrimitives,
    log: logTo(log),
    certificates: standInCertificates,
    presence: { online: () => Promise.resolve(new Set()) },
    rates: { take: () => Promise.resolve(undefined) },
    caPem: pem('ca'),
    health: () => ({ ok: !broken, reasons: broken ? ['records: disk full'] : [] }),
  }
  const api = await buildApi(services, { isDraining: () => draining })
  const token = async (...scopes: readonly string[]): Promise<string> => {
    tokens += 1
    const text = makeTokenText(services)
    const uuid = systemIds.next()
    await records.submit('create-api-token', {
      uuid,
      publicId: uuidToText(uuid),
      name: tokens === 1 ? 'tester' : `tester-${String(tokens)}`,
      tokenHash: hashTokenText(services, text),
      scopes: scopes.join(' '),
      expiresAtMs: nowMs + 3_600_000,
      actor: 'gateway',
      atMs: nowMs,
    })
    return text
  }
  const admin = await token('admin', 'commands:destructive')
  const call = async (method: Method, url: string, parts: CallParts = {}): Promise<Called> => {
    const bearer = parts.token === undefined ? admin : parts.token
    const answer = await api.inject({
      method,
      url,
      ...(parts.remoteAddress === undefined ? {} : { remoteAddress: parts.remoteAddress }),
      headers: {
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        ...(parts.key === undefined ? {} : { 'idempotency-key': parts.key }),
        ...parts.headers,
      },
      ...(parts.body === undefined ? {} : { payload: parts.body as object }),
    })
    const isJson = /json/.test(String(answer.headers['content-type'])) && answer.payload !== ''
    const json: unknown = isJson ? JSON.parse(answer.payload) : undefined
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.payload,
      json,
      at: (path) => dig(json, path),
    }
  }
  return {
    api,
    services,
    scopes: sealed.scopes,
    log,
    admin,
    token,
    call,
    advance: (ms) => {
      nowMs += ms
    },
    breakRecords: () => {
      broken = true
    },
    drain: () => {
      draining = true
    },
    close: async () => {
      await api.close()
      await events.stop()
      await inMemory.close()
    },
  }
}
