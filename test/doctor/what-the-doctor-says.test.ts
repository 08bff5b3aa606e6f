import { randomBytes } from 'node:crypto'
import { chmodSync, renameSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Finding } from '@tillgate/gateway'
import { describe, expect, onTestFinished, test } from 'vitest'

import { launch, readyOf } from '../api/start-tillgate.js'
import { hookSecret } from '../hooks/receiver.js'
import { startReceiver } from '../hooks/start-receiver.js'
import { runTillgate } from '../backup/run-tillgate.js'
import {
  freePort,
  freshDatabase,
  hasRedis,
  startRedis,
  tempFolder,
  withPostgres,
} from '../ground/index.js'

type Settings = Readonly<Record<string, string>>

interface Report {
  readonly code: number
  readonly ok: boolean
  of(check: string): Finding | undefined
}

const anyPorts: Settings = {
  ...{ TILLGATE_API_HOST: '127.0.0.1', TILLGATE_LISTEN_HOST: '127.0.0.1' },
  ...{ TILLGATE_API_PORT: '0', TILLGATE_MQTTS_PORT: '0', TILLGATE_WSS_PORT: '0' },
}

const examine = async (settings: Settings): Promise<Report> => {
  const { code, stdout, stderr } = await runTillgate(['doctor', '--json'], {
    ...anyPorts,
    ...settings,
  })
  expect(stderr).toBe('')
  const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: readonly Finding[] }
  expect(code).toBe(ok ? 0 : 1)
  return { code, ok, of: (check) => findings.find((finding) => finding.check === check) }
}

const started = async () => {
  const data = join(tempFolder('doctor'), 'data')
  const child = launch({ TILLGATE_DATA: data })
  return { data, child, ready: await readyOf(child) }
}

const patience = { timeout: 60_000 }

describe('on a folder of this machine', () => {
  test('before the first start nothing is wrong, and nothing is made', patience, async () => {
    const data = join(tempFolder('doctor'), 'data')
    const report = await examine({ TILLGATE_DATA: data })
    expect(report.ok).toBe(true)
    expect(report.of('records')?.says).toBe('empty: the first start makes them')
    expect(report.of("the acquirer's host")?.verdict).toBe('warn')
    expect((await examine({ TILLGATE_DATA: data })).of('data folder')?.says).toMatch(
      /not there yet/,
    )
  })

  test(
    'while Tillgate runs it knows its ports, its key and its certificates',
    patience,
    async () => {
      const { data, ready } = await started()
      const { api, mqtts, wss } = ready.ports
      const report = await examine({
        TILLGATE_DATA: data,
        TILLGATE_API_PORT: String(api),
        TILLGATE_MQTTS_PORT: String(mqtts),
        TILLGATE_WSS_PORT: String(wss),
      })
      for (const name of ['API', 'MQTT over TLS', 'MQTT over WSS']) {
        expect(report.of(`port ${name}`)?.says).toMatch(/is taken, by a Tillgate of this CA$/)
      }
      expect(report.of('sealing key')).toMatchObject({ verdict: 'ok' })
      expect(report.of('sealing key')?.says).toMatch(/^opens all \d+ secrets/)
      expect(report.of('server certificate')?.says).toMatch(/in (89|90) days$/)
      expect(report.of('CA certificate')?.verdict).toBe('ok')
      expect(report.of('offline root')?.verdict).toBe('warn')
      expect(report.of('records')?.says).toBe('open, with the schema of this program')
      expect(report.of('fsync')?.says).toMatch(/^an fsync of 4 KiB takes \d+\.\d\d ms/)
      expect(report.ok).toBe(true)
    },
  )

  test(
    'a key that is another, gone or malformed is said before a start is tried',
    patience,
    async () => {
      const { data, child } = await started()
      child.process.kill('SIGKILL')
      await child.ended
      const other = { TILLGATE_DATA: data, TILLGATE_SEALING_KEY: randomBytes(32).toString('hex') }
      expect((await examine(other)).of('sealing key')?.says).toMatch(
        /^does not open .*ca\/1.*another key/,
      )
      const short = { TILLGATE_DATA: data, TILLGATE_SEALING_KEY: 'abc' }
      expect((await examine(short)).of('sealing key')?.says).toMatch(/is not 32 bytes/)
      renameSync(join(data, 'sealing.key'), join(data, 'elsewhere'))
      const gone = await examine({ TILLGATE_DATA: data })
      expect(gone.of('sealing key')).toMatchObject({ verdict: 'fail' })
      expect(gone.code).toBe(1)
    },
  )

  test(
    'a port of another program, open rights and damaged records are named',
    patience,
    async () => {
      const folder = tempFolder('doctor')
      const server = createServer((socket) => socket.destroy())
      onTestFinished(() => new Promise<void>((done) => server.close(() => done())))
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
      const { port } = server.address() as AddressInfo
      writeFileSync(join(folder, 'records.sqlite'), 'this is no database, whatever it is called')
      chmodSync(folder, 0o755)
      const report = await examine({ TILLGATE_DATA: folder, TILLGATE_API_PORT: String(port) })
      expect(report.of('port API')?.says).toMatch(/is taken by another program/)
      expect(report.of('data folder')).toMatchObject({ verdict: 'warn' })
      expect(report.of('records')).toMatchObject({ verdict: 'fail' })
      expect(report.of('sealing key')).toMatchObject({ verdict: 'skipped' })
      expect(report.ok).toBe(false)
    },
  )

  test('an acquirer’s system that answers is told from one that does not', patience, async () => {
    const receiver = await startReceiver('doctor-hooks')
    onTestFinished(() => receiver.goDown())
    const ca = join(tempFolder('doctor'), 'ca.pem')
    writeFileSync(ca, receiver.caPem)
    const report = await examine({
      TILLGATE_DATA: join(tempFolder('doctor'), 'data'),
      TILLGATE_REGISTRY_HOOK_URL: receiver.url,
      TILLGATE_REGISTRY_HOOK_SECRET: hookSecret(),
      TILLGATE_REGISTRY_HOOK_CA_FILE: ca,
      TILLGATE_NOTICES_HOOK_URL: receiver.url,
      TILLGATE_NOTICES_HOOK_SECRET: hookSecret(),
    })
    expect(report.of('the terminal registry')).toMatchObject({ verdict: 'ok' })
    expect(report.of('clock, registry')).toMatchObject({ verdict: 'ok' })
    expect(report.of('notices to people')?.says).toMatch(/does not answer \(.*CERT/)
    expect(report.of("the acquirer's host")?.verdict).toBe('warn')
    expect(receiver.acts.effects).toEqual([])
    expect(report.ok).toBe(false)
  })

  test('a wrong setting is a finding, and people get a table', patience, async () => {
    const wrong = await examine({ TILLGATE_API_PORT: '65536' })
    expect(wrong.of('configuration')?.says).toMatch(/^TILLGATE_API_PORT /)
    const settings = { ...anyPorts, TILLGATE_DATA: join(tempFolder('doctor'), 'data') }
    const { stdout, code } = await runTillgate(['doctor'], settings)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ok {4}Node +Node \d+\./)
  })
})

withPostgres('on a database', () => {
  test(
    'schema, fsync and clock of the server, and Redis, are looked at without a change',
    patience,
    async (context) => {
      if (!hasRedis()) context.skip('needs redis-server, not on this machine')
      const redis = await startRedis()
      onTestFinished(() => redis.kill())
      const database = {
        TILLGATE_DATA: join(tempFolder('doctor'), 'data'),
        TILLGATE_DATABASE_URL: await freshDatabase(),
        TILLGATE_REDIS_URL: redis.url,
      }
      const before = await examine(database)
      expect(before.of('records')?.says).toBe('empty: the first start makes them')
      expect(before.of('Redis')).toMatchObject({ verdict: 'ok' })
      expect(before.of('clock, database')?.says).toMatch(/^within 0\.\d s/)
      expect((await examine(database)).of('records')?.says).toBe(
        'empty: the first start makes them',
      )
      await readyOf(launch(database))
      const after = await examine(database)
      expect(after.of('records')?.says).toBe('open, with the schema of this program')
      expect(after.of('sealing key')?.says).toMatch(/^opens all/)
      expect(after.ok).toBe(true)
    },
  )

  test(
    'a Redis that is not there and a database that is not there are said',
    patience,
    async () => {
      const port = await freePort()
      const report = await examine({
        TILLGATE_DATA: join(tempFolder('doctor'), 'data'),
        TILLGATE_DATABASE_URL: `postgres://tillgate@127.0.0.1:${String(port)}/tillgate`,
        TILLGATE_REDIS_URL: `redis://127.0.0.1:${String(port)}`,
      })
      expect(report.of('records')).toMatchObject({ verdict: 'fail' })
      expect(report.of('Redis')).toMatchObject({ verdict: 'fail' })
      expect(report.of('CA certificate')).toMatchObject({ verdict: 'skipped' })
    },
  )
})
