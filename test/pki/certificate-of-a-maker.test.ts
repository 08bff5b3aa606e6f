import 'reflect-metadata'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  X509CertificateGenerator,
  type Extension,
} from '@peculiar/x509'
import { webcrypto, X509Certificate } from 'node:crypto'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Pki } from '../../gateway/src/pki/index.js'
import {
  day,
  eventsOf,
  makeKeys,
  newMachine,
  openRecords,
  registerTerminal,
  start,
  turnedClock,
  type KeyKind,
  type Keys,
  type Machine,
} from './pki-ground.js'

const clientAuth = '1.3.6.1.5.5.7.3.2'
const serverAuth = '1.3.6.1.5.5.7.3.1'
const plain = [new BasicConstraintsExtension(false), new ExtendedKeyUsageExtension([clientAuth])]

interface Maker {
  readonly name: string
  readonly keys: Keys
  readonly pem: string
}

let serial = 1
const sign = async (
  maker: { readonly name: string; readonly keys: Keys },
  subject: string,
  keys: Keys,
  { extensions = plain as readonly Extension[], nowMs = 0, lifeMs = 365 * day } = {},
): Promise<string> => {
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: (serial++).toString(16).padStart(4, '0'),
      subject: `CN=${subject}`,
      issuer: `CN=${maker.name}`,
      notBefore: new Date(nowMs - day),
      notAfter: new Date(nowMs + lifeMs),
      publicKey: keys.publicKey,
      signingKey: maker.keys.privateKey,
      signingAlgorithm: { name: maker.keys.privateKey.algorithm.name, hash: 'SHA-256' },
      extensions: [...extensions],
    },
    webcrypto,
  )
  return certificate.toString('pem')
}

const newMaker = async (name: string, kind: KeyKind, nowMs: number): Promise<Maker> => {
  const keys = await makeKeys(kind)
  const extensions = [new BasicConstraintsExtension(true)]
  return { name, keys, pem: await sign({ name, keys }, name, keys, { extensions, nowMs }) }
}

let machine: Machine
let maker: Maker
let pki: Pki

beforeAll(async () => {
  maker = await newMaker('Acme Devices', 'RSA', turnedClock().nowMs)
})
beforeEach(async () => {
  machine = newMachine(openRecords())
  pki = await start(machine, { vendorCas: [maker.pem] })
  await registerTerminal(machine.records, 'T1')
  await registerTerminal(machine.records, 'T2')
})
afterEach(() => machine.records.close())

const register = (certificatePem: string, sn = 'T1') =>
  pki.certificates.register({ sn, certificatePem, actor: 'ops', nowMs: machine.clock.nowMs })

const made = async (more: Parameters<typeof sign>[3] = {}, keys?: Keys): Promise<string> =>
  sign(maker, 'device 4711', keys ?? (await makeKeys('EC')), {
    nowMs: machine.clock.nowMs,
    ...more,
  })

describe("a maker's certificate", () => {
  it.each<KeyKind>(['EC', 'RSA'])('with an %s key becomes an identity', async (kind) => {
    const pem = await made({}, await makeKeys(kind))
    const answer = await register(pem)
    const certificate = new X509Certificate(pem)
    const fingerprint = certificate.fingerprint256.replaceAll(':', '').toLowerCase()
    expect(answer).toEqual({ ok: true, fingerprint, replayed: false })
    const found = await machine.records.read('certificate-by-hash', {
      sha256: new Uint8Array(Buffer.from(fingerprint, 'hex')),
    })
    expect(found?.terminal.sn).toBe('T1')
    expect(found?.certificate.issuer).toBe('vendor')
    expect(pki.trusts(found!.certificate)).toBe(true)
    expect(await eventsOf(machine.records)).toContain('certificate.registered')
  })

  it('is registered once, for one terminal', async () => {
    const pem = await made()
    expect((await register(pem)).ok).toBe(true)
    for (const sn of ['T1', 'T2']) {
      expect(await register(pem, sn)).toMatchObject({ code: 'DUPLICATE', field: 'certificatePem' })
    }
  })

  it('is trusted no more once its CA is taken out of the configuration', async () => {
    await register(await made())
    const without = await start(machine)
    const [row] = await machine.records.read('certificates-of-terminal', { terminalId: 1 })
    expect(pki.trusts(row!)).toBe(true)
    expect(without.trusts(row!)).toBe(false)
  })

  it('opens the listener to its CA, beside our own', async () => {
    expect((await pki.serverTls()).clientCas).toEqual([pki.ca.pem, maker.pem])
  })

  it('is refused when nobody we trust issued it', async () => {
    const stranger = await newMaker('Acme Devices', 'EC', machine.clock.nowMs)
    const forged = await sign(stranger, 'x', await makeKeys('EC'), { nowMs: machine.clock.nowMs })
    expect(await register(forged)).toMatchObject({ code: 'VALIDATION', field: 'certificatePem' })
    // Ours come by enrolment, never by this door.
    expect(await register(pki.ca.pem)).toMatchObject({ code: 'VALIDATION' })
  })

  it('is refused as a CA, for servers only, with a key not taken here, or at its end', async () => {
    const nowMs = machine.clock.nowMs
    const ca = await made({ extensions: [new BasicConstraintsExtension(true)] })
    expect(await register(ca)).toMatchObject({ rule: 'must not be a CA' })
    const server = await made({ extensions: [new ExtendedKeyUsageExtension([serverAuth])] })
    expect(await register(server)).toMatchObject({ rule: 'must be good for client authentication' })
    const p384 = (await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, true, [
      'sign',
      'verify',
    ])) as Keys
    expect(await register(await made({}, p384))).toMatchObject({ code: 'VALIDATION' })
    const ended = await made({ nowMs: nowMs - 10 * day, lifeMs: 9 * day })
    expect(await register(ended)).toMatchObject({ rule: 'must not have ended' })
  })

  it('is refused as text of another kind', async () => {
    const pem = await made()
    for (const bad of ['', 'x', pem + pem, pem.replaceAll('CERTIFICATE', 'X509 CRL')]) {
      expect(await register(bad)).toMatchObject({ code: 'VALIDATION', field: 'certificatePem' })
    }
    expect(await register(pem + ' '.repeat(20_000))).toMatchObject({ code: 'TOO_LARGE' })
    expect(await register(pem, 'NOBODY')).toMatchObject({ code: 'NOT_FOUND', field: 'sn' })
  })
})

describe('a configured vendor CA', () => {
  it('is refused at start when it is none', async () => {
    for (const pem of ['x', await made()]) {
      await expect(start(machine, { vendorCas: [pem] })).rejects.toMatchObject({ code: 'CONFIG' })
    }
  })
})
