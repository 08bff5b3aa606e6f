import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  findSigner,
  openSignerList,
  parseDownlink,
  parseEnvelope,
  verifySignature,
  type Parsed,
} from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'
import { expect } from 'vitest'

import { blocksRunBy, projectRoot } from '../api/readme-lines.js'
import { launch, readyOf } from '../api/start-tillgate.js'
import { tempFolder, testWith } from '../ground/index.js'

const p = nodePrimitives
const run = promisify(execFile)
const sn = 'STRANGER-1'

const valueOf = <T>(parsed: Parsed<T>): T => {
  if (!parsed.ok) throw new Error(`${parsed.code} ${parsed.field} ${parsed.rule}`)
  return parsed.value
}

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))

/** What mosquitto_sub wrote, against nothing but what the enrolment gave. */
const expectSignedHelloRequest = (folder: string): void => {
  const enrolment = JSON.parse(readFileSync(join(folder, 'enrolment.json'), 'utf8')) as {
    readonly signerList: string
    readonly offlineRoot: string
  }
  const root = p.importPublicKey(bytesOf(enrolment.offlineRoot), 'ES256')!
  const list = valueOf(openSignerList(p, root, bytesOf(enrolment.signerList)))
  const received = new Uint8Array(readFileSync(join(folder, 'hello-request.bin')))
  const { body, auth } = valueOf(parseEnvelope(received))
  const downlink = valueOf(parseDownlink(body))
  expect(downlink).toMatchObject({ sn, message: { kind: 'helloRequest' } })
  if (auth?.kind !== 'signature') throw new Error('a HelloRequest must be signed')
  const timeMs = Date.now()
  const signer = valueOf(findSigner(list, { kid: auth.kid, purpose: 'ordinary', timeMs }))
  const key = p.importPublicKey(signer.publicKey, auth.alg)!
  expect(verifySignature(p, key, 'ordinary', body, auth)).toBe(true)
}

interface Told {
  readonly state: string
  readonly resultCode: string
  readonly ledger: readonly { readonly kind: string }[]
}

testWith(
  ['curl', 'openssl', 'mosquitto_sub', 'sh', 'od', 'sed'],
  'the README’s lines enrol a stranger, who is sent a signed HelloRequest, says Hello and answers a SelfTest',
  async () => {
    const blocks = blocksRunBy('test/e2e/a-stranger-with-curl-and-mosquitto.test.ts', 'README.md')
    expect(blocks).toHaveLength(4)
    const ready = await readyOf(launch({ TILLGATE_DATA: tempFolder('stranger-data') }))
    const folder = tempFolder('stranger')
    // What the README has its reader set: where Tillgate is, and the token that `npm start` printed.
    const env = {
      PATH: process.env['PATH'],
      API: ready.apiUrl,
      MQTT_PORT: String(ready.ports.mqtts),
      TOKEN: ready.adminToken,
      TILLGATE: projectRoot,
    }
    const shell = (lines: string, more = {}) =>
      run('sh', ['-euc', lines], { cwd: folder, timeout: 100_000, env: { ...env, ...more } })

    const { stdout } = await shell(blocks.join('\n'))
    expectSignedHelloRequest(folder)
    expect(stdout).toContain('this is the CA that the token names\n')
    expect(stdout).toContain('hello\nwelcome\nself-test answered\n')
    const told = JSON.parse(stdout.trim().split('\n').at(-1)!) as Told
    expect(told).toMatchObject({ state: 'done', resultCode: 'OK' })
    expect(told.ledger.map(({ kind }) => kind)).toContain('command.published')

    // The README says: MQTT 3.1.1 does as well, and nothing comes before its time.
    const listening = blocks[2]!.replace('-V mqttv5', '-V mqttv311')
    expect(listening).not.toBe(blocks[2])
    const begun = performance.now()
    await shell(`rm hello-request.bin\n${listening}`, { SN: sn })
    expect(performance.now() - begun).toBeGreaterThan(5_000)
    expectSignedHelloRequest(folder)
  },
  180_000,
)
