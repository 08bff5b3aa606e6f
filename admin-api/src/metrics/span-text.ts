/** Histograms that the gateway counted, in Prometheus' text format: prom-client can't take one over. */
import type { NodeCounts, SpanCounts } from '@tillgate/gateway'

/** One series, with the label that tells it from the others of its name, if it has one. */
interface Series {
  readonly label?: readonly [name: string, value: string]
  readonly spans: SpanCounts
}

const secondsOf = (ms: number): string => String(ms / 1_000)

const seriesText = (name: string, { label, spans }: Series): readonly string[] => {
  const own = label === undefined ? '' : `${label[0]}="${label[1]}"`
  const labels = own === '' ? '' : `{${own}}`
  const bucket = (le: string, count: number): string =>
    `${name}_bucket{${own === '' ? '' : `${own},`}le="${le}"} ${String(count)}`
  return [
    ...spans.within.map(({ ms, count }) => bucket(secondsOf(ms), count)),
    bucket('+Inf', spans.count),
    `${name}_sum${labels} ${secondsOf(spans.sumMs)}`,
    `${name}_count${labels} ${String(spans.count)}`,
  ]
}

const spanText = (name: string, help: string, all: readonly Series[]): string =>
  [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} histogram`,
    ...all.flatMap((series) => seriesText(name, series)),
    '',
  ].join('\n')

/** How long things took, for a node. Verbs and the names of what signs come from the program. */
export const nodeSpans = ({ records, host, hooks, signer, verifier }: NodeCounts): string =>
  [
    spanText(
      'tillgate_records_seconds',
      'From the submission of an operation to its answer after COMMIT',
      [{ spans: records.spans }],
    ),
    spanText(
      'tillgate_host_call_seconds',
      "From a call to the acquirer's host to its answer",
      [...host.spans].map(([verb, spans]) => ({ label: ['verb', verb], spans })),
    ),
    spanText(
      'tillgate_hook_call_seconds',
      "From a call into a system of the acquirer's to its end, with all attempts and pauses",
      [...hooks.spans].map(([target, spans]) => ({ label: ['target', target], spans })),
    ),
    spanText('tillgate_crypto_seconds', 'One signature of a wave; one batch of checks', [
      { label: ['for', 'signer'], spans: signer.spans },
      { label: ['for', 'verifier'], spans: verifier.spans },
    ]),
  ].join('')
