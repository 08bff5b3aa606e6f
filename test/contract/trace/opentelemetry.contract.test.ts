import { SpanKind, trace } from '@opentelemetry/api'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base'
import { openTelemetryTrace, systemIds, type Span } from '@tillgate/gateway'
import { toHex } from '@tillgate/protocol'
import { afterEach, expect, test } from 'vitest'

const commandId = systemIds.next()
const claim: Span = {
  name: 'claim',
  role: 'works',
  commandId,
  sinceMs: 1_800_000_000_000.25,
  lastedMs: 1.5,
  attributes: { sn: 'SN1', seq: 7 },
}

const register = (ratio = 1) => {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({
    sampler: new TraceIdRatioBasedSampler(ratio),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  })
  trace.setGlobalTracerProvider(provider)
  return exporter
}

afterEach(() => trace.disable())

test('nobody is watching until an SDK is registered, before or after it was opened', () => {
  const own = openTelemetryTrace()
  expect(own.isWatched()).toBe(false)
  own.span(claim)
  const exporter = register()
  expect(own.isWatched()).toBe(true)
  own.span(claim)
  expect(exporter.getFinishedSpans()).toHaveLength(1)
})

test('the hops of a command are one trace on whatever node, and its id is the command’s', () => {
  const exporter = register()
  openTelemetryTrace().span(claim)
  openTelemetryTrace().span({ ...claim, name: 'send command', role: 'sends' })
  openTelemetryTrace().span({ ...claim, commandId: systemIds.next() })
  const [first, second, other] = exporter.getFinishedSpans()
  expect(first?.spanContext().traceId).toBe(toHex(commandId))
  expect(second?.spanContext().traceId).toBe(toHex(commandId))
  expect(second?.parentSpanContext?.spanId).toBe(first?.parentSpanContext?.spanId)
  expect(second?.kind).toBe(SpanKind.PRODUCER)
  expect(other?.spanContext().traceId).not.toBe(toHex(commandId))
})

test('times, attributes and the link to the caller’s trace arrive as they were', () => {
  const exporter = register()
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  openTelemetryTrace().span({ ...claim, cause: `00-${traceId}-b7ad6b7169203331-01` })
  const [span] = exporter.getFinishedSpans()
  expect(span?.startTime).toEqual([1_800_000_000, 250_000])
  expect(span?.endTime).toEqual([1_800_000_000, 1_750_000])
  expect(span?.attributes).toEqual({ 'tillgate.sn': 'SN1', 'tillgate.seq': 7 })
  expect(span?.links.map(({ context }) => context)).toMatchObject([
    { traceId, spanId: 'b7ad6b7169203331', traceFlags: 1 },
  ])
})

test('a sampler that goes by the trace id takes or leaves whole commands', () => {
  const exporter = register(0.5)
  const own = openTelemetryTrace()
  for (let i = 0; i < 400; i++) {
    const one = { ...claim, commandId: systemIds.next() }
    for (const name of ['order', 'claim', 'ready']) own.span({ ...one, name })
  }
  const kept = exporter.getFinishedSpans()
  const traces = new Set(kept.map((span) => span.spanContext().traceId))
  expect(kept.length).toBe(3 * traces.size)
  expect(traces.size).toBeGreaterThan(100)
  expect(traces.size).toBeLessThan(300)
})
