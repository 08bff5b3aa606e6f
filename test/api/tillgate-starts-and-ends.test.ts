import { createServer } from 'node:net'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { tempFolder, waitFor } from '../ground/index.js'
import { ask, beginRequest, launch, readyOf } from './start-tillgate.js'

const endsMsMax = 20_000

const everyByteIn = (folder: string): string =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('\n')

test('a first start prints one line with ports and the token; the CA that it serves proves it', async () => {
  const folder = tempFolder('start')
  const child = launch({ TILLGATE_DATA: folder })
  const ready = await readyOf(child)
  const ca = (await ask(ready, '/ca.pem')).text
  const token = ready.adminToken!
  const body = { sn: 'SN-1', vendor: 'PAX', model: 'A920' }
  expect((await ask(ready, '/v1/terminals', { ca, token, body })).status).toBe(201)
  expect((await ask(ready, '/readyz', { ca })).status).toBe(200)
  expect(child.stdout().trim().split('\n')).toHaveLength(1)
  expect(child.stderr() + everyByteIn(folder)).not.toContain(token)
  child.process.kill('SIGTERM')
  expect(await child.ended).toEqual({ code: 0, signal: null })
}, 60_000)

test('a second start keeps data and token, and prints no token', async () => {
  const folder = tempFolder('start')
  const first = launch({ TILLGATE_DATA: folder })
  const token = (await readyOf(first)).adminToken!
  first.process.kill('SIGKILL')
  await first.ended
  const second = launch({ TILLGATE_DATA: folder })
  const ready = await readyOf(second)
  expect(ready.adminToken).toBeUndefined()
  const answer = await ask(ready, '/v1/api-tokens', { token })
  expect(answer.status).toBe(200)
  expect(answer.text).toContain('administrator-')
}, 60_000)

test('whoever starts it by hand reads a table with the token in it', async () => {
  const child = launch({ TILLGATE_DATA: tempFolder('start') }, [])
  await new Promise<void>((resolve) => {
    child.process.stdout.on('data', () => {
      if (child.stdout().includes('curl --cacert')) resolve()
    })
  })
  expect(child.stdout()).toMatch(/tgat_[A-Za-z0-9_-]{43}/)
  expect(child.stdout()).toContain('/openapi.json')
}, 60_000)

test('the first signal waits for a request that is under way, the second does not', async () => {
  const child = launch({ TILLGATE_DATA: tempFolder('start') })
  const ready = await readyOf(child)
  const hanging = await beginRequest(ready, ready.adminToken!)
  child.process.kill('SIGINT')
  await waitFor(() => child.stderr().includes('"ending"'), { what: 'the first signal to be taken' })
  const readyz = await ask(ready, '/readyz')
  expect({ ...readyz, text: JSON.parse(readyz.text) as unknown }).toEqual({
    status: 503,
    text: { status: 'not ready', reasons: ['draining'] },
  })
  expect((await ask(ready, '/healthz')).status).toBe(200)
  const refused = await ask(ready, '/v1/merchants', { token: ready.adminToken! })
  expect(refused.status).toBe(503)
  expect(refused.text).toContain('DRAINING')
  expect(child.process.exitCode).toBeNull()
  child.process.kill('SIGINT')
  expect(await child.ended).toEqual({ code: 0, signal: null })
  await hanging.closed
}, 60_000)

test('what does not end by itself is cut at the deadline', async () => {
  const child = launch({ TILLGATE_DATA: tempFolder('start'), TILLGATE_DRAIN_SECONDS: '1' })
  const ready = await readyOf(child)
  const hanging = await beginRequest(ready, ready.adminToken!)
  child.process.kill('SIGTERM')
  expect(await child.ended).toEqual({ code: 0, signal: null })
  expect(child.stderr()).toContain('draining took too long')
  await hanging.closed
}, 60_000)

const refusals: readonly [string, Readonly<Record<string, string>>, RegExp][] = [
  ['a port that is none', { TILLGATE_API_PORT: 'eighty' }, /TILLGATE_API_PORT/],
  [
    'plain HTTP for the world',
    { TILLGATE_API_TLS: 'off', TILLGATE_API_HOST: '0.0.0.0' },
    /loopback/,
  ],
  ['a short sealing key', { TILLGATE_SEALING_KEY: 'abcd' }, /32 bytes/],
  ['a host without a token', { TILLGATE_HOST_URL: 'https://host' }, /TILLGATE_HOST_TOKEN/],
]

test.each(refusals)(
  'it refuses to start with %s, in one line',
  async (_what, settings, words) => {
    const child = launch({ TILLGATE_DATA: tempFolder('start'), ...settings })
    expect((await child.ended).code).toBe(1)
    const said = child
      .stderr()
      .split('\n')
      .filter((line) => line.startsWith('tillgate:'))
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(words)
    expect(child.stdout()).toBe('')
  },
  endsMsMax,
)

test('a port in use is named, and the token of that failed start is not lost', async () => {
  const folder = tempFolder('start')
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => void taken.close(() => resolve())))
  const { port } = taken.address() as { port: number }
  const child = launch({ TILLGATE_DATA: folder, TILLGATE_API_PORT: String(port) })
  expect((await child.ended).code).toBe(1)
  expect(child.stderr()).toContain(`EADDRINUSE (127.0.0.1:${String(port)})`)
  const ready = await readyOf(launch({ TILLGATE_DATA: folder }))
  expect(ready.adminToken).toBeDefined()
}, 60_000)

test(
  'a data folder that is damaged is refused with what to do',
  async () => {
    const folder = tempFolder('start')
    writeFileSync(
      join(folder, 'records.sqlite'),
      'this is no database, whatever its name says'.repeat(200),
    )
    const child = launch({ TILLGATE_DATA: folder })
    expect((await child.ended).code).toBe(1)
    expect(child.stderr()).toMatch(/^tillgate: .*(backup|restore|move|another)/im)
  },
  endsMsMax,
)

test('a data folder that another process has open is refused', async () => {
  const folder = tempFolder('start')
  await readyOf(launch({ TILLGATE_DATA: folder }))
  const second = launch({ TILLGATE_DATA: folder })
  expect((await second.ended).code).toBe(1)
  expect(second.stderr()).toMatch(/^tillgate: /m)
}, 60_000)
