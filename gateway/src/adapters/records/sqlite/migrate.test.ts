// The schema against the core's tables, and what a start makes of files that it did not write.
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite'
import { describe, expect, test } from 'vitest'
import { columns } from '../../../core/records/tables.js'
import { sealedColumnNames } from '../../../core/records/sealed-columns.js'
import { migrations } from './migrations/catalogue.js'
import type { Migration } from '../migration.js'
import { migrate } from './migrate.js'
import { queryTable } from '../query-table.js'
import { sqliteDialect } from './sqlite-dialect.js'
import { snakeCase, tableNames } from '../sql-names.js'

const made = (list: readonly Migration[] = migrations): DatabaseSyncInstance => {
  const db = new DatabaseSync(':memory:')
  migrate(db, { file: 'a file', nowMs: 1, migrations: list })
  return db
}

const next: Migration = {
  version: migrations.length + 1,
  name: 'next',
  sql: 'create table next (id integer primary key) strict;',
}

describe('the schema', () => {
  test('numbers its migrations without a gap', () => {
    expect(migrations.map((one) => one.version)).toEqual(migrations.map((_, place) => place + 1))
  })

  test.each(tableNames)('%s has the columns that the core names', (table) => {
    const info = made()
      .prepare(`pragma table_info(${snakeCase(table)})`)
      .all() as {
      name: string
    }[]
    expect(info.map((column) => column.name)).toEqual(Object.keys(columns[table]).map(snakeCase))
  })

  test('has strict tables only', () => {
    const list = made().prepare('pragma table_list').all() as { name: string; strict: number }[]
    expect(list.filter((row) => row.strict === 0 && !row.name.startsWith('sqlite_'))).toEqual([])
  })
})

describe('migrating', () => {
  test('brings an older file forward and keeps what it holds', () => {
    const db = made()
    db.exec("insert into cursor values (1, 'r', 7)")
    migrate(db, { file: 'a file', nowMs: 2, migrations: [...migrations, next] })
    expect(db.prepare('select position from cursor').get()).toMatchObject({ position: 7 })
    expect(db.prepare('select * from next').all()).toEqual([])
  })

  test('twice changes nothing', () => {
    const db = made()
    const before = db.prepare('select * from migration').all()
    migrate(db, { file: 'a file', nowMs: 2, migrations })
    expect(db.prepare('select * from migration').all()).toEqual(before)
  })

  test('refuses a file of a newer program', () => {
    const db = made([...migrations, next])
    expect(() => migrate(db, { file: 'a file', nowMs: 2, migrations })).toThrow(
      expect.objectContaining({ code: 'NEWER' }),
    )
  })

  test('refuses a file that an edited migration made', () => {
    const db = made()
    const edited = migrations.map((one) => ({ ...one, sql: `${one.sql}\n` }))
    expect(() => migrate(db, { file: 'a file', nowMs: 2, migrations: edited })).toThrow(
      expect.objectContaining({ code: 'CHANGED' }),
    )
  })

  test('refuses a database of another program', () => {
    const db = new DatabaseSync(':memory:')
    db.exec('create table photos (id integer)')
    expect(() => migrate(db, { file: 'a file', nowMs: 1, migrations })).toThrow(
      expect.objectContaining({ code: 'FOREIGN' }),
    )
    expect(db.prepare('select name from sqlite_schema').all()).toHaveLength(1)
  })

  test('that fails half-way leaves the file as it was', () => {
    const db = made()
    const broken = { ...next, sql: `${next.sql} create table next (id integer);` }
    const list = [...migrations, broken]
    expect(() => migrate(db, { file: 'a file', nowMs: 2, migrations: list })).toThrow()
    const tables = db.prepare("select name from sqlite_schema where name = 'next'").all()
    expect(tables).toEqual([])
    migrate(db, { file: 'a file', nowMs: 3, migrations: [...migrations, next] })
  })
})

describe('what is never deleted', () => {
  test.each(['event', 'binding', 'proof', 'certificate', 'scope_key', 'legal_hold', 'document'])(
    '%s',
    (table) => {
      const db = made()
      const trigger = db
        .prepare("select name from sqlite_schema where type = 'trigger' and tbl_name = ?")
        .all(table) as { name: string }[]
      expect(trigger.map((row) => row.name)).toContain(`${table}_kept`)
    },
  )

  test('a ledger line, by any statement', () => {
    const db = made()
    db.exec("insert into event (at_ms, kind, actor, data) values (1, 'k', 'a', '{}')")
    expect(() => db.exec('delete from event')).toThrow('append-only')
    expect(() => db.exec("update event set kind = 'x'")).toThrow('append-only')
  })
})

const choicesOf: Readonly<Record<string, readonly string[]>> = {
  commands: ['any', 'open', 'rare'],
  'sealed-under': sealedColumnNames,
}

describe('what was destroyed', () => {
  test('stays destroyed, by any statement', () => {
    const db = made()
    db.exec(`insert into scope_key (scope, made_at_ms, destroyed_at_ms) values ('case:1', 1, 2)`)
    expect(() =>
      db.exec(`update scope_key set sealed_part = x'00', destroyed_at_ms = null`),
    ).toThrow('stays destroyed')
  })
})

/** What is short by nature, or as short as what is asked for. */
const short = /json_each|vault|next|CONSTANT ROW|binding_live_terminal|USING INDEX \w+_under/

describe('queries', () => {
  const shapes = Object.entries(queryTable).flatMap(([name, query]) => {
    const filters: readonly string[] = query.filters ?? []
    const choices = choicesOf[name] ?? ['']
    const sets = Array.from({ length: 2 ** filters.length }, (_, bits) =>
      filters.filter((_filter, place) => (bits >> place) % 2 === 1),
    )
    return sets.flatMap((set) =>
      choices
        .filter(
          (choice) =>
            name !== 'commands' ||
            set.includes('state') === (choice === 'open' || choice === 'rare'),
        )
        .map((choice) => ({ name, set, choice, query })),
    )
  })

  test.each(shapes)('$name by [$set] $choice goes along an index', ({ set, choice, query }) => {
    const db = made()
    db.function('tillgate_sha256', (bytes: unknown) => String(bytes))
    const built = query.build(sqliteDialect, (filter) => set.includes(filter), choice)
    const { sql } = sqliteDialect.compile(built.toOperationNode())
    const plan = db.prepare(`explain query plan ${sql}`).all() as { detail: string }[]
    const steps = plan.map((step) => step.detail)
    const scans = steps.filter((step) => step.startsWith('SCAN') && !short.test(step))
    expect(scans).toEqual([])
  })

  test.each([
    ['open-commands', 'command_open'],
    ['host-work', 'command_host_work'],
    ['overdue-commands', 'command_overdue'],
    ['events-of-command', 'event_of_command'],
  ] as const)('%s uses %s', (name, index) => {
    const built = queryTable[name].build(sqliteDialect, () => false, '')
    const { sql } = sqliteDialect.compile(built.toOperationNode())
    const plan = made().prepare(`explain query plan ${sql}`).all() as { detail: string }[]
    expect(plan.map((step) => step.detail).join('\n')).toContain(index)
  })
})
