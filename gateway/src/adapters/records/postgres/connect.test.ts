// What a server must be, and how a database is named to a person.
import { expect, test } from 'vitest'
import { checkServer, placeOf } from './connect.js'
import type { Session } from './session.js'

/** A server that says this of itself: version, its name, read-only, fsync. */
const serverSaying = (...row: readonly unknown[]): Session =>
  ({ rowsOf: () => Promise.resolve([row]) }) as unknown as Session

test('a server that is too old is refused by its version', async () => {
  const old = serverSaying(140_011, '14.11', 'f', 't')
  await expect(checkServer(old, 'PostgreSQL db')).rejects.toMatchObject({
    code: 'SERVER_TOO_OLD',
    message: expect.stringContaining('PostgreSQL 14.11; Tillgate needs 15 or newer'),
  })
})

test('a standby is refused', async () => {
  await expect(checkServer(serverSaying(160_000, '16', 't', 't'), 'x')).rejects.toMatchObject({
    code: 'READ_ONLY',
  })
})

test('fsync off is seen', async () => {
  expect(await checkServer(serverSaying(150_000, '15', 'f', 'f'), 'x')).toEqual({ fsync: false })
})

test('the name of a database holds no password', () => {
  expect(placeOf('postgres://me:secret@db.example:5432/tillgate?x=secret')).toBe(
    'PostgreSQL db.example:5432/tillgate',
  )
  expect(placeOf('host=db password=secret')).toBe('the PostgreSQL database')
})
