/**
 * The host's file: one record a line, `<crc32> <number> <json>`, appended and synced before any
 * answer leaves. What waits is written together (no timer: the next write takes what came during the
 * last). A torn last line is cut when the file is read; damage before a good line is refused, never
 * repaired. After a failed write or sync nothing more is taken: what the disk holds is then unknown.
 */
import { open, readFile, rename, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { applyRecord } from './apply.js'
import { hostLimits } from './limits.js'
import { formatLine, header, readLines } from './record-lines.js'
import type { HostRecord } from './records.js'
import { emptyState } from './state.js'
import type { HostState } from './state.js'

export const hostFileName = 'host.journal'

export type HostFileCode = 'corrupt' | 'newer' | 'foreign' | 'failed' | 'closed'

/** `corrupt`, `newer`, `foreign`: at start, with what to do. The others: while running. */
export class HostFileError extends Error {
  readonly code: HostFileCode

  constructor(code: HostFileCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'HostFileError'
    this.code = code
  }
}

/** Where records go; resolves when they, and all before them, are on the disk. */
export interface HostJournal {
  /** Asked before anything is decided: too much waits for the disk, or it has failed. */
  isClogged(): boolean
  append(records: readonly HostRecord[]): Promise<void>
  close(): Promise<void>
}

export interface LoadedHostFile {
  readonly state: HostState
  /** The last record's number; 0 where there is none. */
  readonly lastNumber: number
  readonly records: number
  /** Up to here the file is good. */
  readonly goodBytes: number
  /** Cut off at the end: written when the power went, never answered. */
  readonly tornBytes: number
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** Reads without changing anything: also a file that a running host writes. Undefined: no file. */
export const readHostFile = async (path: string): Promise<LoadedHostFile | undefined> => {
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
  const lines = readLines(bytes)
  if (!lines.ok) {
    const advice = `${path}: ${lines.detail}. Move the folder away, or give back a good copy.`
    throw new HostFileError(lines.code, advice)
  }
  const state = emptyState()
  for (const record of lines.records) applyRecord(state, record)
  const { lastNumber, goodBytes } = lines
  const tornBytes = bytes.length - goodBytes
  return { state, lastNumber, records: lines.records.length, goodBytes, tornBytes }
}

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Written beside and renamed: the file is the old one or the new one, never half of either. */
const replaceFile = async (
  path: string,
  records: readonly HostRecord[],
): Promise<{ readonly bytes: number }> => {
  const beside = `${path}.new`
  const handle = await open(beside, 'w', 0o600)
  let bytes = 0
  try {
    const chunk: string[] = [header]
    const flush = async (): Promise<void> => {
      const written = Buffer.from(chunk.splice(0).join(''))
      bytes += written.length
      await handle.appendFile(written)
    }
    for (const [index, record] of records.entries()) {
      chunk.push(formatLine(index + 1, record))
      if (chunk.length >= hostLimits.linesPerWriteMax) await flush()
    }
    await flush()
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(beside, path)
  await syncFolder(dirname(path))
  return { bytes }
}

export interface HostFile extends HostJournal {
  readonly state: HostState
  readonly tornBytes: number
}

/** The open file, as far as it is used: a test puts one in that fails. */
export type AppendHandle = Pick<
  FileHandle,
  'appendFile' | 'datasync' | 'truncate' | 'sync' | 'close'
>

/** `snapshot` must give the state with every record applied that was ever handed to `append`. */
export interface HostFileOptions {
  readonly folder: string
  readonly snapshot: (state: HostState) => readonly HostRecord[]
  readonly journalRecordsMax?: number
  readonly journalBytesMin?: number
  readonly openAppending?: (path: string) => Promise<AppendHandle>
}

const openAppending = (path: string): Promise<AppendHandle> => open(path, 'a', 0o600)

interface Waiter {
  readonly resolve: () => void
  readonly reject: (error: HostFileError) => void
}

class AppendedFile implements HostFile {
  readonly state: HostState
  readonly tornBytes: number
  readonly #path: string
  readonly #options: HostFileOptions
  #handle: AppendHandle
  #number: number
  #recordsSinceSnapshot: number
  #bytes: number
  #waitingLines: string[] = []
  #waiters: Waiter[] = []
  #writing: Promise<void> | undefined
  #refusal: HostFileError | undefined

  constructor(
    path: string,
    options: HostFileOptions,
    handle: AppendHandle,
    loaded: LoadedHostFile,
  ) {
    this.#path = path
    this.#options = options
    this.#handle = handle
    this.state = loaded.state
    this.tornBytes = loaded.tornBytes
    this.#number = loaded.lastNumber
    this.#recordsSinceSnapshot = loaded.records
    this.#bytes = loaded.goodBytes
  }

  isClogged(): boolean {
    return this.#refusal !== undefined || this.#waitingLines.length > hostLimits.unsyncedRecordsMax
  }

  /** Without records too: an answer may rest on what somebody else's record has not synced yet. */
  append(records: readonly HostRecord[]): Promise<void> {
    if (this.#refusal !== undefined) return Promise.reject(this.#refusal)
    for (const record of records) this.#waitingLines.push(formatLine(++this.#number, record))
    if (this.#waitingLines.length === 0 && this.#writing === undefined) return Promise.resolve()
    const synced = new Promise<void>((resolve, reject) => this.#waiters.push({ resolve, reject }))
    this.#writing ??= this.#write()
    return synced
  }

  async close(): Promise<void> {
    this.#refusal ??= new HostFileError('closed', 'the host is stopping')
    await this.#writing
    await this.#handle.close()
  }

  async #write(): Promise<void> {
    while (this.#waiters.length > 0) {
      const lines = this.#waitingLines.splice(0)
      const waiters = this.#waiters.splice(0)
      try {
        if (this.#isLong(lines.length)) await this.#rewrite()
        else await this.#appendLines(lines)
        for (const waiter of waiters) waiter.resolve()
      } catch (error) {
        const failure = new HostFileError('failed', `${this.#path}: writing failed`, error)
        this.#fail(failure)
        for (const waiter of waiters) waiter.reject(failure)
      }
    }
    this.#writing = undefined
  }

  async #appendLines(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return
    const bytes = Buffer.from(lines.join(''))
    await this.#handle.appendFile(bytes)
    await this.#handle.datasync()
    this.#recordsSinceSnapshot += lines.length
    this.#bytes += bytes.length
  }

  #isLong(more: number): boolean {
    const recordsMax = this.#options.journalRecordsMax ?? hostLimits.journalRecordsMax
    const bytesMin = this.#options.journalBytesMin ?? hostLimits.journalBytesMin
    return this.#recordsSinceSnapshot + more > recordsMax && this.#bytes > bytesMin
  }

  /** The snapshot holds what waits as well, later records included: they are dropped as lines. */
  async #rewrite(): Promise<void> {
    const records = this.#options.snapshot(this.state)
    this.#waitingLines = []
    this.#number = records.length
    const { bytes } = await replaceFile(this.#path, records)
    await this.#handle.close()
    this.#handle = await (this.#options.openAppending ?? openAppending)(this.#path)
    this.#recordsSinceSnapshot = 0
    this.#bytes = bytes
  }

  #fail(failure: HostFileError): void {
    this.#refusal = failure
    this.#waitingLines = []
    for (const waiter of this.#waiters.splice(0)) waiter.reject(failure)
  }
}

export const openHostFile = async (options: HostFileOptions): Promise<HostFile> => {
  const path = join(options.folder, hostFileName)
  await rm(`${path}.new`, { force: true })
  const loaded = await readHostFile(path)
  if (loaded === undefined) {
    await replaceFile(path, [])
    return openHostFile(options)
  }
  const handle = await (options.openAppending ?? openAppending)(path)
  if (loaded.tornBytes > 0) {
    await handle.truncate(loaded.goodBytes)
    await handle.sync()
  }
  return new AppendedFile(path, options, handle, loaded)
}

/** For tests and simulation: nothing is kept. */
export const memoryJournal = (): HostJournal => ({
  isClogged: () => false,
  append: () => Promise.resolve(),
  close: () => Promise.resolve(),
})
