// What is not opened, in words that say what to do, and left as it was.
import { openPostgresRecords, RecordsRefused, systemClock, systemTimers } from '@tillgate/gateway'
import { expect, test } from 'vitest'
import { quietLog } from '../../contract/records/quiet.js'
import { freePort, freshDatabase, ownCluster, queryOnce, withPostgres } from '../../ground/index.js'
import { databaseOn, openOn } from './node-on.js'

const refusal = async (url: string, migrate: 'at-open' | 'never' = 'at-open') => {
  try {
    const records = await openPostgresRecords({
      url,
      clock: systemClock,
      timers: systemTimers,
      log: quietLog(),
      migrate,
    })
    await records.close()
  } catch (error) {
    if (error instanceof RecordsRefused) return error
    throw error
  }
  return expect.fail('it was opened')
}

const refused = (): void => {
  test('a wrong password, and a database that is not there', async () => {
    const cluster = await ownCluster({ fsync: false })
    await queryOnce(await databaseOn(cluster), `create role guarded login password 'right'`)
    const url = cluster.url('tillgate', 'guarded:wr0ng')
    const wrong = await refusal(url)
    expect(wrong).toMatchObject({ code: 'CREDENTIALS' })
    expect(wrong.message).toContain('Check user, password and database')
    expect(wrong.message).not.toContain('wr0ng')
    expect(await refusal(cluster.url('nowhere'))).toMatchObject({ code: 'CREDENTIALS' })
  })

  test('a server that nobody has started', async () => {
    const wrong = await refusal(`postgres://nobody@127.0.0.1:${String(await freePort())}/none`)
    expect(wrong).toMatchObject({ code: 'UNUSABLE' })
    expect(wrong.message).toContain('Check that the server runs')
  })

  test('a database that is read-only', async () => {
    const url = await freshDatabase()
    const name = new URL(url).pathname.slice(1)
    await queryOnce(url, `alter database ${name} set default_transaction_read_only = on`)
    expect(await refusal(url)).toMatchObject({ code: 'READ_ONLY' })
  })

  test('the tables of another program, which are left alone', async () => {
    const url = await freshDatabase()
    await queryOnce(url, 'create table theirs (id integer)')
    expect(await refusal(url)).toMatchObject({ code: 'FOREIGN' })
    const tables = await queryOnce(
      url,
      `select tablename from pg_tables where schemaname = 'public'`,
    )
    expect(tables).toEqual([{ tablename: 'theirs' }])
  })

  test('the schema of a newer program, and one that an edited migration made', async () => {
    const url = await freshDatabase()
    await (await openOn(url)).close()
    await queryOnce(url, `insert into migration values (99, 'later', 'x', 1)`)
    expect(await refusal(url)).toMatchObject({ code: 'NEWER' })
    await queryOnce(url, `delete from migration where version = 99`)
    await queryOnce(url, `update migration set checksum = 'x' where version = 1`)
    expect(await refusal(url)).toMatchObject({ code: 'CHANGED' })
  })

  test('a schema that is behind, where it may not be changed', async () => {
    const url = await freshDatabase()
    expect(await refusal(url, 'never')).toMatchObject({ code: 'OLDER' })
    const tables = await queryOnce(
      url,
      `select tablename from pg_tables where schemaname = 'public'`,
    )
    expect(tables).toEqual([])
  })

  test('nodes that start together on an empty database make its schema once', async () => {
    const url = await freshDatabase()
    await Promise.all(Array.from({ length: 4 }, () => openOn(url)))
    const rows = await queryOnce(url, 'select version from migration order by version')
    expect(rows.map(({ version }) => version)).toEqual(rows.map((_, place) => place + 1))
  })
}

withPostgres('databases that are refused', refused, true)
