/**
 * Connections as this adapter needs them: the settings of each role, and what a server must be before it
 * is trusted with a write.
 */
import type { Timers } from '../../../core/ports/system.js'
import { RecordsRefused } from '../refused.js'
import { postgresLimits } from './limits.js'
import { Session, type SessionOptions } from './session.js'

export interface ConnectOptions {
  readonly url: string
  readonly timers: Timers
  /** Shown by the server beside its connections. */
  readonly nodeName: string
}

export type Role = 'writer' | 'reader' | 'upkeep'

/** The database as a person may read it, in a log as well: no password. */
export const placeOf = (url: string): string => {
  if (!URL.canParse(url)) return 'the PostgreSQL database'
  const { host, pathname } = new URL(url)
  return `PostgreSQL ${host}${pathname}`
}

const bounds = `
  set statement_timeout = ${String(postgresLimits.statementMs)};
  set lock_timeout = ${String(postgresLimits.lockMs)};
  set idle_in_transaction_session_timeout = ${String(postgresLimits.idleInTransactionMs)};
  set client_min_messages = warning;
  set jit = off;`

/**
 * Along indexes, from the first row on: a plan that was made while a table was empty and that reads all of
 * it is kept until the table has statistics, and by then there are thousands of rows.
 */
const alongIndexes = `
  set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off;`

/**
 * The writer's statements take arrays of any length: planned once, as if they were short.
 * Nothing is answered before it is on the disk, whatever the server's default is.
 */
const writing = `
  set plan_cache_mode = force_generic_plan;
  select set_config('synchronous_commit', 'on', false)
    where current_setting('synchronous_commit') <> 'remote_apply';`

const settings: Readonly<Record<Role, string>> = {
  writer: bounds + alongIndexes + writing,
  reader: bounds + alongIndexes,
  upkeep: bounds + alongIndexes + writing,
}

export const connect = async (
  { url, timers, nodeName }: ConnectOptions,
  role: Role,
  onLost?: SessionOptions['onLost'],
): Promise<Session> => {
  const session = await Session.connect({
    url,
    timers,
    applicationName: `tillgate ${nodeName} ${role}`.slice(0, 63),
    ...(onLost === undefined ? {} : { onLost }),
  })
  try {
    await session.run(settings[role])
    return session
  } catch (error) {
    await session.end()
    throw error
  }
}

export interface ServerFacts {
  /** Off: a crash of the machine may lose what was committed. */
  readonly fsync: boolean
}

/** Refuses a server that can't be written to as this adapter must. */
export const checkServer = async (session: Session, where: string): Promise<ServerFacts> => {
  const [row] = await session.rowsOf(
    `select current_setting('server_version_num')::integer, current_setting('server_version'),
       current_setting('transaction_read_only') = 'on' or pg_is_in_recovery(), current_setting('fsync') = 'on'`,
  )
  const [version = 0, name, isReadOnly, fsync] = row as readonly [number, string, string, string]
  if (version < postgresLimits.serverVersionMin) {
    throw new RecordsRefused(
      'SERVER_TOO_OLD',
      `${where} is PostgreSQL ${name}; Tillgate needs 15 or newer. Upgrade the server, or name another.`,
    )
  }
  if (isReadOnly === 't') {
    throw new RecordsRefused(
      'READ_ONLY',
      `${where} is read-only: a standby, or set so. Name the primary server.`,
    )
  }
  return { fsync: fsync === 't' }
}
