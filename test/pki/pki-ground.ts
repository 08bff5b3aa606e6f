// A PKI on records in memory and a folder of its own, with a clock that a test turns; and requests for
// certificates as terminals make them.
import 'reflect-metadata'
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509'
import { webcrypto } from 'node:crypto'
import { openInlineSqliteRecords } from '../../gateway/src/adapters/records/sqlite/open-inline-sqlite-records.js'
import {
  systemClock,
  systemEntropy,
  systemIds,
  systemTimers,
} from '../../gateway/src/adapters/system/index.js'
import { threadPoolVerifier } from '../../gateway/src/adapters/verifier/index.js'
import { operations, type Operations } from '../../gateway/src/core/operations/catalogue.js'
import type { Log } from '../../gateway/src/core/ports/log.js'
import type { Records } from '../../gateway/src/core/ports/records.js'
import { openPki, openSealer, type Pki, type PkiConfig } from '../../gateway/src/pki/index.js'
import { tempFolder } from '../ground/index.js'

export const day = 24 * 3_600_000

export interface TurnedClock {
  nowMs: number
  now(): number
  monotonic(): number
}

export const turnedClock = (): TurnedClock => ({
  nowMs: systemClock.now(),
  now() {
    return this.nowMs
  },
  monotonic() {
    return this.nowMs
  },
})

/** With the operations of the catalogue, or with a test's own beside them. */
export const openRecords = <T extends Operations>(more?: T): Records & { wipe(): void } =>
  openInlineSqliteRecords({
    file: ':memory:',
    clock: systemClock,
    timers: systemTimers,
    operations: more ?? operations,
  })

export interface Lines extends Log {
  readonly lines: string[]
}

export const keptLog = (): Lines => {
  const lines: string[] = []
  const keep = (message: string): void => void lines.push(message)
  return { lines, debug: keep, info: keep, warn: keep, error: keep }
}

export interface Machine {
  readonly records: Records
  readonly clock: TurnedClock
  readonly log: Lines
  readonly dataFolder: string
}

export const newMachine = (records: Records): Machine => ({
  records,
  clock: turnedClock(),
  log: keptLog(),
  dataFolder: tempFolder('pki'),
})

export const endpoint = { mqtts: 'mqtts://gateway.test:8883', wss: 'wss://gateway.test:8884/mqtt' }

/** A start: what a node does before it listens. */
export const start = async (
  machine: Machine,
  config: Partial<PkiConfig> = {},
  sealing: { readonly value?: string; readonly file?: string } = {},
): Promise<Pki> => {
  const { records, clock, log, dataFolder } = machine
  const sealer = await openSealer(
    { dataFolder, ...sealing },
    { records, log, entropy: systemEntropy },
  )
  return openPki(
    {
      dataFolder,
      server: { names: ['localhost'], addresses: ['127.0.0.1'] },
      endpoint: () => endpoint,
      ...config,
    },
    {
      records,
      sealer,
      verifier: threadPoolVerifier(),
      clock,
      entropy: systemEntropy,
      ids: systemIds,
      log,
    },
  )
}

export const registerTerminal = async (records: Records, sn: string): Promise<void> => {
  const answer = await records.submit('register-terminal', {
    sn,
    vendor: 'Acme',
    model: 'P1',
    tusn: null,
    assetEpoch: 1,
    actor: 'test',
    atMs: 1,
  })
  if (!answer.ok) throw new Error(answer.code)
}

export type KeyKind = 'EC' | 'RSA'

const algorithms = {
  EC: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  RSA: {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  },
} as const

export type Keys = webcrypto.CryptoKeyPair

export const makeKeys = (kind: KeyKind): Promise<Keys> =>
  webcrypto.subtle.generateKey(algorithms[kind], true, ['sign', 'verify']) as Promise<Keys>

export interface MadeCsr {
  readonly pem: string
  readonly der: Uint8Array
  readonly keys: Keys
}

export const makeCsr = async (sn: string | undefined, kind: KeyKind = 'EC'): Promise<MadeCsr> => {
  const keys = await makeKeys(kind)
  return csrFor(sn, keys)
}

export const csrFor = async (sn: string | undefined, keys: Keys): Promise<MadeCsr> => {
  const csr = await Pkcs10CertificateRequestGenerator.create(
    {
      ...(sn === undefined ? {} : { name: [{ CN: [sn] }] }),
      keys,
      signingAlgorithm: { name: keys.privateKey.algorithm.name, hash: 'SHA-256' },
    },
    webcrypto,
  )
  return { pem: csr.toString('pem'), der: new Uint8Array(csr.rawData), keys }
}

export const pkcs8Pem = async (keys: Keys): Promise<string> => {
  const der = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n')
}

export const newToken = async (
  pki: Pki,
  sn: string,
  nowMs: number,
  more: { readonly reenrol?: boolean; readonly lifeMs?: number } = {},
): Promise<string> => {
  const { reenrol = false, ...rest } = more
  const answer = await pki.enrolment.createToken({ sn, reenrol, actor: 'ops', nowMs, ...rest })
  if (!answer.ok || answer.token === undefined) throw new Error(JSON.stringify(answer))
  return answer.token
}

export const eventsOf = async (records: Records): Promise<readonly string[]> => {
  const events = await records.read('events', { afterId: 0, limit: 1_000 })
  return events.map(({ kind }) => kind)
}
