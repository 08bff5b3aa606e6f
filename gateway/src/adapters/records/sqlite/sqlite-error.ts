/**
 * What an error of SQLite means to us. Two kinds inside a transaction: the statement's own fault
 * (a constraint, a type, a syntax error: a bug of the operation) and the store's (disk full, I/O,
 * damage, lock), after which nothing may be acknowledged.
 */
import { RecordsRefused } from '../refused.js'

interface SqliteFault {
  readonly code: 'ERR_SQLITE_ERROR'
  /** Extended result code; the low byte is the primary one. */
  readonly sqliteExtendedCode: number
}

const isSqliteFault = (error: unknown): error is SqliteFault =>
  error instanceof Error &&
  'sqliteExtendedCode' in error &&
  typeof error.sqliteExtendedCode === 'number'

const primary = (error: unknown): number | undefined =>
  isSqliteFault(error) ? error.sqliteExtendedCode & 0xff : undefined

// Numbers of https://sqlite.org/rescode.html
const ERROR = 1
const BUSY = 5
const LOCKED = 6
const READONLY = 8
const IOERR = 10
const CORRUPT = 11
const FULL = 13
const CANTOPEN = 14
const TOOBIG = 18
const CONSTRAINT = 19
const MISMATCH = 20
const RANGE = 25
const NOTADB = 26

const ownFaults: ReadonlySet<number> = new Set([ERROR, TOOBIG, CONSTRAINT, MISMATCH, RANGE])

/** Not the operation's fault: the file, the disk or the lock under it. */
export const isStoreFault = (error: unknown): boolean => {
  const code = primary(error)
  return code !== undefined && !ownFaults.has(code)
}

/** `UNIQUE constraint failed: merchant.acquirer_code, merchant.mid` gives what stands after the colon. */
export const constraintOf = (error: unknown): string | undefined => {
  if (primary(error) !== CONSTRAINT || !(error instanceof Error)) return undefined
  const colon = error.message.indexOf(': ')
  return colon < 0 ? error.message : error.message.slice(colon + 2)
}

export const reasonOf = (error: unknown): string => {
  switch (primary(error)) {
    case FULL:
      return 'the disk is full'
    case IOERR:
      return 'the disk failed to read, write or sync'
    case CORRUPT:
    case NOTADB:
      return 'the database is damaged'
    case READONLY:
      return 'the database has become read-only'
    case BUSY:
    case LOCKED:
      return 'another process holds the database'
    default:
      return error instanceof Error ? error.message : String(error)
  }
}

/** Turns what opening ran into into a refusal with its remedy; anything else is handed back as it is. */
export const refusalOf = (error: unknown, file: string): unknown => {
  if (error instanceof RecordsRefused) return error
  const detail = error instanceof Error ? error.message : String(error)
  switch (primary(error)) {
    case NOTADB:
      return new RecordsRefused(
        'FOREIGN',
        `${file} is not a Tillgate database (or its first page is destroyed). ` +
          'Point Tillgate at its own data folder, or restore a backup.',
        { cause: error },
      )
    case CORRUPT:
      return corrupt(file, detail, error)
    case BUSY:
    case LOCKED:
      return locked(file, error)
    case READONLY:
    case IOERR:
    case FULL:
    case CANTOPEN:
      return unusable(file, detail, error)
    default:
      return isFileFault(error) ? unusable(file, detail, error) : error
  }
}

const isFileFault = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && typeof error.syscall === 'string'

export const corrupt = (file: string, detail: string, cause?: unknown): RecordsRefused =>
  new RecordsRefused(
    'CORRUPT',
    `${file} is damaged (${detail}). Keep a copy of the data folder, check the disk, and restore a backup.`,
    { cause },
  )

export const locked = (file: string, cause?: unknown): RecordsRefused =>
  new RecordsRefused(
    'LOCKED',
    `${file} is in use by another process. Stop that one first: two gateways never share a data folder.`,
    { cause },
  )

const unusable = (file: string, detail: string, cause: unknown): RecordsRefused =>
  new RecordsRefused(
    'UNUSABLE',
    `${file} can't be opened (${detail}). Check owner, mode and free space of the data folder.`,
    { cause },
  )
