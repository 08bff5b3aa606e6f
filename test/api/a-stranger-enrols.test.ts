import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'vitest'
import {
  findSigner,
  openSignerList,
  parseDownlink,
  parseEnvelope,
  verifySignature,
  type Parsed,
} from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'
import { tempFolder, testWith } from '../ground/index.js'
import { launch, readyOf } from './start-tillgate.js'

const readme = fileURLToPath(new URL('../../admin-api/README.md', import.meta.url))

/** The lines that the README shows, so that what it shows is what works. */
const linesOfReadme = (): string => {
  const text = readFileSync(readme, 'utf8')
  const found = /<!-- run by test\/api\/a-stranger-enrols[^\n]*\n```sh\n([\s\S]*?)```/.exec(text)
  expect(found).not.toBeNull()
  return found![1]!
}

const run = promisify(execFile)

const valueOf = <T>(parsed: Parsed<T>): T => {
  if (!parsed.ok) throw new Error(`${parsed.code} ${parsed.field} ${parsed.rule}`)
  return parsed.value
}

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))

testWith(
  ['curl', 'openssl', 'mosquitto_sub', 'sh'],
  'a stranger with curl, openssl and mosquitto_sub enrols, connects and is sent a signed HelloRequest',
  async () => {
    const ready = await readyOf(launch({ TILLGATE_DATA: tempFolder('stranger-data') }))
    const folder = tempFolder('stranger')
    await run('sh', ['-euc', linesOfReadme()], {
      cwd: folder,
      timeout: 60_000,
      env: {
        PATH: process.env['PATH'],
        API: `https://localhost:${String(ready.ports.api)}`,
        MQTTS: String(ready.ports.mqtts),
        TOKEN: ready.adminToken,
      },
    })
    const enrolment = JSON.parse(readFileSync(join(folder, 'enrolment.json'), 'utf8')) as {
      readonly signerList: string
      readonly offlineRoot: string
    }
    const p = nodePrimitives
    const root = p.importPublicKey(bytesOf(enrolment.offlineRoot), 'ES256')!
    const list = valueOf(openSignerList(p, root, bytesOf(enrolment.signerList)))
    const received = new Uint8Array(readFileSync(join(folder, 'hello-request.bin')))
    const { body, auth } = valueOf(parseEnvelope(received))
    const downlink = valueOf(parseDownlink(body))
    expect(downlink.sn).toBe('STRANGER-1')
    expect(downlink.message.kind).toBe('helloRequest')
    if (auth?.kind !== 'signature') throw new Error('a HelloRequest must be signed')
    const timeMs = Date.now()
    const signer = valueOf(findSigner(list, { kid: auth.kid, purpose: 'ordinary', timeMs }))
    const key = p.importPublicKey(signer.publicKey, auth.alg)!
    expect(verifySignature(p, key, 'ordinary', body, auth)).toBe(true)
  },
  90_000,
)
