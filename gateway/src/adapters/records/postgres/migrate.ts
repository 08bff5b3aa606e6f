/**
 * Brings a database to the schema of this program: each missing migration in a transaction of its own,
 * under one advisory lock of the database, recorded with its checksum. Nodes that start together wait for
 * each other; whoever comes second finds it done. Refuses what it can't understand and changes nothing then.
 */
import { checksumOf, refuseUnknown, type Applied, type Migration } from '../migration.js'
import { RecordsRefused } from '../refused.js'
import { lockKinds } from './locks.js'
import { postgresLimits } from './limits.js'
import type { Session } from './session.js'

export interface MigrateOptions {
  /** Names the database to a person; never its password. */
  readonly where: string
  readonly nowMs: number
  readonly migrations: readonly Migration[]
  /** False: a schema that is behind is refused instead. */
  readonly mayChange: boolean
}

/** Undefined where there is no schema yet. Refuses what another program made. */
export const appliedOf = async (
  session: Session,
  where: string,
): Promise<readonly Applied[] | undefined> => {
  const [counts] = await session.rowsOf(
    `select count(*) filter (where c.relname = 'migration'), count(*) filter (where c.relname = 'event_origin'),
       count(*) from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')`,
  )
  const [migration = 0, origin = 0, tables = 0] = counts as readonly number[]
  if (tables === 0) return undefined
  if (migration === 0 || origin === 0) {
    throw new RecordsRefused(
      'FOREIGN',
      `${where} holds the tables of another program. Give Tillgate a database (or a schema in search_path) of its own.`,
    )
  }
  const rows = await session.rowsOf(
    'select version, name, checksum from migration order by version',
  )
  return rows.map(([version, name, checksum]) => ({ version, name, checksum }) as Applied)
}

const apply = async (session: Session, migration: Migration, nowMs: number): Promise<void> => {
  const first =
    migration.version === 1
      ? `create table migration (version integer primary key, name text not null, checksum text not null,
           applied_at_ms bigint not null);`
      : ''
  await session.run(first + migration.sql)
  const { version, name } = migration
  await session.rowsOf('insert into migration values ($1, $2, $3, $4)', [
    version,
    name,
    checksumOf(migration),
    nowMs,
  ])
}

/** One step, so that each has a transaction of its own. Answers whether there was one to make. */
const step = async (session: Session, options: MigrateOptions): Promise<boolean> => {
  const { where, migrations, nowMs, mayChange } = options
  await session.run(`begin;
    set local lock_timeout = ${String(postgresLimits.lockMs)};
    set local statement_timeout = ${String(postgresLimits.migrationStatementMs)};
    select pg_advisory_xact_lock(${String(lockKinds.schema)}, 0)`)
  try {
    const applied = (await appliedOf(session, where)) ?? []
    refuseUnknown(applied, migrations, where)
    const next = migrations[applied.length]
    if (next !== undefined && !mayChange) throw behind(where, applied.length, migrations.length)
    if (next !== undefined) await apply(session, next, nowMs)
    await session.run('commit')
    return next !== undefined
  } catch (error) {
    await session.run('rollback').catch(() => undefined)
    throw error
  }
}

const behind = (where: string, has: number, wants: number): RecordsRefused =>
  new RecordsRefused(
    'OLDER',
    `${where} has schema ${String(has)}, this program wants ${String(wants)}, and it may not change it. ` +
      'Run `npx --no-install tillgate records migrate`, or open with migrations allowed.',
  )

export const migrate = async (session: Session, options: MigrateOptions): Promise<void> => {
  while (await step(session, options));
}
