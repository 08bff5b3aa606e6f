import { behaviourNames, catalogue } from '@tillgate/device-sim'
import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'

import { projectRoot } from '../api/readme-lines.js'
import {
  ask,
  launchLasting,
  readyOf,
  type LastingChild,
  type Ready,
} from '../api/start-tillgate.js'
import { tempFolder, waitFor } from '../ground/index.js'

const bin = join(projectRoot, 'device-sim/bin/tillgate-sim.js')

interface Simulator {
  readonly ended: Promise<number | null>
  stdout(): string
  stderr(): string
  signal(name: 'SIGINT' | 'SIGTERM'): void
}

const simulate = (words: readonly string[]): Simulator => {
  const child = spawn(process.execPath, [bin, ...words], { env: { PATH: process.env['PATH'] } })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return {
    ended,
    stdout: () => stdout,
    stderr: () => stderr,
    signal: (name) => void child.kill(name),
  }
}

const linesOf = ({ stdout }: Simulator): readonly Readonly<Record<string, unknown>>[] =>
  stdout()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

describe('what is not understood is refused before anything starts, by its option and its rule', () => {
  test.each([
    [['--count', '0'], '--count', 'a whole number from 1 to 100000'],
    [['--host', 'localhost:9443'], '--host-folder', 'belong together'],
    [[], '--api', 'have no certificate yet'],
  ])('%j', async (words, option, rule) => {
    const folder = join(tempFolder('refused'), 'terminals')
    const simulator = simulate(['fleet', '--folder', folder, ...words])
    expect(await simulator.ended).toBe(1)
    expect(simulator.stderr()).toContain(option)
    expect(simulator.stderr()).toContain(rule)
    expect(simulator.stderr().trim().split('\n')).toHaveLength(1)
    expect(simulator.stdout()).toBe('')
    expect(existsSync(join(folder, 'SIM-a-00001', 'flash.log'))).toBe(false)
  })
})

describe('tillgate-sim behaviours', () => {
  test('lists every one with its share, its source and both languages', async () => {
    const simulator = simulate(['behaviours'])
    expect(await simulator.ended).toBe(0)
    const said = simulator.stdout()
    for (const name of behaviourNames) {
      const { en, zh } = catalogue[name]
      const line = said.split('\n').find((one) => one.startsWith(`${name} `))
      expect(line, name).toContain(en)
      expect(line, name).toMatch(/ % {2}(assumption|sourced S\d)/)
      expect(said).toContain(zh)
    }
  })

  test('as JSON, one line each', async () => {
    const simulator = simulate(['behaviours', '--json'])
    expect(await simulator.ended).toBe(0)
    expect(linesOf(simulator).map(({ name }) => name)).toEqual(behaviourNames)
  })
})

describe('tillgate-sim fleet', () => {
  const folder = tempFolder('cli-fleet')
  const fleet = ['fleet', '--count', '12', '--seed', 'cli', '--folder', join(folder, 'terminals')]
  let tillgate: LastingChild
  let ready: Ready
  let enrolling: readonly string[] = []

  beforeAll(async () => {
    tillgate = launchLasting({ TILLGATE_DATA: tempFolder('cli-data'), TILLGATE_LOG: 'warn' })
    ready = await readyOf(tillgate)
    const ca = join(folder, 'ca.pem')
    writeFileSync(ca, (await ask(ready, '/ca.pem')).text)
    enrolling = ['--api', ready.apiUrl, '--ca', ca, '--token', ready.adminToken!]
  }, 60_000)

  afterAll(() => tillgate.end())

  test('enrols and runs, says how it stands in JSON, and ends by itself with the totals', async () => {
    const words = [
      ...fleet,
      ...enrolling,
      '--spread',
      '0',
      '--every',
      '0.5',
      '--for',
      '6',
      '--json',
    ]
    const simulator = simulate(words)
    expect(await simulator.ended, simulator.stderr()).toBe(0)
    const lines = linesOf(simulator)
    expect(lines.some(({ what }) => what === 'status')).toBe(true)
    expect(lines.at(-1)).toMatchObject({ what: 'totals', terminals: 12, met: 12, flashFailures: 0 })
  }, 60_000)

  test('the second start needs no API, and SIGTERM ends it in order', async () => {
    const simulator = simulate([...fleet, '--spread', '0', '--every', '0.2'])
    await waitFor(() => simulator.stdout().includes('online 12/12'), {
      what: 'twelve terminals',
      timeoutMs: 30_000,
    })
    simulator.signal('SIGTERM')
    expect(await simulator.ended).toBe(0)
    expect(simulator.stdout().trim().split('\n').at(-1)).toMatch(/ended {3}online 12\/12/)
  }, 60_000)

  test('terminals that never come online make it end with 2', async () => {
    const words = [
      ...fleet,
      '--url',
      'mqtts://127.0.0.1:1',
      '--spread',
      '0',
      '--for',
      '1',
      '--json',
    ]
    const simulator = simulate([...words, '--quiet'])
    expect(await simulator.ended).toBe(2)
    const [totals, ...more] = linesOf(simulator)
    expect(more).toEqual([])
    expect(totals).toMatchObject({ what: 'totals', met: 0 })
    expect(totals?.['failedConnects']).toBeGreaterThan(0)
  }, 60_000)
})
