import { spawn } from 'node:child_process'
import { expect, onTestFinished, test } from 'vitest'
import { tempFolder, waitFor } from '../ground/index.js'
import { blocksRunBy, projectRoot } from './readme-lines.js'
import { ask, launch, readyOf, type Ready } from './start-tillgate.js'

const me = 'test/api/the-example-follows-events.test.ts'
const patienceMs = 40_000

const follow = (ready: Ready, token: string) => {
  const [lines, ...more] = blocksRunBy(me, 'admin-api/README.md')
  expect(more).toEqual([])
  const child = spawn('sh', ['-euc', lines!.replace(/^node/m, 'exec node')], {
    cwd: tempFolder('follow'),
    env: { PATH: process.env['PATH'], API: ready.apiUrl, TOKEN: token, TILLGATE: projectRoot },
  })
  let said = ''
  let complained = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()))
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await closed
  })
  const events = (): readonly unknown[] =>
    said
      .split('\n')
      .slice(0, -1)
      .map((line) => (JSON.parse(line) as { readonly sn: string }).sn)
  return { events, said: () => complained }
}

test(
  'the README’s line follows the ledger over a restart of Tillgate',
  { timeout: 180_000 },
  async () => {
    const folder = tempFolder('follow-data')
    const first = launch({ TILLGATE_DATA: folder })
    const ready = await readyOf(first)
    const token = ready.adminToken!
    const register = async (sn: string): Promise<void> => {
      const body = { sn, vendor: 'V', model: 'M' }
      expect((await ask(ready, '/v1/terminals', { token, body })).status).toBe(201)
    }
    await register('SN-1')
    const follower = follow(ready, token)
    await waitFor(() => follower.events().length === 1, { what: 'what was', timeoutMs: patienceMs })
    await register('SN-2')
    await waitFor(() => follower.events().length === 2, {
      what: 'what comes',
      timeoutMs: patienceMs,
    })
    first.process.kill('SIGTERM')
    expect(await first.ended).toEqual({ code: 0, signal: null })
    expect(follower.said()).toMatch(/closed: 1012 DRAINING [\w-]+/)
    const again = launch({ TILLGATE_DATA: folder, TILLGATE_API_PORT: String(ready.ports.api) })
    await readyOf(again)
    await register('SN-3')
    await waitFor(() => follower.events().length === 3, { what: 'the rest', timeoutMs: patienceMs })
    expect(follower.events()).toEqual(['SN-1', 'SN-2', 'SN-3'])
  },
)
