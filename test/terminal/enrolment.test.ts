// Enrolment against an API of a few lines: what the terminal believes, keeps and repeats.
import {
  createMemoryFlash,
  createPrng,
  enrol,
  EnrolmentFailed,
  isEnrolled,
  makeCsr,
  manufacture,
  manufactureKeyOf,
  nodeCrypto,
  startHost,
  systemClock,
  systemEntropy,
  systemTimers,
  type MemoryFlash,
} from '@tillgate/device-sim'
import { generatePrivateKey, nodePrimitives } from '@tillgate/protocol/node'
import { createHash, X509Certificate } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tempFolder, testWith } from '../ground/index.js'
import { makeSigners, signerListOf } from './signers.js'
import { sn } from './world.js'

const signers = makeSigners()
const stranger = readFileSync(new URL('./stranger-ca.pem', import.meta.url), 'utf8')

let server: Server
let apiUrl = ''
let ca = ''
let token = ''
const asked: { csr: string; token: string }[] = []
let answer: () => { status: number; body: unknown }
let shownCa = ''

const good = (): { status: number; body: Record<string, unknown> } => ({
  status: 201,
  body: {
    sn,
    clientId: sn,
    assetEpoch: 4,
    certificate: ca,
    chain: ca,
    serverCa: ca,
    signerList: Buffer.from(signerListOf(signers, 3)).toString('base64'),
    offlineRoot: Buffer.from(signers.root.spki).toString('base64'),
    topics: {},
    endpoint: { mqtts: 'mqtts://tillgate:8883', wss: 'wss://tillgate:8884/mqtt' },
  },
})

const hashOf = (pem: string): string =>
  createHash('sha256').update(new X509Certificate(pem).raw).digest('hex')

beforeAll(async () => {
  const folder = tempFolder('enrolment')
  const host = await startHost({
    folder,
    clock: systemClock,
    timers: systemTimers,
    entropy: systemEntropy,
    crypto: nodePrimitives,
  })
  await host.stop()
  const both = readFileSync(`${folder}/host-identity.pem`, 'utf8')
  const at = both.indexOf('-----BEGIN CERTIFICATE-----')
  ca = both.slice(at)
  shownCa = ca
  token = `tg1.${sn}.random.${hashOf(ca)}`
  server = createServer({ key: both.slice(0, at), cert: ca }, (request, response) => {
    if (request.url === '/ca.pem') return void response.end(shownCa)
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      asked.push(JSON.parse(text) as { csr: string; token: string })
      const { status, body } = answer()
      response.statusCode = status
      response.end(JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  apiUrl = `https://localhost:${String((server.address() as AddressInfo).port)}`
  answer = good
})

afterAll(() => new Promise((resolve) => void server.close(resolve)))

const blank = async (): Promise<MemoryFlash> => {
  const flash = createMemoryFlash()
  const manufactureKey = manufactureKeyOf(nodePrimitives, 'test')
  const factory = { primitives: nodePrimitives, entropy: createPrng('x'), manufactureKey }
  await manufacture({ ...factory, model: 'M' }, sn, flash)
  return flash
}

const failure = async (run: Promise<void>): Promise<string> => {
  try {
    await run
  } catch (error) {
    return error instanceof EnrolmentFailed ? error.code : String(error)
  }
  return 'enrolled'
}

describe('an enrolment', () => {
  test('keeps certificate, asset epoch, pinned root, signer list and endpoint, and an identity slot', async () => {
    const flash = await blank()
    await enrol({ sn, flash, crypto: nodeCrypto, apiUrl, token })
    const { cells, areas } = flash.durable()
    expect(isEnrolled(flash)).toBe(true)
    expect(cells.enrolment).toMatchObject({ clientId: sn, mqtts: 'mqtts://tillgate:8883' })
    expect(cells.enrolment?.offlineRoot).toEqual(signers.root.spki)
    expect(cells.signerList?.version).toBe(3)
    expect(cells.epochs).toEqual({ asset: 4, binding: 0 })
    expect(areas.slots.get('IDENTITY')).toMatchObject({ algorithm: 'EC', state: 'ACTIVE' })
    expect(nodeCrypto.openIdentity(flash.read(), cells.identity!)?.spki).toEqual(
      cells.identity?.spki,
    )
  })

  test('asks again with the same CSR when the answer was lost', async () => {
    const flash = await blank()
    const before = asked.length
    answer = () => ({ status: 503, body: { code: 'RECORDS_UNAVAILABLE' } })
    const options = { sn, flash, crypto: nodeCrypto, apiUrl, token }
    expect(await failure(enrol(options))).toBe('RECORDS_UNAVAILABLE')
    flash.powerLoss()
    answer = good
    await enrol(options)
    const [first, second] = asked.slice(before)
    expect(second!.csr).toBe(first!.csr)
    expect(flash.durable().cells.nextIdentity).toBeUndefined()
  })

  test('sends nothing to a server whose CA the token does not name', async () => {
    const flash = await blank()
    const before = asked.length
    shownCa = stranger
    expect(await failure(enrol({ sn, flash, crypto: nodeCrypto, apiUrl, token }))).toBe('CA')
    // A stranger who shows the true CA has no certificate of it.
    const forged = `tg1.${sn}.random.${hashOf(stranger)}`
    expect(await failure(enrol({ sn, flash, crypto: nodeCrypto, apiUrl, token: forged }))).not.toBe(
      'enrolled',
    )
    shownCa = ca
    expect(asked.length).toBe(before)
  })

  test.each([
    ['for another terminal', { sn: 'OTHER' }, 'WRONG_TARGET'],
    [
      'with a signer list of another root',
      { signerList: Buffer.from(signerListOf(makeSigners(), 1)).toString('base64') },
      'BAD_SIGNATURE',
    ],
    ['without a certificate', { certificate: 'none' }, 'BadAnswer'],
    ['with a root that is no key', { offlineRoot: 'AAAA' }, 'BadAnswer'],
  ])('believes no answer %s', async (_, change, code) => {
    const flash = await blank()
    answer = () => ({ status: 201, body: { ...good().body, ...change } })
    expect(await failure(enrol({ sn, flash, crypto: nodeCrypto, apiUrl, token }))).toContain(code)
    answer = good
    expect(isEnrolled(flash)).toBe(false)
  })

  test('takes the root in PEM as well', async () => {
    const flash = await blank()
    const text = Buffer.from(signers.root.spki).toString('base64')
    const offlineRoot = `-----BEGIN PUBLIC KEY-----\n${text}\n-----END PUBLIC KEY-----\n`
    answer = () => ({ status: 200, body: { ...good().body, offlineRoot } })
    await enrol({ sn, flash, crypto: nodeCrypto, apiUrl, token })
    answer = good
    expect(flash.durable().cells.enrolment?.offlineRoot).toEqual(signers.root.spki)
  })
})

describe('a CSR', () => {
  testWith(['openssl'], 'of an EC or RSA key is one that openssl verifies', () => {
    for (const alg of ['ES256', 'PS256'] as const) {
      const der = makeCsr(generatePrivateKey(alg), 'PAX-A920.0-17')
      const options = ['req', '-inform', 'DER', '-noout', '-verify', '-subject']
      const text = execFileSync('openssl', options, { input: der, stdio: ['pipe', 'pipe', 'pipe'] })
      expect(text.toString()).toMatch(/CN ?= ?PAX-A920\.0-17/)
    }
  })
})
