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
import { createSealer, type OtherKeys, type Sealer } from './sealing.js'
import { makeSecretFile, readSecretFile, replaceSecretFile } from './secret-file.js'

export interface SealingConfig {
  /** 32 bytes as hex or base64; wins over a file. */
  readonly value?: string
  /** A file with the same; wins over the data folder. */
  readonly file?: string
  /**
   * Keys that were in force before, one a line; they open, and what lies under them is sealed anew.
   * `sealing.keys.old` in the data folder where nothing is named and it is there.
   */
  readonly oldFile?: string
  /** The key that comes next, or is in force on other nodes already: it opens, and seals nothing. */
  readonly nextFile?: string
  /** Where `sealing.key` is made when nothing is given. */
  readonly dataFolder: string
}

export const sealingKeyFile = 'sealing.key'
export const oldSealingKeysFile = 'sealing.keys.old'

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

const presentFile = (file: string): string => {
  const text = readSecretFile(file)
  if (text !== undefined) return text
  throw new PkiRefused(
    'SEALING_KEY_MISSING',
    `The sealing key file ${file} is not there. Put it back, or mount it where the ` +
      'configuration says.',
  )
}

/** Older keys and the next one; none where nothing says so. */
const othersOf = ({ dataFolder, oldFile, nextFile }: SealingConfig): OtherKeys => {
  const usual = join(dataFolder, oldSealingKeysFile)
  const olderText = oldFile === undefined ? readSecretFile(usual) : presentFile(oldFile)
  const lines = (olderText ?? '').split('\n').filter((line) => line.trim() !== '')
  return {
    older: lines.map((line) => parseKey(line, oldFile ?? usual)),
    ...(nextFile === undefined ? {} : { next: parseKey(presentFile(nextFile), nextFile) }),
  }
}

const given = (config: SealingConfig): Uint8Array | undefined => {
  if (config.value !== undefined) return parseKey(config.value, 'the environment')
  if (config.file === undefined) return undefined
  return parseKey(presentFile(config.file), config.file)
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
  return key === undefined ? undefined : createSealer(key, entropy, othersOf(config))
}

export const openSealer = async (config: SealingConfig, machine: Machine): Promise<Sealer> =>
  createSealer(given(config) ?? (await kept(config, machine)), machine.entropy, othersOf(config))

/**
 * A new key in the place of the one that the data folder keeps, which becomes an older one. It is added to
 * those first, so that a crash in between loses neither. Nodes take it up at their next start.
 */
export const rotateKeptKey = (dataFolder: string, entropy: Entropy): void => {
  const [path, oldPath] = [join(dataFolder, sealingKeyFile), join(dataFolder, oldSealingKeysFile)]
  const current = parseKey(presentFile(path), path)
  const older = readSecretFile(oldPath) ?? ''
  const line = toHex(current)
  if (!older.includes(line)) replaceSecretFile(oldPath, `${line}\n${older}`)
  replaceSecretFile(path, `${toHex(entropy.bytes(pkiLimits.sealingKeyBytes))}\n`)
}
