// One unbind, ordered by its case, followed by its id through the log and through a trace, from the order
// to the proof, with a restart of the node in the middle.
import { trace } from '@opentelemetry/api'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { buildApi, hashTokenText, makeTokenText } from '@tillgate/admin-api'
import { pinoLog, type LogLevel } from '@tillgate/gateway'
import { uuidFromText, uuidToText } from '@tillgate/protocol'
import { afterAll, afterEach, expect, test } from 'vitest'

import { waitFor } from '../ground/index.js'
import { approveUnbind } from './approval.js'
import { openStage, patienceMs, type Stage } from './stage.js'
import { isOf } from './watched-records.js'

type Line = Readonly<Record<string, unknown>>

const exporter = new InMemorySpanExporter()
const callersTrace = '0af7651916cd43dd8448eb211c80319c'

afterEach(() => trace.disable())
afterAll(() => exporter.shutdown())

const listen = (level: LogLevel) => {
  const lines: Line[] = []
  const write = (text: string): void => void lines.push(JSON.parse(text) as Line)
  return { lines, log: pinoLog({ level, stream: { write } }) }
}

const makeToken = async ({ services }: Stage): Promise<string> => {
  const { records, clock, ids } = services
  const text = makeTokenText(services)
  const uuid = ids.next()
  await records.submit('create-api-token', {
    ...{ uuid, publicId: uuidToText(uuid), name: 'e2e', tokenHash: hashTokenText(services, text) },
    ...{ scopes: 'admin commands:destructive', expiresAtMs: clock.now() + 3_600_000 },
    ...{ actor: 'e2e', atMs: clock.now() },
  })
  return text
}

interface Asked {
  readonly id: string
  readonly uuid: Uint8Array
  readonly requestId: string
}

const ask = async (stage: Stage, url: string, payload: object): Promise<Asked> => {
  const api = await buildApi(stage.services)
  const answer = await api.inject({
    ...{ method: 'POST', url },
    headers: {
      authorization: `Bearer ${await makeToken(stage)}`,
      traceparent: `00-${callersTrace}-b7ad6b7169203331-01`,
    },
    payload,
  })
  expect(answer.statusCode).toBe(201)
  await api.close()
  const id = String((answer.json() as Line)['id'])
  return { id, uuid: uuidFromText(id)!, requestId: String(answer.headers['x-request-id']) }
}

/** A case that is approved already, and the Unbind that it orders. */
const openCase = async (stage: Stage, sn: string) => {
  await approveUnbind(stage, sn)
  const asked = await ask(stage, '/v1/unbind-cases', { sn, reason: 'BUSINESS_ADJUSTMENT' })
  const uuid = await waitFor(
    async () => (await stage.services.cases.show(asked.uuid))?.unbindCase.commandUuid,
    { what: 'the Unbind of the case', timeoutMs: patienceMs },
  )
  return { caseId: asked.id, uuid, id: uuidToText(uuid) }
}

/** Each line of a command in one word or two: what it says, and of which message. */
const steps = (lines: readonly Line[]): readonly string[] =>
  lines.map(({ hop, message }) => [hop, message].filter((word) => word !== undefined).join(' '))

/** How often something is repeated is the weather's; that it came, and in which order, is not. */
const firsts = (names: readonly string[]): readonly string[] => [...new Set(names)]

const way = [
  ...['order', 'claim', 'sign command', 'send command', 'delivered command', 'uplink accepted'],
  ...['uplink ready', 'host-call block', 'proceed', 'sign proceed', 'send proceed'],
  ...['delivered proceed', 'ended', 'uplink proof'],
]
const isOnTheWay = (name: string): boolean => way.includes(name)
/** A PUBACK and what the terminal says next may come in either order. */
const isSure = (name: string): boolean => isOnTheWay(name) && !name.startsWith('delivered')

const allowed = new Set([
  ...['level', 'time', 'msg', 'commandId', 'sn', 'hop', 'message', 'type', 'caseId'],
  ...['seq', 'outcome', 'wave', 'callNumber', 'state', 'verb', 'detail'],
])

test(
  'one grep shows it from its order to the proof, and one trace',
  { timeout: 60_000 },
  async () => {
    const provider = new BasicTracerProvider({
      spanProcessors: [new SimpleSpanProcessor(exporter)],
    })
    trace.setGlobalTracerProvider(provider)
    const { lines, log } = listen('debug')
    const stage = await openStage({ config: { log } })
    try {
      const till = await stage.till()
      let restarted: Promise<void> | undefined
      stage.ears.beforeSubmit = (submitted) => {
        if (restarted !== undefined || !isOf(submitted, 'begin-host-call')) return undefined
        restarted = Promise.resolve().then(async () => {
          await stage.stopNode()
          await stage.openNode()
        })
        return undefined
      }
      const { caseId, id, uuid } = await openCase(stage, till.sn)
      await waitFor(() => restarted !== undefined, { what: 'a restart', timeoutMs: patienceMs })
      await restarted
      await stage.until(uuid, 'done')

      const about = lines.filter(({ commandId }) => commandId === id)
      expect(about.filter(({ sn }) => sn !== till.sn)).toEqual([])
      expect(firsts(steps(about)).filter(isSure)).toEqual(way.filter(isSure))
      expect(firsts(steps(about))).toContain('delivered command')
      expect(firsts(steps(about))).toContain('delivered proceed')
      expect(about[0]).toMatchObject({ caseId, type: 'Unbind', level: 'info' })
      expect(about.find(({ hop }) => hop === 'ended')).toMatchObject({
        state: 'done',
        level: 'info',
      })
      const fields = new Set(about.flatMap((line) => Object.keys(line)))
      expect([...fields].filter((field) => !allowed.has(field))).toEqual([])

      const spans = exporter
        .getFinishedSpans()
        .filter((span) => span.spanContext().traceId === id.replaceAll('-', ''))
        .sort((a, b) => a.startTime[0] - b.startTime[0] || a.startTime[1] - b.startTime[1])
      const isSpan = (name: string): boolean => isSure(name) && name !== 'ended'
      expect(firsts(spans.map(({ name }) => name)).filter(isSpan)).toEqual(way.filter(isSpan))
      expect(new Set(spans.map(({ attributes }) => attributes['tillgate.sn']))).toEqual(
        new Set([till.sn]),
      )
      const signed = spans.find(({ name }) => name === 'sign command')
      expect(signed?.attributes['tillgate.wave']).toBeGreaterThanOrEqual(1)
    } finally {
      await stage.end()
    }
  },
)

test('at level info it says what was asked and how it ended', { timeout: 60_000 }, async () => {
  const { lines, log } = listen('info')
  const stage = await openStage({ config: { log } })
  try {
    const till = await stage.till()
    const { id, uuid } = await openCase(stage, till.sn)
    await stage.until(uuid, 'done')
    const about = lines.filter(({ commandId }) => commandId === id)
    expect(steps(about)).toEqual(['order', 'ended'])
  } finally {
    await stage.end()
  }
})

test('what a request has ordered names it, in its line and in its trace', async () => {
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  trace.setGlobalTracerProvider(provider)
  const { lines, log } = listen('info')
  const stage = await openStage({ config: { log } })
  try {
    const { sn } = await stage.till()
    const { id, uuid, requestId } = await ask(stage, '/v1/commands', { sn, type: 'SelfTest' })
    await stage.until(uuid, 'done')
    expect(lines.find(({ commandId }) => commandId === id)).toMatchObject({
      hop: 'order',
      requestId,
    })
    const request = lines.find(
      (line) => line['msg'] === 'request' && line['requestId'] === requestId,
    )
    expect(request).toMatchObject({ route: '/v1/commands', status: 201 })
    const [order] = exporter
      .getFinishedSpans()
      .filter((span) => span.spanContext().traceId === id.replaceAll('-', ''))
      .filter(({ name }) => name === 'order')
    expect(order?.links.map(({ context }) => context.traceId)).toEqual([callersTrace])
  } finally {
    await stage.end()
  }
})
