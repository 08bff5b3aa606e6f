/**
 * The offline root: the key that signs SignerLists and nothing else. Terminals pin it at enrolment, so
 * whoever has it names the keys that may command them. Its private half never goes into the vault: it
 * lies in a file of its own until the operator takes it away, and it is only read again to sign a list.
 */
import { equalBytes, type PrivateKeyHandle } from '@tillgate/protocol'
import { exportPrivateKey, generatePrivateKey } from '@tillgate/protocol/node'
import { join } from 'node:path'
import type { Log } from '../core/ports/log.js'
import { pemEncode } from './pem.js'
import { readPrivateKey, signingKeyFrom } from './private-key-file.js'
import { makeNotice, makeSecretFile, readSecretFile, removeSecretFile } from './secret-file.js'
import type { Vault } from './vault.js'

export const offlineRootFile = 'offline-root.key'
export const offlineRootNotice = 'offline-root.TAKE-AWAY.txt'

export interface OfflineRootConfig {
  readonly dataFolder: string
  /** A private key made elsewhere (PKCS #8 PEM); read at the first start, then to be taken away. */
  readonly givenFile?: string
}

export interface OfflineRoot {
  readonly spki: Uint8Array
  /** While its file is still within reach; undefined once it has been taken away. */
  readonly key: PrivateKeyHandle | undefined
}

const notice = `${offlineRootFile} is the offline root of this Tillgate.

It signs the list of keys that may command your terminals. Tillgate needs it again only to change
that list. Take it away now:

  1. copy ${offlineRootFile} to two media that are kept apart from this machine;
  2. read it back from both;
  3. delete it here (shred -u ${offlineRootFile}), and this notice with it.

Who has it, and reaches your terminals, can command every one of them. Whoever loses it has to enrol
every terminal again when a command signer must change.
`

const readKey = (path: string): PrivateKeyHandle | undefined =>
  readSecretFile(path) === undefined ? undefined : signingKeyFrom(readPrivateKey(path), path)

/** The key to start with, and whether its file was made just now. */
const firstKey = (config: OfflineRootConfig, path: string) => {
  if (config.givenFile !== undefined) {
    const key = signingKeyFrom(readPrivateKey(config.givenFile), config.givenFile)
    return { key, made: false }
  }
  const found = readKey(path)
  if (found !== undefined) return { key: found, made: false }
  const key = generatePrivateKey('ES256')
  const made = makeSecretFile(path, pemEncode('PRIVATE KEY', exportPrivateKey(key)))
  return { key: made ? key : (readKey(path) ?? key), made }
}

export const ensureOfflineRoot = async (
  config: OfflineRootConfig,
  { vault, log }: { readonly vault: Vault; readonly log: Log },
): Promise<OfflineRoot> => {
  const path = join(config.dataFolder, offlineRootFile)
  const [row] = await vault.live('offline-root')
  if (row !== undefined) {
    const spki = vault.publicPart(row)
    const near = [config.givenFile, path].map((file) =>
      file === undefined ? undefined : readKey(file),
    )
    const key = near.find((candidate) => candidate && equalBytes(candidate.spki, spki))
    if (key) log.warn('The offline root key lies within reach of the gateway. Take it away.')
    return { spki, key }
  }
  // The file comes first: a root that is pinned and whose key is lost would be worthless.
  const { key, made } = firstKey(config, path)
  const entry = { name: 'offline-root/1', kind: 'offline-root', secret: null } as const
  const stored = vault.publicPart(await vault.keep({ ...entry, publicPart: key.spki }))
  if (!equalBytes(stored, key.spki)) {
    // Another node was first. Its root counts; a worthless key must not be taken away as the root.
    if (made) removeSecretFile(path)
    return { spki: stored, key: undefined }
  }
  if (config.givenFile === undefined) makeNotice(join(config.dataFolder, offlineRootNotice), notice)
  log.warn('The offline root key was made. Take it away from this machine now.', { file: path })
  return { spki: key.spki, key }
}
