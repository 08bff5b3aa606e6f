/**
 * Secrets in files of their own: mode 0600, in a folder of 0700, on the disk before anybody relies on
 * them. A file is made whole under another name and linked into place, so that it is never seen half
 * written and never replaces one that is there.
 */
import {
  closeSync,
  chmodSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { pkiLimits } from './limits.js'
import { PkiRefused } from './refused.js'

const secretMode = 0o600
const folderMode = 0o700
const publicMode = 0o644

const syncFolder = (folder: string): void => {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Only its owner may look into a folder that holds secrets. */
export const ensureSecretFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: folderMode })
  if ((statSync(folder).mode & 0o777) !== folderMode) chmodSync(folder, folderMode)
}

const isThere = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST'

const writeWhole = (path: string, text: string, mode: number): void => {
  if (existsSync(path)) unlinkSync(path)
  const handle = openSync(path, 'wx', mode)
  try {
    writeFileSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

const makeFile = (path: string, text: string, mode: number): boolean => {
  const folder = dirname(path)
  const draft = `${path}.draft`
  writeWhole(draft, text, mode)
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (isThere(error)) return false
    throw error
  } finally {
    unlinkSync(draft)
    syncFolder(folder)
  }
}

/** False where there is one already; it stays as it is. */
export const makeSecretFile = (path: string, text: string): boolean => {
  ensureSecretFolder(dirname(path))
  return makeFile(path, text, secretMode)
}

/** The whole of the new text or the whole of the old one, whatever happens in between. */
export const replaceSecretFile = (path: string, text: string): void => {
  const folder = dirname(path)
  ensureSecretFolder(folder)
  const draft = `${path}.draft`
  writeWhole(draft, text, secretMode)
  renameSync(draft, path)
  syncFolder(folder)
}

/** A file beside secrets that anybody who gets into the folder may read. */
export const makeNotice = (path: string, text: string): boolean => makeFile(path, text, publicMode)

/** Undefined where there is none. */
export const readSecretFile = (path: string): string | undefined => {
  if (!existsSync(path)) return undefined
  if (statSync(path).size > pkiLimits.secretFileBytesMax) {
    throw new PkiRefused('CONFIG', `${path} is too large for a key file`)
  }
  return readFileSync(path, 'utf8')
}

/** Takes back a secret that turned out not to be in use. */
export const removeSecretFile = (path: string): void => {
  unlinkSync(path)
  syncFolder(dirname(path))
}
