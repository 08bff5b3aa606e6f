/**
 * What an error of the server or of the connection means to us. Codes are SQLSTATE, of
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
import { BadShape } from '../group.js'
import { OperationBug } from '../operation-bug.js'
import { RecordsRefused } from '../refused.js'

interface ServerError extends Error {
  readonly code: string
  readonly detail?: string
  readonly table?: string
  readonly constraint?: string
}

/** What the server said itself; anything else is a connection that broke or never was. */
const isServerError = (error: unknown): error is ServerError =>
  error instanceof Error &&
  'severity' in error &&
  'code' in error &&
  typeof error.code === 'string' &&
  error.code.length === 5

/** Raised by the SQL of the writes where fewer rows were changed than the picture promised. */
const STALE = 'TG001'
const UNIQUE = '23505'
const LOCK_TIMEOUT = '55P03'
const IN_FAILED_TRANSACTION = '25P02'

/** Deadlock, serialization, lock time-out, a row that somebody else wrote in between. */
const lostRaces: ReadonlySet<string> = new Set(['40001', '40P01', LOCK_TIMEOUT, UNIQUE, STALE])

/** Of these classes a statement is to blame itself. */
const ownFaults: ReadonlySet<string> = new Set(['21', '22', '23', '42', '0A'])

export type Fault =
  /** It may go well when it is run again. */
  | 'race'
  /** The statement's own fault: a constraint, a type, a value. */
  | 'own'
  /** The server's or the connection's. */
  | 'store'

export const faultOf = (error: unknown): Fault => {
  if (!isServerError(error)) return 'store'
  if (lostRaces.has(error.code)) return 'race'
  return ownFaults.has(error.code.slice(0, 2)) ? 'own' : 'store'
}

/** It only says that an error came before it. */
export const isConsequence = (error: unknown): boolean =>
  isServerError(error) && error.code === IN_FAILED_TRANSACTION

export const isHeldByOthers = (error: unknown): boolean =>
  isServerError(error) && error.code !== UNIQUE && error.code !== STALE && lostRaces.has(error.code)

/** `merchant.acquirer_code, merchant.mid`, as far as the server names it. */
export const constraintOf = (error: unknown): string | undefined => {
  if (!isServerError(error) || !error.code.startsWith('23')) return undefined
  const columns = /^Key \((.+?)\)=/.exec(error.detail ?? '')?.[1]
  const table = error.table === 'command_key' ? 'command' : error.table
  if (columns === undefined || table === undefined) return error.constraint ?? error.message
  return columns
    .split(', ')
    .map((column) => `${table}.${column}`)
    .join(', ')
}

export const bugOf = (name: string, cause: unknown): OperationBug => {
  if (cause instanceof OperationBug) return cause
  const detail = cause instanceof Error ? cause.message : String(cause)
  if (isServerError(cause) && cause.code === STALE) {
    return new OperationBug('GUARD', name, detail, { cause })
  }
  const constraint = constraintOf(cause)
  if (constraint !== undefined) {
    return new OperationBug('CONSTRAINT', name, detail, { constraint, cause })
  }
  return new OperationBug(cause instanceof BadShape ? 'SHAPE' : 'THREW', name, detail, { cause })
}

export const reasonOf = (error: unknown): string => {
  if (!isServerError(error)) {
    const detail = error instanceof Error ? error.message : String(error)
    return `the connection to PostgreSQL is lost (${detail})`
  }
  switch (error.code) {
    case '53100':
      return 'the disk of the PostgreSQL server is full'
    case '53300':
      return 'the PostgreSQL server has no connection left'
    case '25006':
      return 'the PostgreSQL server is read-only: it is a standby, or was made one'
    case '25P03':
      return 'this node stood still inside a transaction, and the server ended it'
    case '57014':
      return 'the PostgreSQL server did not finish a statement in time'
    case '57P01':
    case '57P02':
    case '57P03':
      return 'the PostgreSQL server is stopping or starting'
    default:
      return `PostgreSQL failed: ${error.message} (${error.code})`
  }
}

const CREDENTIALS: ReadonlySet<string> = new Set(['28000', '28P01', '3D000', '42501'])

/** Turns what opening ran into into a refusal with its remedy; anything else is handed back as it is. */
export const refusalOf = (error: unknown, where: string): unknown => {
  if (error instanceof RecordsRefused || !(error instanceof Error)) return error
  if (isServerError(error) && CREDENTIALS.has(error.code)) {
    return new RecordsRefused(
      'CREDENTIALS',
      `${where} does not let us in (${error.message}). ` +
        'Check user, password and database of the URL, and that the user owns the schema.',
      { cause: error },
    )
  }
  if (isServerError(error) && (error.code === LOCK_TIMEOUT || error.code === '40P01')) {
    return new RecordsRefused(
      'LOCKED',
      `${where} is being changed by another node or program (${error.message}). Start again in a moment.`,
      { cause: error },
    )
  }
  if (isServerError(error) && faultOf(error) !== 'store') return error
  return new RecordsRefused(
    'UNUSABLE',
    `${where} can't be used (${error.message}). Check that the server runs and can be reached from here.`,
    { cause: error },
  )
}
