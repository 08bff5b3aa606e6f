/**
 * What the host keeps beside its file: a self-made certificate for clients to pin, the API's token,
 * and the manufacture key from which every terminal's master key comes. Made at the first start,
 * kept afterwards. All of it is play money: a folder of the simulator, never of an acquirer.
 */
import 'reflect-metadata'
import { createHash, webcrypto } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { fromHex, toHex } from '@tillgate/protocol'
import {
  BasicConstraintsExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import type { Clock, Entropy } from '../system/system.js'
import { manufactureKeyOf } from './working-keys.js'
import type { KeyCrypto } from './working-keys.js'

export interface HostIdentity {
  readonly certificatePem: string
  readonly keyPem: string
}

export interface HostFolder extends HostIdentity {
  readonly token: string
  readonly manufactureKey: Uint8Array
}

export interface HostFolderOptions {
  readonly folder: string
  readonly seed: string | number | undefined
  readonly identity: HostIdentity | undefined
  /** Names and addresses in the certificate. */
  readonly hostNames: readonly string[]
  readonly clock: Clock
  readonly entropy: Entropy
  readonly crypto: KeyCrypto
}

const secretMode = 0o600
const tokenBytes = 32
const certificateMs = 10 * 365 * 86_400_000
/** Before now, for terminals whose clock is behind. */
const backdatedMs = 86_400_000

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

const writeSynced = async (path: string, text: string): Promise<void> => {
  const handle = await open(path, 'wx', secretMode)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const readOrMake = async (path: string, make: () => Promise<string> | string): Promise<string> => {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (!isMissing(error)) throw error
    const made = await make()
    await writeSynced(path, made)
    return made
  }
}

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

export type IdentityOptions = Pick<HostFolderOptions, 'hostNames' | 'clock' | 'entropy'>

/** A self-made certificate, to be pinned. */
export const makeIdentity = async (options: IdentityOptions): Promise<HostIdentity> => {
  const keys = await webcrypto.subtle.generateKey(ecdsa, true, ['sign', 'verify'])
  const names = options.hostNames.map((name) =>
    isIP(name) === 0
      ? ({ type: 'dns', value: name } as const)
      : ({ type: 'ip', value: name } as const),
  )
  const now = options.clock.now()
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: `01${toHex(options.entropy.bytes(8))}`,
      name: 'CN=Tillgate simulated acquirer host',
      notBefore: new Date(now - backdatedMs),
      notAfter: new Date(now + certificateMs),
      keys,
      signingAlgorithm: ecdsa,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new SubjectAlternativeNameExtension(names),
      ],
    },
    webcrypto,
  )
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  return {
    certificatePem: `${certificate.toString('pem')}\n`,
    keyPem: `${PemConverter.encode(pkcs8, 'PRIVATE KEY')}\n`,
  }
}

/** One file for both, so that a crash in between leaves no key without its certificate. */
const identityFrom = async (options: HostFolderOptions): Promise<HostIdentity> => {
  if (options.identity !== undefined) return options.identity
  const path = join(options.folder, 'host-identity.pem')
  const text = await readOrMake(path, async () => {
    const made = await makeIdentity(options)
    return made.keyPem + made.certificatePem
  })
  const at = text.indexOf('-----BEGIN CERTIFICATE-----')
  if (at < 0) throw new Error(`${path}: no certificate in it; remove the file to have a new one`)
  return { keyPem: text.slice(0, at), certificatePem: text.slice(at) }
}

const manufactureKeyFrom = async (options: HostFolderOptions): Promise<Uint8Array> => {
  const { seed, crypto, entropy, folder } = options
  const wanted = seed === undefined ? undefined : toHex(manufactureKeyOf(crypto, seed))
  const path = join(folder, 'manufacture.key')
  const kept = await readOrMake(path, () => wanted ?? toHex(entropy.bytes(32)))
  const key = fromHex(kept.trim())
  if (key?.length !== 32) throw new Error(`${path}: not a key`)
  if (wanted !== undefined && wanted !== kept.trim()) {
    throw new Error(`${path}: made from another seed; give that one, or another folder`)
  }
  return key
}

export const openHostFolder = async (options: HostFolderOptions): Promise<HostFolder> => {
  const { folder, entropy } = options
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const identity = await identityFrom(options)
  const manufactureKey = await manufactureKeyFrom(options)
  const token = await readOrMake(join(folder, 'host-token'), () => toHex(entropy.bytes(tokenBytes)))
  return { ...identity, manufactureKey, token: token.trim() }
}

/** Compares hashes, so neither length nor content of the token shows in the time it takes. */
export const tokenCheck = (crypto: KeyCrypto, token: string): ((given: string) => boolean) => {
  const hashOf = (text: string): Uint8Array =>
    new Uint8Array(createHash('sha256').update(text).digest())
  const right = hashOf(token)
  return (given) => crypto.equal(hashOf(given), right)
}
