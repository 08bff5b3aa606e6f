import { expect, test } from 'vitest'
import { routeAccess } from '@tillgate/admin-api'
import { openBench, type Bench, type Called, type Method } from './bench.js'

interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

interface Family {
  readonly type: string
  readonly samples: readonly Sample[]
}

const labelsIn = (text: string): Record<string, string> => {
  const labels: Record<string, string> = {}
  let rest = text
  while (rest !== '') {
    const match = /^([a-z_]+)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/.exec(rest)
    if (match === null) throw new Error(`no label: ${rest}`)
    labels[match[1]!] = match[2]!
    rest = rest.slice(match[0].length)
  }
  return labels
}

/** The text format as its specification says: HELP, TYPE, then the samples of that name. */
const parse = (text: string): ReadonlyMap<string, Family> => {
  expect(text.endsWith('\n')).toBe(true)
  const families = new Map<string, { type: string; samples: Sample[] }>()
  let current = ''
  for (const line of text.trimEnd().split('\n')) {
    const type = /^# TYPE ([a-z0-9_]+) (counter|gauge|histogram|summary)$/.exec(line)
    if (type !== null) {
      expect(families.has(type[1]!), `${type[1]} twice`).toBe(false)
      current = type[1]!
      families.set(current, { type: type[2]!, samples: [] })
      continue
    }
    if (/^# HELP [a-z0-9_]+ \S.*$/.test(line) || line === '') continue
    const sample = /^([a-z0-9_]+)(?:\{(.*)\})? (\S+)$/.exec(line)
    if (sample === null) throw new Error(`no sample: ${line}`)
    const [, name, labels = '', value] = sample
    expect([name, name!.replace(/_(bucket|sum|count)$/, '')]).toContain(current)
    families
      .get(current)
      ?.samples.push({ name: name!, labels: labelsIn(labels), value: Number(value) })
  }
  return families
}

const scrape = async (bench: Bench): Promise<ReadonlyMap<string, Family>> => {
  const called = await bench.call('GET', '/metrics')
  expect(called.status).toBe(200)
  expect(called.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
  return parse(called.text)
}

const sampleOf = (
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined =>
  families.get(name)?.samples.find((one) => JSON.stringify(one.labels) === JSON.stringify(labels))
    ?.value

test('it says of the process, the node, the records, the requests and the live events', async () => {
  const bench = await openBench()
  await bench.call('GET', '/v1/merchants')
  const families = await scrape(bench)
  expect(families.get('process_cpu_seconds_total')?.type).toBe('counter')
  expect(sampleOf(families, 'tillgate_up')).toBe(1)
  expect(sampleOf(families, 'tillgate_sessions', { state: 'connected' })).toBe(2)
  expect(sampleOf(families, 'tillgate_sessions', { state: 'greeted' })).toBe(1)
  expect(sampleOf(families, 'tillgate_commands_ordered_total', { type: 'SelfTest' })).toBe(4)
  const ended = { type: 'SelfTest', state: 'done' }
  expect(sampleOf(families, 'tillgate_commands_ended_total', ended)).toBe(3)
  expect(sampleOf(families, 'tillgate_uplinks_refused_total', { code: 'BAD_SIGNATURE' })).toBe(3)
  expect(sampleOf(families, 'tillgate_link_total', { event: 'accepted' })).toBe(5)
  const call = { verb: 'block', answer: 'blocked' }
  expect(sampleOf(families, 'tillgate_host_calls_total', call)).toBe(1)
  const hooked = { target: 'registry', outcome: 'answered' }
  expect(sampleOf(families, 'tillgate_hook_calls_total', hooked)).toBe(2)
  expect(sampleOf(families, 'tillgate_hook_retries_total', { target: 'registry' })).toBe(1)
  expect(sampleOf(families, 'tillgate_hook_circuit', { target: 'registry' })).toBe(0.5)
  expect(sampleOf(families, 'tillgate_live_sockets', { state: 'open' })).toBe(0)
  const asked = { method: 'GET', route: '/v1/merchants', status: '200' }
  expect(sampleOf(families, 'tillgate_http_requests_total', asked)).toBe(1)
})

test('a histogram’s buckets rise to its count', async () => {
  const bench = await openBench()
  const families = await scrape(bench)
  const { samples } = families.get('tillgate_records_seconds')!
  const buckets = samples.filter(({ name }) => name.endsWith('_bucket'))
  expect(buckets.map(({ labels, value }) => [labels['le'], value])).toEqual([
    ['0.001', 8],
    ['+Inf', 9],
  ])
  expect(samples.find(({ name }) => name.endsWith('_count'))?.value).toBe(9)
  expect(samples.find(({ name }) => name.endsWith('_sum'))?.value).toBe(0.012)
})

test('it says what the node is, what is under way, what waits, and which loops it runs', async () => {
  const bench = await openBench()
  const families = await scrape(bench)
  const about = { version: '0.1.0', records: 'postgres', coordination: 'redis', link: 'listener' }
  expect(sampleOf(families, 'tillgate_info', { node: 'node-1', ...about })).toBe(1)
  expect(sampleOf(families, 'tillgate_commands_in_flight')).toBe(5)
  const again = { kind: 'command', again: 'true' }
  expect(sampleOf(families, 'tillgate_messages_sent_total', again)).toBe(6)
  expect(sampleOf(families, 'tillgate_crypto_waiting', { for: 'signer' })).toBe(2)
  expect(sampleOf(families, 'tillgate_crypto_waiting', { for: 'verifier' })).toBe(3)
  expect(sampleOf(families, 'tillgate_lease_held', { lease: 'expiry' })).toBe(0)
  expect(sampleOf(families, 'tillgate_reader_behind_seconds', { reader: 'alarm-log' })).toBe(1.5)
  expect(sampleOf(families, 'tillgate_records_groups_total')).toBe(3)
  expect(families.get('nodejs_eventloop_lag_p99_seconds')?.type).toBe('gauge')
})

test('a histogram of several series keeps them apart', async () => {
  const bench = await openBench()
  const { samples } = (await scrape(bench)).get('tillgate_host_call_seconds')!
  expect(samples.map(({ name, labels, value }) => [name.split('_').at(-1), labels, value])).toEqual(
    [
      ['bucket', { verb: 'block', le: '0.001' }, 1],
      ['bucket', { verb: 'block', le: '+Inf' }, 1],
      ['sum', { verb: 'block' }, 0.25],
      ['count', { verb: 'block' }, 1],
    ],
  )
})

test('asking twice doubles nothing', async () => {
  const bench = await openBench()
  await scrape(bench)
  const families = await scrape(bench)
  expect(sampleOf(families, 'tillgate_commands_ordered_total', { type: 'SelfTest' })).toBe(4)
  expect(
    sampleOf(families, 'tillgate_host_calls_total', { verb: 'block', answer: 'blocked' }),
  ).toBe(1)
})

const hostile = async (bench: Bench): Promise<void> => {
  const ask = (method: Method, url: string, body?: unknown): Promise<Called> =>
    bench.call(method, url, body === undefined ? {} : { body })
  for (let i = 0; i < 200; i++) {
    const secret = `SECRET-${String(i)}`
    await ask('GET', `/${secret}`)
    await ask('GET', `/v1/terminals/${secret}`)
    await ask('GET', `/v1/commands/${secret}`)
    await ask('GET', `/v1/events?terminal=${secret}`)
    await ask('DELETE', `/v1/merchants/${secret}`)
    await ask('POST', '/v1/commands', { sn: secret, type: secret })
    await ask('POST', '/v1/terminals', { sn: secret, vendor: 'V', model: 'M' })
    await ask('GET', `/metrics?${secret}=${secret}`)
    await ask('GET', `/v1/%22%7D%0A${secret}{}"`)
  }
  for (const method of ['OPTIONS', 'TRACE', 'PROPFIND', 'M-SEARCH'])
    await ask(method as Method, '/x')
}

test('no request makes a label that the program does not know', async () => {
  const bench = await openBench()
  await hostile(bench)
  const families = await scrape(bench)
  const requests = families.get('tillgate_http_requests_total')!.samples
  const routes = new Set(requests.map(({ labels }) => labels['route']))
  const known = new Set(Object.keys(routeAccess).map((route) => route.split(' ')[1]))
  expect([...routes].filter((route) => !known.has(route))).toEqual(['(unknown)'])
  const methods = new Set(requests.map(({ labels }) => labels['method']))
  expect([...methods].sort()).toEqual(['DELETE', 'GET', 'POST', 'other'])
  const all = [...families].flatMap(([, { samples }]) => samples)
  expect(JSON.stringify(all)).not.toContain('SECRET')
  expect(all.length).toBeLessThan(600)
  const names = new Set(all.flatMap(({ labels }) => Object.keys(labels)))
  const allowed = [
    'again',
    'answer',
    'code',
    'coordination',
    'event',
    'for',
    'kind',
    'le',
    'lease',
    'link',
    'method',
    'node',
    'outcome',
    'quantile',
    'reader',
    'records',
    'route',
  ]
  const more = [
    'space',
    'state',
    'status',
    'target',
    'type',
    'to',
    'verb',
    'version',
    'major',
    'minor',
    'patch',
  ]
  expect([...names].filter((name) => ![...allowed, ...more].includes(name))).toEqual([])
})

test('nothing secret is in it', async () => {
  const bench = await openBench()
  const { text } = await bench.call('GET', '/metrics')
  for (const secret of [bench.admin, 'tgat_', 'tester', 'BEGIN']) expect(text).not.toContain(secret)
})
