// TILLGATE_SERVER_CERT_FILE and its key, as an operator sets them: what a start refuses, and what SIGHUP does.
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import { beforeAll, expect, test } from 'vitest'
import { tempFolder, waitFor } from '../ground/index.js'
import { filesIn, OtherCa, putFiles, type Files, type MadeServer } from '../pki/other-ca.js'
import { ask, launch, readyOf, type Ready } from './start-tillgate.js'

let ca: OtherCa
let good: MadeServer

beforeAll(async () => {
  ca = await OtherCa.make()
  good = await ca.server(['tillgate.test', 'localhost'])
})

const settings = ({ certFile, keyFile }: Files): Readonly<Record<string, string>> => ({
  TILLGATE_DATA: join(tempFolder('own-certificate'), 'data'),
  TILLGATE_PUBLIC_HOST: 'tillgate.test,localhost',
  TILLGATE_SERVER_CERT_FILE: certFile,
  TILLGATE_SERVER_KEY_FILE: keyFile,
})

const cert = 'TILLGATE_SERVER_CERT_FILE'
const key = 'TILLGATE_SERVER_KEY_FILE'
const isClients = { profile: 'terminal' } as const

const wrong: readonly [string, string, RegExp, () => Promise<Pick<MadeServer, 'cert' | 'key'>>][] =
  [
    ['no certificate', cert, /PEM/, async () => ({ ...good, cert: 'rubbish' })],
    ['no key', key, /unencrypted private key/, async () => ({ ...good, key: 'rubbish' })],
    [
      'another key',
      key,
      /private key of/,
      async () => ({ ...good, key: (await ca.server(['x'])).key }),
    ],
    ['ended', cert, /ended/, () => ca.server(['tillgate.test'], { from: -9, until: -1 })],
    ['not begun', cert, /begun/, () => ca.server(['tillgate.test'], { from: 1 })],
    ['a client', cert, /server cert/, () => ca.server(['tillgate.test'], { profile: isClients })],
    ['a CA', cert, /a CA's/, () => ca.server(['tillgate.test'], { profile: { profile: 'ca' } })],
    ['other names', cert, /tillgate\.test/, () => ca.server(['localhost'])],
    ['no root', cert, /root CA/, async () => ({ ...good, cert: good.leaf.toString() })],
  ]

test.each(wrong)('a start with %s is refused by %s', async (_what, variable, rule, make) => {
  const files = filesIn(tempFolder('wrong'))
  putFiles(files, await make())
  const child = launch(settings(files))
  expect((await child.ended).code).toBe(1)
  const [line = ''] = child
    .stderr()
    .split('\n')
    .filter((text) => text.startsWith('tillgate: '))
  expect(line).toMatch(new RegExp(`^tillgate: ${variable} `))
  expect(line).toMatch(rule)
})

test('a file that is not there is refused by its variable', async () => {
  const files = filesIn(tempFolder('missing'))
  putFiles(files, good)
  const child = launch({ ...settings(files), TILLGATE_SERVER_KEY_FILE: '/nowhere/at/all' })
  expect((await child.ended).code).toBe(1)
  expect(child.stderr()).toMatch(/^tillgate: TILLGATE_SERVER_KEY_FILE names a file that can't/m)
})

test('a root that stands in a file of its own will do', async () => {
  const folder = tempFolder('root-apart')
  const files = filesIn(folder)
  putFiles(files, { ...good, cert: good.leaf.toString() })
  const caFile = join(folder, 'root.pem')
  writeFileSync(caFile, ca.pem)
  const ready = await readyOf(launch({ ...settings(files), TILLGATE_SERVER_CA_FILE: caFile }))
  expect((await ask(ready, '/ca.pem', { ca: ca.pem })).text).toBe(ca.pem)
})

const shown = (socket: TLSSocket): string =>
  new X509Certificate(socket.getPeerCertificate().raw).fingerprint256

const open = async ({ ports }: Ready): Promise<TLSSocket> => {
  const at = { host: '127.0.0.1', port: ports.api, servername: 'localhost', ca: ca.pem }
  const socket = connect(at)
  await once(socket, 'secureConnect')
  return socket
}

const reasons = async (ready: Ready): Promise<readonly string[]> => {
  const { status, text } = await ask(ready, '/readyz', { ca: ca.pem })
  expect(status).toBe(200)
  return (JSON.parse(text) as { readonly reasons: readonly string[] }).reasons
}

test('SIGHUP reads the files again: open connections stay, what is spoiled is not taken', async () => {
  const files = filesIn(tempFolder('sighup'))
  putFiles(files, good)
  const child = launch(settings(files))
  const ready = await readyOf(child)
  const standing = await open(ready)
  const next = await ca.server(['tillgate.test', 'localhost'])
  putFiles(files, next)
  child.process.kill('SIGHUP')
  const showsNext = async (): Promise<boolean> => {
    const socket = await open(ready)
    const seen = shown(socket)
    socket.destroy()
    return seen === next.leaf.fingerprint256
  }
  await waitFor(showsNext, { what: 'the new certificate' })
  standing.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')
  const [answer] = (await once(standing, 'data')) as [Buffer]
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 200/)
  standing.destroy()

  writeFileSync(files.keyFile, 'rubbish')
  child.process.kill('SIGHUP')
  await waitFor(async () => (await reasons(ready)).length > 0, { what: 'a reason' })
  expect(await reasons(ready)).toEqual([
    'server certificate: what the files hold can not be shown (key: must hold an unencrypted private key in PEM)',
  ])
  expect(child.stderr()).toContain('can not be shown, the one before stays')
  expect(await showsNext()).toBe(true)
  const token = ready.adminToken!
  const metrics = (await ask(ready, '/metrics', { ca: ca.pem, token })).text
  expect(metrics).toMatch(/^tillgate_server_certificate_current 0$/m)
  const ends = Date.parse(next.leaf.validTo) / 1_000
  const gauge = 'tillgate_server_certificate_end_timestamp_seconds'
  expect(metrics).toContain(`${gauge} ${String(ends)}\n`)

  putFiles(files, next)
  child.process.kill('SIGHUP')
  await waitFor(async () => (await reasons(ready)).length === 0, { what: 'no reason' })
})
