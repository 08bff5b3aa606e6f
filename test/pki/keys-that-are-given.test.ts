import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { offlineRootFile } from '../../gateway/src/pki/index.js'
import { tempFolder, testWith } from '../ground/index.js'
import {
  makeCsr,
  makeKeys,
  newMachine,
  newToken,
  openRecords,
  pkcs8Pem,
  registerTerminal,
  start,
  type KeyKind,
  type Machine,
} from './pki-ground.js'

let machine: Machine

beforeEach(() => {
  machine = newMachine(openRecords())
})
afterEach(() => machine.records.close())

const keyFile = async (name: string, kind: KeyKind = 'EC'): Promise<string> => {
  const path = join(tempFolder('given'), name)
  writeFileSync(path, await pkcs8Pem(await makeKeys(kind)), { mode: 0o600 })
  return path
}

describe('a command signer that is given', () => {
  it('is taken at the first start, goes on as the same, and is not changed behind the list', async () => {
    const ordinary = await keyFile('ordinary.pem')
    const pki = await start(machine, { signers: { givenFiles: { ordinary } } })
    const again = await start(machine, { signers: { givenFiles: { ordinary } } })
    expect(again.signerKeys.ordinary.spki).toEqual(pki.signerKeys.ordinary.spki)
    expect((await start(machine)).signerKeys.ordinary.spki).toEqual(pki.signerKeys.ordinary.spki)
    const other = await keyFile('other.pem')
    await expect(
      start(machine, { signers: { givenFiles: { ordinary: other } } }),
    ).rejects.toMatchObject({ code: 'GIVEN_KEY_DIFFERS' })
  })

  it('is refused when its file is no key, or is not there', async () => {
    const path = join(tempFolder('given'), 'x.pem')
    const given = { signers: { givenFiles: { receipt: path } } }
    await expect(start(machine, given)).rejects.toMatchObject({ code: 'CONFIG' })
    writeFileSync(path, 'no key')
    await expect(start(machine, given)).rejects.toMatchObject({ code: 'GIVEN_KEY_UNFIT' })
  })

  it('may be of another algorithm than the others', async () => {
    const checkpoint = await keyFile('checkpoint.pem', 'RSA')
    const config = { signers: { algorithm: 'ED25519' as const, givenFiles: { checkpoint } } }
    const { signerKeys } = await start(machine, config)
    const again = (await start(machine)).signerKeys
    expect([signerKeys.destructive.alg, signerKeys.checkpoint.alg]).toEqual(['ED25519', 'PS256'])
    expect(again.destructive).toMatchObject({ alg: 'ED25519', spki: signerKeys.destructive.spki })
    expect(again.checkpoint).toMatchObject({ alg: 'PS256', spki: signerKeys.checkpoint.spki })
  })
})

describe('an offline root that is given', () => {
  it('signs the first list and leaves no key in the data folder', async () => {
    const offlineRootFileGiven = await keyFile('root.pem')
    const pki = await start(machine, { offlineRootFile: offlineRootFileGiven })
    expect(existsSync(join(machine.dataFolder, offlineRootFile))).toBe(false)
    expect((await start(machine)).offlineRootSpki).toEqual(pki.offlineRootSpki)
  })
})

describe('a CA', () => {
  it('may have an RSA key, and issues for both kinds', async () => {
    const pki = await start(machine, { ca: { keyKind: 'RSA-3072' } })
    const ca = new X509Certificate(pki.ca.pem)
    expect(ca.publicKey.asymmetricKeyDetails?.modulusLength).toBe(3072)
    await registerTerminal(machine.records, 'T1')
    await registerTerminal(machine.records, 'T2')
    for (const [sn, kind] of [
      ['T1', 'RSA'],
      ['T2', 'EC'],
    ] as const) {
      const { nowMs } = machine.clock
      const token = await newToken(pki, sn, nowMs)
      const answer = await pki.enrolment.enrol({
        csrPem: (await makeCsr(sn, kind)).pem,
        token,
        nowMs,
      })
      if (!answer.ok) throw new Error(answer.rule)
      expect(new X509Certificate(answer.certificatePem).verify(ca.publicKey)).toBe(true)
    }
    const tls = new X509Certificate((await pki.serverTls()).cert)
    expect(tls.verify(ca.publicKey)).toBe(true)
  })

  testWith(['openssl'], 'may be given, and must be the same ever after', async () => {
    const folder = tempFolder('ca')
    const make = (name: string): { certificateFile: string; keyFile: string } => {
      const files = {
        certificateFile: join(folder, `${name}.pem`),
        keyFile: join(folder, `${name}.key`),
      }
      const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
      const out = ['-keyout', files.keyFile, '-out', files.certificateFile]
      const subject = [
        '-subj',
        `/C=CN/O=Acquirer/CN=${name}`,
        '-days',
        '3650',
        '-addext',
        'keyUsage=critical,keyCertSign',
      ]
      execFileSync('openssl', ['req', '-x509', ...key, ...subject, ...out], { stdio: 'ignore' })
      return files
    }
    const given = make('Acquirer CA')
    const pki = await start(machine, { ca: { given } })
    expect(new X509Certificate(pki.ca.pem).subject).toContain('CN=Acquirer CA')
    const [file, ca] = [join(folder, 'server.pem'), given.certificateFile]
    writeFileSync(file, (await pki.serverTls()).cert)
    const strict = ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', ca, file]
    expect(execFileSync('openssl', strict, { encoding: 'utf8' })).toContain('OK')
    expect((await start(machine, { ca: { given } })).ca.der).toEqual(pki.ca.der)
    const other = make('Other CA')
    await expect(start(machine, { ca: { given: other } })).rejects.toMatchObject({
      code: 'GIVEN_KEY_DIFFERS',
    })
    const mixed = { certificateFile: given.certificateFile, keyFile: other.keyFile }
    await expect(start(newMachine(openRecords()), { ca: { given: mixed } })).rejects.toMatchObject({
      code: 'GIVEN_KEY_UNFIT',
    })
  })
})
