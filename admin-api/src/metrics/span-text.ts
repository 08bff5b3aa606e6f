/** A histogram that the gateway counted, in Prometheus' text format: prom-client can't take one over. */
import type { SpanCounts } from '@tillgate/gateway'

const secondsOf = (ms: number): string => String(ms / 1_000)

export const spanText = (name: string, help: string, spans: SpanCounts): string => {
  const bucket = (le: string, count: number): string =>
    `${name}_bucket{le="${le}"} ${String(count)}`
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} histogram`,
    ...spans.within.map(({ ms, count }) => bucket(secondsOf(ms), count)),
    bucket('+Inf', spans.count),
    `${name}_sum ${secondsOf(spans.sumMs)}`,
    `${name}_count ${String(spans.count)}`,
    '',
  ].join('\n')
}
