// What somebody with a token may send instead of a proper certificate request. Each is refused with its
// code and field, and the token is still good afterwards.
import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Pki } from '../../gateway/src/pki/index.js'
import { tempFolder, testWith } from '../ground/index.js'
import {
  makeCsr,
  newMachine,
  newToken,
  openRecords,
  registerTerminal,
  start,
  type MadeCsr,
  type Machine,
} from './pki-ground.js'

const sn = 'T1'
let machine: Machine
let pki: Pki
let token: string
let ec: MadeCsr
let rsa: MadeCsr

beforeAll(async () => {
  machine = newMachine(openRecords())
  pki = await start(machine)
  await registerTerminal(machine.records, sn)
  token = await newToken(pki, sn, machine.clock.nowMs)
  ec = await makeCsr(sn, 'EC')
  rsa = await makeCsr(sn, 'RSA')
})
afterAll(async () => {
  // The older label means the same (RFC 7468 §7), and the token has survived all of this.
  expect((await enrol(pemOf(ec.der, 'NEW CERTIFICATE REQUEST'))).ok).toBe(true)
  await machine.records.close()
})

const enrol = (csrPem: string) => pki.enrolment.enrol({ csrPem, token, nowMs: machine.clock.nowMs })

const pemOf = (der: Uint8Array, label = 'CERTIFICATE REQUEST'): string => {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

const expectRefused = async (csrPem: string, code = 'CSR_INVALID'): Promise<void> => {
  expect(await enrol(csrPem)).toMatchObject({ ok: false, code, field: 'csrPem' })
}

describe('a request', () => {
  it('is refused with any one bit of it changed', async () => {
    for (const { der } of [ec, rsa]) {
      const step = Math.ceil(der.length / 150)
      for (let at = 0; at < der.length; at += step) {
        const changed = der.slice()
        changed[at]! ^= 0x04
        const answer = await enrol(pemOf(changed))
        expect(answer.ok, `byte ${String(at)}`).toBe(false)
      }
    }
  })

  it('is refused when it is cut anywhere, and with bytes behind it', async () => {
    for (let length = 1; length < ec.der.length; length++) {
      await expectRefused(pemOf(ec.der.subarray(0, length)))
    }
    await expectRefused(pemOf(Buffer.concat([ec.der, Buffer.from([0])])))
  })

  it("is refused with another request's signature or key", async () => {
    const other = await makeCsr(sn, 'EC')
    const spliced = other.der.slice()
    // The point stands behind the same few bytes in both.
    const keyAt = Buffer.from(ec.der).indexOf(Buffer.from('03420004', 'hex'))
    const otherKeyAt = Buffer.from(other.der).indexOf(Buffer.from('03420004', 'hex'))
    spliced.set(ec.der.subarray(keyAt, keyAt + 68), otherKeyAt)
    await expectRefused(pemOf(spliced))
  })

  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    [
      'a PEM block of noise',
      '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----',
    ],
  ])('is refused when it is %s', async (_, text) => {
    await expectRefused(text)
  })

  it('is refused under another label, and when there are two', async () => {
    await expectRefused(pemOf(ec.der, 'CERTIFICATE'))
    await expectRefused(pemOf(ec.der, 'PRIVATE KEY'))
    await expectRefused(ec.pem + ec.pem)
  })

  it('is refused as too large before it is read', async () => {
    await expectRefused(pemOf(new Uint8Array(20_000)), 'TOO_LARGE')
    await expectRefused('x'.repeat(10_000_000), 'TOO_LARGE')
    await expectRefused(pemOf(new Uint8Array(8_193)), 'TOO_LARGE')
  })
})

describe('a request made with openssl', () => {
  const made = (key: readonly string[], more: readonly string[] = [], cn = sn): string => {
    const folder = tempFolder('csr')
    const run = (...args: readonly string[]): void => {
      execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
    }
    run('genpkey', ...key, '-out', 'key.pem')
    run('req', '-new', '-key', 'key.pem', '-subj', `/CN=${cn}`, ...more, '-out', 'csr.pem')
    return readFileSync(join(folder, 'csr.pem'), 'utf8')
  }
  const rsaKey = (bits: number, ...more: string[]): string[] => [
    '-algorithm',
    'RSA',
    '-pkeyopt',
    `rsa_keygen_bits:${String(bits)}`,
    ...more,
  ]
  const curve = (name: string): string[] => [
    '-algorithm',
    'EC',
    '-pkeyopt',
    `ec_paramgen_curve:${name}`,
  ]

  const refused: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['an RSA key of 1024 bits', rsaKey(1024), []],
    ['an RSA key of an odd size', rsaKey(2056), []],
    ['an RSA key with the exponent 3', rsaKey(2048, '-pkeyopt', 'rsa_keygen_pubexp:3'), []],
    ['a key on P-384', curve('P-384'), []],
    ['a key on secp256k1', curve('secp256k1'), []],
    [
      'an EC key with its curve spelled out',
      [...curve('P-256'), '-pkeyopt', 'ec_param_enc:explicit'],
      [],
    ],
    ['an Ed25519 key', ['-algorithm', 'ED25519'], []],
    ['a SHA-1 signature', rsaKey(2048), ['-sha1']],
    ['a PSS signature', rsaKey(2048), ['-sigopt', 'rsa_padding_mode:pss']],
  ]
  for (const [what, key, more] of refused) {
    testWith(['openssl'], `is refused for ${what}`, async () => {
      await expectRefused(made(key, more))
    })
  }

  testWith(
    ['openssl'],
    'may be signed with SHA-512 and carry attributes and extensions',
    async () => {
      const extensions = ['-sha512', '-addext', 'subjectAltName=DNS:evil.test']
      await registerTerminal(machine.records, 'T2')
      const { nowMs } = machine.clock
      const second = await newToken(pki, 'T2', nowMs)
      const csrPem = made(curve('P-256'), extensions, 'T2')
      const answer = await pki.enrolment.enrol({ csrPem, token: second, nowMs })
      if (!answer.ok) throw new Error(answer.rule)
      // Nothing but the public key is taken from a request.
      expect(new X509Certificate(answer.certificatePem).subjectAltName).toBeUndefined()
    },
  )
})
