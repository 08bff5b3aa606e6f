/**
 * The one key that opens the vault: given as a value (from the environment), or in a file, or made
 * once in the data folder where nothing is given. It is never made where something is sealed already:
 * a new key could open none of it and would only hide that the old one is missing.
 */
import { fromHex, toHex } from '@tillgate/protocol'
import { join } from 'node:path'
import type { Log } from '../core/ports/log.js'
import type { Records } from '../core/ports/records.js'
import type { Entropy } from '../core/ports/system.js'
import { pkiLimits } from './limits.js'
import { PkiRefused } from './refused.js'
import { createSealer, type Sealer } from './sealing.js'
import { makeSecretFile, readSecretFile } from './secret-file.js'

export interface SealingConfig {
  /** 32 bytes as hex or base64; wins over a file. */
  readonly value?: string
  /** A file with the same; wins over the data folder. */
  readonly file?: string
  /** Where `sealing.key` is made when nothing is given. */
  readonly dataFolder: string
}

export const sealingKeyFile = 'sealing.key'

const parseKey = (text: string, source: string): Uint8Array => {
  const trimmed = text.trim()
  const base64 = /^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)
    ? new Uint8Array(Buffer.from(trimmed, 'base64'))
    : undefined
  const key = trimmed.length === 2 * pkiLimits.sealingKeyBytes ? fromHex(trimmed) : base64
  if (key?.length === pkiLimits.sealingKeyBytes) return key
  throw new PkiRefused(
    'SEALING_KEY_MALFORMED',
    `The sealing key from ${source} is not 32 bytes in hex or base64. ` +
      'Make one with: openssl rand -hex 32',
  )
}

const given = (config: SealingConfig): Uint8Array | undefined => {
  if (config.value !== undefined) return parseKey(config.value, 'the environment')
  if (config.file === undefined) return undefined
  const text = readSecretFile(config.file)
  if (text === undefined) {
    throw new PkiRefused(
      'SEALING_KEY_MISSING',
      `The sealing key file ${config.file} is not there. Put it back, or mount it where the ` +
        'configuration says.',
    )
  }
  return parseKey(text, config.file)
}

interface Machine {
  readonly records: Records
  readonly entropy: Entropy
  readonly log: Log
}

const kept = async (config: SealingConfig, { records, entropy, log }: Machine) => {
  const path = join(config.dataFolder, sealingKeyFile)
  const text = readSecretFile(path)
  if (text !== undefined) return parseKey(text, path)
  const entries = await records.read('vault-entries', {})
  if (entries.some((entry) => entry.sealedPart !== null)) {
    throw new PkiRefused(
      'SEALING_KEY_MISSING',
      `The vault is sealed and its key is not there. Put ${path} back from your backup, or give the ` +
        'key through the environment. Without it the private keys can not be read again.',
    )
  }
  makeSecretFile(path, `${toHex(entropy.bytes(pkiLimits.sealingKeyBytes))}\n`)
  log.warn(
    'A sealing key was made. Back it up apart from the records: who has both has every key.',
    {
      file: path,
    },
  )
  return parseKey(readSecretFile(path) ?? '', path)
}

/** The key as it is given or kept, for who only looks: makes none. Undefined where there is none. */
export const readSealer = (config: SealingConfig, entropy: Entropy): Sealer | undefined => {
  const path = join(config.dataFolder, sealingKeyFile)
  const text = readSecretFile(path)
  const key = given(config) ?? (text === undefined ? undefined : parseKey(text, path))
  return key === undefined ? undefined : createSealer(key, entropy)
}

export const openSealer = async (config: SealingConfig, machine: Machine): Promise<Sealer> =>
  createSealer(given(config) ?? (await kept(config, machine)), machine.entropy)
