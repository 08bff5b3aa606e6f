// The benchmark at its smallest: it runs to its end, counts what it did, and prints one line for
// scripts. How fast anything was is never asked here.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

import { noPostgres, requireProgram } from '../ground/index.js'

const main = fileURLToPath(new URL('../dist/bench/main.js', import.meta.url))

interface Row {
  readonly name: string
  readonly commandsPerSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly runs: readonly Readonly<Record<string, number>>[]
  readonly ratios: Readonly<Record<string, number>>
  readonly notes: readonly string[]
}

const bench = async (...args: readonly string[]): Promise<readonly Row[]> => {
  const asked = [main, ...args, '--quick', '--json']
  const { stdout } = await promisify(execFile)(process.execPath, asked)
  const last = stdout.trimEnd().split('\n').at(-1) ?? ''
  return (JSON.parse(last) as { readonly benchmarks: readonly Row[] }).benchmarks
}

/** Ten processes start; on a busy machine that takes its time. */
const timeoutMs = 180_000

describe('npm run bench -- --json', { timeout: timeoutMs }, () => {
  it('says how many commands a second beside a ping-pong, in every run', async () => {
    const rows = await bench('dispatch', 'dispatchSigned', 'dispatchTwoPhase')
    expect(rows.map(({ name }) => name)).toEqual(['dispatch', 'dispatchSigned', 'dispatchTwoPhase'])
    for (const { runs, ratios, commandsPerSecond, p50Ms, p99Ms } of rows) {
      expect(runs).toHaveLength(2)
      expect(Object.keys(ratios)).toEqual(['nodeTlsPingPong', 'gatewayCpu', 'allCpu'])
      expect(Math.min(commandsPerSecond, p50Ms, ...Object.values(ratios))).toBeGreaterThan(0)
      expect(p99Ms).toBeGreaterThanOrEqual(p50Ms)
    }
    expect(rows[0]?.notes.join()).toContain('once per generator process')
  })

  it('says what two nodes carry beside one alone', async (context) => {
    const missing = noPostgres() ?? (requireProgram('redis-server') ? undefined : 'needs Redis')
    if (missing !== undefined) context.skip(missing)
    const [row] = await bench('dispatchNodes')
    expect(row?.name).toBe('dispatchNodes')
    expect(row?.runs).toHaveLength(2)
    expect(row?.ratios['twoNodes']).toBeGreaterThan(0)
  })

  it('says what one of each takes', async () => {
    const [row] = await bench('sizing')
    expect(row).toMatchObject({ name: 'sizing', ratios: {} })
    const [figures = {}] = row?.runs ?? []
    for (const name of ['rssBytesAlone', 'cpuUsPerPing', 'sqliteBytesPerTerminal']) {
      expect(figures[name], name).toBeGreaterThan(0)
    }
  })

  it('says what a transition takes with many cases open beside few', async () => {
    const [row] = await bench('openCases')
    expect(row).toMatchObject({ name: 'openCases', few: 4, many: 12 })
    expect(row?.ratios['sqliteP99']).toBeGreaterThan(0)
    expect(row?.runs.length).toBeGreaterThanOrEqual(2)
  })

  it('says what a lone command takes, what an idle session holds, and how a storm ends', async () => {
    const rows = await bench('latency', 'idle', 'storm')
    expect(rows.map(({ name }) => name)).toEqual(['latency', 'idle', 'storm'])
    const [latency, idle, storm] = rows
    expect(latency?.ratios['lonePingPongFsync']).toBeGreaterThan(0)
    expect(idle?.ratios).toHaveProperty('idleMemory')
    expect(storm?.runs.map(({ resumed }) => resumed)).toEqual([0, 12])
  })
})
