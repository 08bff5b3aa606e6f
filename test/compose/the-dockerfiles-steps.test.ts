// No container engine is needed to work on Tillgate: the Dockerfiles' steps are followed in clean folders, and
// what comes out is started as the image would be. Installing and building anew takes minutes, so only
// with TILLGATE_LONG.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest'

import { isLong } from '../faults/toll.js'
import { freePort, tempFolder, waitFor } from '../ground/index.js'
import { checkout, followDockerfile, parseDockerfile, type BuiltImage } from './dockerfile.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const building = { timeout: 600_000 }
const missing = isLong ? undefined : 'takes minutes: TILLGATE_LONG=1'
const folders: string[] = []

const build = (dockerfile: string): BuiltImage => {
  const folder = tempFolder('image')
  folders.push(folder)
  const context = join(folder, 'context')
  mkdirSync(context)
  checkout(root, context)
  return followDockerfile(join(context, dockerfile), { context, folder })
}

const started: ChildProcess[] = []

afterAll(async () => {
  for (const child of started) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
}, 120_000)

const inImage = ({ root: at, workdir }: BuiltImage): string => join(at, workdir)

/** Its variables, those that are paths below its folder, and nothing else but the way to programs. */
const environment = (image: BuiltImage, more: Record<string, string>): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  ...Object.fromEntries(
    Object.entries(image.env).map(([name, value]) => [
      name,
      value.startsWith('/') ? join(image.root, value) : value,
    ]),
  ),
  ...more,
})

/** Runs words as the image would, to their end. */
const runIn = (image: BuiltImage, [program, ...words]: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(program!, words, {
    cwd: inImage(image),
    env: environment(image, {}),
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

test('an instruction that nobody knows is not passed over', () => {
  expect(parseDockerfile('FROM a AS b\nRUN one\\\n  two\n')).toEqual([
    { word: 'FROM', rest: 'a AS b' },
    { word: 'RUN', rest: 'one two' },
  ])
  expect(() => parseDockerfile('from a')).toThrow('not an instruction')
})

describe('the image of a node', () => {
  let built: BuiltImage | undefined
  beforeAll(() => {
    if (missing === undefined) built = build('admin-api/Dockerfile')
  }, building.timeout)

  const imageOr = (context: TestContext): BuiltImage => built ?? context.skip(missing)
  test('has what it runs on and no source, test or tool beside it', (context) => {
    const image = imageOr(context)
    const at = inImage(image)
    expect(existsSync(join(at, 'gateway/src'))).toBe(false)
    expect(existsSync(join(at, 'node_modules/typescript'))).toBe(false)
    expect(existsSync(join(at, 'node_modules/vitest'))).toBe(false)
    expect(readdirSync(join(at, 'test'))).toEqual(['package.json'])
  })

  test('starts, is found well by its own health check, and ends at a signal', async (context) => {
    const image = imageOr(context)
    const [api, mqtts, wss] = [await freePort(), await freePort(), await freePort()]
    const [program, ...words] = image.command
    const child = spawn(program!, words, {
      cwd: inImage(image),
      env: environment(image, {
        TILLGATE_API_PORT: String(api),
        TILLGATE_MQTTS_PORT: String(mqtts),
        TILLGATE_WSS_PORT: String(wss),
      }),
      stdio: 'ignore',
    })
    started.push(child)
    const [checker, ...check] = image.healthcheck.slice()
    const asked = check.map((word) => word.replace('port: 8443', `port: ${String(api)}`))
    expect(asked).not.toEqual(check)
    const isWell = (): boolean => spawnSync(checker!, asked, { cwd: inImage(image) }).status === 0
    await waitFor(isWell, { what: 'a healthy node', timeoutMs: 60_000 })
    child.kill('SIGTERM')
    const [code] = (await once(child, 'exit')) as [number | null]
    expect(code).toBe(0)
    expect(readdirSync(join(image.root, 'data'))).not.toEqual([])
  }, 120_000)

  test('has the programs that docker-compose.yml starts in it', (context) => {
    const image = imageOr(context)
    const folder = join(image.root, 'secrets')
    const script = 'gateway/examples/compose/make-secrets.mjs'
    expect(runIn(image, [process.execPath, script, folder])).toMatchObject({ status: 0 })
    expect(readdirSync(folder)).toContain('broker-password')
    const broker = 'gateway/examples/compose/make-broker-files.mjs'
    const { stderr } = runIn(image, [process.execPath, broker])
    expect(stderr).toContain('usage: make-broker-files.mjs')
    const tillgate = runIn(image, [process.execPath, 'admin-api/bin/tillgate.js', '--help'])
    expect(tillgate.stdout).toContain('server-certificate')
  })
})

test(
  'the image of the simulator has its command and its host, and no gateway',
  building,
  (context) => {
    if (missing !== undefined) context.skip(missing)
    const image = build('device-sim/Dockerfile')
    const said = runIn(image, [...image.entrypoint, ...image.command])
    expect(said, said.stderr).toMatchObject({ status: 0 })
    expect(said.stdout).toContain('fleet')
    expect(existsSync(join(inImage(image), 'device-sim/dist/host/main.js'))).toBe(true)
    expect(existsSync(join(inImage(image), 'gateway/dist'))).toBe(false)
  },
)
