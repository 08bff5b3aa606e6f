// `tillgate server-certificate`, as an operator types it: what it makes is a server's, and nobody's terminal.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { beforeAll, expect, it } from 'vitest'
import { createHash, X509Certificate } from 'node:crypto'
import { ask, launchLasting, launch, readyOf } from '../api/start-tillgate.js'
import { runTillgate, type Said } from '../backup/run-tillgate.js'
import { brokerPorts, startExampleMosquitto } from '../broker/example-mosquitto.js'
import { tempFolder, testWith } from '../ground/index.js'
import { makeCsr } from './pki-ground.js'

let folder: string
let out: string
let token: string

const issue = (...words: string[]): Promise<Said> =>
  runTillgate(['server-certificate', ...words], { TILLGATE_DATA: join(folder, 'data') })

const read = (name: string, at = out): string => readFileSync(join(at, name), 'utf8')

beforeAll(async () => {
  folder = tempFolder('another-server')
  out = join(folder, 'out')
  const child = launchLasting({ TILLGATE_DATA: join(folder, 'data') })
  const ready = await readyOf(child)
  token = ready.adminToken!
  const body = { sn: 'PAX-17', vendor: 'ACME', model: 'T1' }
  expect((await ask(ready, '/v1/terminals', { token, body })).status).toBe(201)
  child.process.kill('SIGTERM')
  await child.ended
  const said = await issue('--name', 'localhost', '--name', 'broker.example', '--out', out)
  expect(said, said.stderr).toMatchObject({ code: 0 })
}, 60_000)

it('is for the names that were asked, for ninety days, for servers and nobody else', () => {
  const leaf = new X509Certificate(read('server.pem'))
  expect(leaf.checkHost('broker.example')).toBeDefined()
  expect(leaf.subject).toBe('CN=server@tillgate')
  expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
  const days = (Date.parse(leaf.validTo) - Date.now()) / 86_400_000
  expect(Math.round(days)).toBe(90)
  expect(statSync(join(out, 'server.key')).mode & 0o777).toBe(0o600)
})

it('is refused over another, for a terminal’s number, for what is no host, and for too long', async () => {
  const wrong: readonly [RegExp, ...string[]][] = [
    [/^tillgate: --out .* --replace/, '--name', 'a', '--out', out],
    [/^tillgate: --name .*PAX-17 is registered/, '--name', 'pax-17', '--out', `${out}2`],
    [/^tillgate: --name .*small letters/, '--name', 'A B', '--out', `${out}2`],
    [/^tillgate: --name must be given/, '--out', `${out}2`],
    [/^tillgate: --days/, '--name', 'a', '--days', '4000', '--out', `${out}2`],
  ]
  for (const [rule, ...words] of wrong) {
    const { code, stderr } = await issue(...words)
    expect(stderr).toMatch(rule)
    expect(code).toBe(1)
  }
  expect(existsSync(`${out}2`)).toBe(false)
  const nobody = await runTillgate(['server-certificate', '--name', 'a', '--out', `${out}2`], {
    TILLGATE_DATA: join(folder, 'nothing'),
  })
  expect(nobody.stderr).toMatch(/^tillgate: These records have no CA yet/m)
})

it('takes a request, and never sees its key', async () => {
  const csr = join(folder, 'request.pem')
  writeFileSync(csr, (await makeCsr('whoever')).pem)
  const at = join(folder, 'by-request')
  expect(await issue('--name', 'balancer', '--csr', csr, '--out', at)).toMatchObject({ code: 0 })
  expect(existsSync(join(at, 'server.key'))).toBe(false)
  expect(new X509Certificate(read('server.pem', at)).checkHost('balancer')).toBeDefined()
})

it('stands in the ledger, and lets nobody in as a terminal', async () => {
  const ready = await readyOf(launch({ TILLGATE_DATA: join(folder, 'data') }))
  const { text } = await ask(ready, '/v1/events?kind=vault.stored', { token })
  const sha256 = createHash('sha256').update(new X509Certificate(read('server.pem')).raw)
  expect(text).toContain(`issued-server/${sha256.digest('hex').slice(0, 32)}`)
  const port = ready.ports.mqtts
  const [ca, cert, key] = [read('ca.pem'), read('server.pem'), read('server.key')]
  const socket = connect({ host: 'localhost', port, ca, cert, key })
  await once(socket, 'secureConnect')
  // A CONNECT of the terminal that it would like to be.
  const clientId = Buffer.from('PAX-17')
  const head = Buffer.from([0x10, 12 + clientId.length, 0, 4, 77, 81, 84, 84, 4, 2, 0, 60, 0, 6])
  socket.write(Buffer.concat([head, clientId]))
  const answer: Buffer[] = []
  socket.on('data', (chunk: Buffer) => answer.push(chunk))
  socket.on('error', () => undefined)
  await once(socket, 'close')
  // Closed without a CONNACK, or with one that refuses.
  expect(Buffer.concat(answer)[3]).not.toBe(0)
})

testWith(['openssl'], 'openssl takes it for a server and for no client', () => {
  const verify = (purpose: string): string =>
    execFileSync(
      'openssl',
      ['verify', '-purpose', purpose, '-CAfile', join(out, 'ca.pem'), join(out, 'server.pem')],
      { encoding: 'utf8', stdio: 'pipe' },
    )
  expect(verify('sslserver')).toMatch(/OK/)
  expect(() => verify('sslclient')).toThrow(/purpose/)
})

testWith(['mosquitto'], 'Mosquitto starts with it, and is believed', async () => {
  const ports = await brokerPorts()
  const [ca, cert, key] = [read('ca.pem'), read('server.pem'), read('server.key')]
  const mosquitto = await startExampleMosquitto(ports, { ca, cert, key })
  try {
    const socket = connect({ host: 'localhost', port: ports.gateways, ca })
    await once(socket, 'secureConnect')
    expect(socket.authorized).toBe(true)
    socket.destroy()
  } finally {
    await mosquitto.stop()
  }
})
