/**
 * The trace port over OpenTelemetry's API, and its API alone: whoever wants traces registers an SDK in the
 * process, before Tillgate starts or later; until then nothing is made. The trace id of a command is its
 * uuid (W3C Trace Context, 16 bytes), and its last 8 bytes stand for the root that all of its hops hang on:
 * a name only, since no single node sees a command begin and end. So hops of different nodes, and of a node
 * before and after a restart, are one trace though nothing is carried along.
 * A sampler that asks the parent takes every command; one that goes by the trace id takes a share.
 */
import {
  ROOT_CONTEXT,
  SpanKind,
  TraceFlags,
  trace,
  type Context,
  type Link,
  type SpanContext,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api'
import { toHex } from '@tillgate/protocol'

import type { Span, Trace } from '../../../core/ports/trace.js'

const library = 'tillgate'

const kinds: Readonly<Record<Span['role'], SpanKind>> = {
  asked: SpanKind.SERVER,
  asks: SpanKind.CLIENT,
  sends: SpanKind.PRODUCER,
  takes: SpanKind.CONSUMER,
  works: SpanKind.INTERNAL,
}

/** The API's own provider stands for one that may come, and says through this whether it has. */
interface MayDelegate {
  readonly getDelegateTracer?: (name: string) => Tracer | undefined
}

const registeredTracer = (): Tracer | undefined => {
  const provider: TracerProvider & MayDelegate = trace.getTracerProvider()
  return provider.getDelegateTracer === undefined
    ? provider.getTracer(library)
    : provider.getDelegateTracer(library)
}

const rootOf = (commandId: Uint8Array): Context => {
  const traceId = toHex(commandId)
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId: traceId.slice(16),
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  })
}

/** `version-traceid-parentid-flags`, as W3C Trace Context has it. */
const causeOf = (traceparent: string): SpanContext => {
  const [, traceId = '', spanId = '', flags = ''] = traceparent.split('-')
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true }
}

const linksTo = (cause: string | undefined): Link[] =>
  cause === undefined ? [] : [{ context: causeOf(cause) }]

export const openTelemetryTrace = (): Trace => ({
  isWatched: () => registeredTracer() !== undefined,
  span({ name, role, commandId, sinceMs, lastedMs, attributes, cause }) {
    const named = Object.entries(attributes).map(([key, value]) => [`tillgate.${key}`, value])
    const options = {
      kind: kinds[role],
      startTime: sinceMs,
      attributes: Object.fromEntries(named) as Record<string, string | number | boolean>,
      links: linksTo(cause),
    }
    registeredTracer()
      ?.startSpan(name, options, rootOf(commandId))
      .end(sinceMs + lastedMs)
  },
})
