// What `make-broker-files.mjs` makes is what Mosquitto takes: the files as they are, on a private Mosquitto;
// only ports, the folder's name and the place of its memory are others.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { launchLasting, readyOf } from '../api/start-tillgate.js'
import {
  freePort,
  requireProgram,
  startMosquitto,
  tempFolder,
  testWith,
  type Mosquitto,
} from '../ground/index.js'

const script = fileURLToPath(
  new URL('../../gateway/examples/compose/make-broker-files.mjs', import.meta.url),
)
const password = 'of the test alone'
let folder: string
let out: string
let passwordFile: string
let port: number
let broker: Mosquitto | undefined

const make = (): string =>
  execFileSync(process.execPath, [script, out, passwordFile, 'mosquitto', 'localhost'], {
    encoding: 'utf8',
    env: { ...process.env, TILLGATE_DATA: join(folder, 'data') },
  })

const read = (name: string): string => readFileSync(join(out, name), 'utf8')

const come = (more: IClientOptions): Promise<MqttClient> =>
  connectAsync(`mqtts://localhost:${String(port)}`, {
    ca: read('ca.pem'),
    protocolVersion: 5,
    reconnectPeriod: 0,
    username: 'gateway@tillgate',
    ...more,
  })

beforeAll(async () => {
  folder = tempFolder('broker-files')
  out = join(folder, 'broker')
  passwordFile = join(folder, 'broker-password')
  writeFileSync(passwordFile, password)
  const child = launchLasting({ TILLGATE_DATA: join(folder, 'data') })
  await readyOf(child)
  child.process.kill('SIGTERM')
  await child.ended
  make()
  if (!requireProgram('mosquitto')) return
  port = await freePort()
  const terminals = await freePort()
  broker = await startMosquitto({
    port,
    files: Object.fromEntries(readdirSync(out).map((name) => [name, read(name)])),
    conf: (at) =>
      read('mosquitto.conf')
        .replaceAll('/etc/mosquitto/tillgate', at)
        .replace('/var/lib/mosquitto', at)
        .replace('listener 8883', `listener ${String(terminals)} 127.0.0.1`)
        .replace('listener 8884', `listener ${String(port)} 127.0.0.1`),
  })
}, 90_000)

afterAll(() => broker?.kill())

test('they are all that the configuration names, and who else is on the machine reads no secret', () => {
  const named = [...read('mosquitto.conf').matchAll(/\/etc\/mosquitto\/tillgate\/(\S+)/g)]
  for (const [, name] of named) expect(readdirSync(out)).toContain(name)
  for (const name of ['server.key', 'gateways.passwd']) {
    expect(statSync(join(out, name)).mode & 0o777, name).toBe(0o600)
  }
  expect(read('gateways.passwd')).not.toContain(password)
})

test('made again, they keep a certificate that lasts', () => {
  const before = read('server.pem')
  expect(make()).toBe('')
  expect(read('server.pem')).toBe(before)
}, 30_000)

testWith(['mosquitto'], 'a gateway comes in by its password, and by no other', async () => {
  const client = await come({ password })
  await client.endAsync()
  await expect(come({ password: 'a guess' })).rejects.toThrow(/not authori[sz]ed/i)
})
