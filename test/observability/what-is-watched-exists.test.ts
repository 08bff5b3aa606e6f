// The dashboard and the alert rules ask only for metrics and labels that a started node has.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { beforeAll, describe, expect, test } from 'vitest'

import { ask, launchLasting, readyOf } from '../api/start-tillgate.js'
import { tempFolder, testWith } from '../ground/index.js'
import { selectorsIn, type Selector } from './promql.js'

const fileOf = (name: string): string =>
  fileURLToPath(new URL(`../../gateway/examples/observability/${name}`, import.meta.url))
const textOf = (name: string): string => readFileSync(fileOf(name), 'utf8')

interface AlertRule {
  readonly alert: string
  readonly expr: string
  readonly for: string
  readonly labels: { readonly severity: string }
  readonly annotations: { readonly summary: string; readonly runbook: string }
}

interface Panel {
  readonly title: string
  readonly type: string
  readonly targets?: readonly { readonly expr: string }[]
}

const { groups } = parse(textOf('alerts.yml')) as {
  readonly groups: readonly { readonly rules: readonly AlertRule[] }[]
}
const rules = groups.flatMap((group) => group.rules)

const dashboard = JSON.parse(textOf('grafana-dashboard.json')) as {
  readonly panels: readonly Panel[]
  readonly templating: {
    readonly list: readonly { readonly query: string; readonly type: string }[]
  }
}
const asked = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }) => [title, expr] as const),
)
const expressions = [...rules.map(({ alert, expr }) => [alert, expr] as const), ...asked]

/** What Prometheus adds to every series, and the series that it makes of a scrape. */
const own = new Set(['instance', 'job'])
const familyOf = (metric: string): string => metric.replace(/_(bucket|sum|count)$/, '')

const exposed = new Map<string, Set<string>>()

const read = (text: string): void => {
  for (const line of text.split('\n')) {
    const type = /^# TYPE (\S+) /.exec(line)?.[1]
    if (type !== undefined) exposed.set(type, new Set())
    const sample = /^([a-zA-Z0-9_]+)\{(.*)\} /.exec(line)
    if (sample === null) continue
    const labels = exposed.get(sample[1]!) ?? exposed.get(familyOf(sample[1]!))
    for (const [, name] of sample[2]!.matchAll(/([a-z_]+)="/g)) labels?.add(name!)
  }
}

beforeAll(async () => {
  const child = launchLasting({ TILLGATE_DATA: tempFolder('observability') })
  try {
    const ready = await readyOf(child)
    const token = ready.adminToken!
    await ask(ready, '/v1/merchants', { token })
    read((await ask(ready, '/metrics', { token })).text)
  } finally {
    await child.end()
  }
}, 60_000)

/** A counter that has counted nothing yet shows no labels: then only its name can be looked for. */
const missing = ({ metric, labels }: Selector): readonly string[] => {
  if (metric === 'up') return []
  const known = exposed.get(metric) ?? exposed.get(familyOf(metric))
  if (known === undefined) return [metric]
  if (known.size === 0) return []
  return labels
    .filter((label) => !known.has(label) && !own.has(label))
    .map((l) => `${metric}{${l}}`)
}

test.each(expressions)('%s asks for what there is', (_title, expression) => {
  const selectors = selectorsIn(expression)
  expect(selectors.length).toBeGreaterThan(0)
  expect(selectors.flatMap(missing)).toEqual([])
})

test('the variables of the dashboard ask for what there is', () => {
  const queries = dashboard.templating.list.filter(({ type }) => type === 'query')
  expect(queries).toHaveLength(1)
  for (const { query } of queries) expect(selectorsIn(query).flatMap(missing)).toEqual([])
})

test('every alert has a severity, a summary and a sentence that says what to do', () => {
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
  for (const { alert, labels, annotations } of rules) {
    expect(['critical', 'warning', 'info'], alert).toContain(labels.severity)
    expect(annotations.summary, alert).toMatch(/^[A-Z].{10,}[^.]$/)
    expect(annotations.runbook, alert).toMatch(/^[A-Z].{20,}\.$/)
  }
})

testWith(['promtool'], 'Prometheus takes the rules as they are', () => {
  const said = execFileSync('promtool', ['check', 'rules', fileOf('alerts.yml')], {
    encoding: 'utf8',
  })
  expect(said).toContain(`SUCCESS: ${String(rules.length)} rules found`)
})

describe('the reader of expressions', () => {
  test.each([
    'rate(tillgate_up[5m]',
    'sum by tillgate_up',
    'tillgate_up{state="a}',
    'tillgate_up ; 1',
    'nothing(tillgate_up)',
    'tillgate_up)',
  ])('refuses %s', (expression) => {
    expect(() => selectorsIn(expression)).toThrow()
  })

  test('finds metrics and their labels wherever they stand', () => {
    expect(
      selectorsIn('sum by (le, verb) (rate(a_total{x="}",y=~"b"}[5m])) / 2 > c offset 10m'),
    ).toEqual([
      { metric: 'a_total', labels: ['x', 'y'] },
      { metric: 'c', labels: [] },
    ])
  })

  test('a metric that is not there is found', () => {
    expect(missing({ metric: 'tillgate_nonsense', labels: [] })).toEqual(['tillgate_nonsense'])
    expect(missing({ metric: 'tillgate_sessions', labels: ['sn'] })).toEqual([
      'tillgate_sessions{sn}',
    ])
  })
})
