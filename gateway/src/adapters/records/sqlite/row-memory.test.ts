// What the writer remembers of rows must be what the tables say, whatever was written or undone.
import { afterEach, expect, test } from 'vitest'
import { one, operation, update, type Write } from '../../../core/operations/operation.js'
import { operations } from '../../../core/operations/catalogue.js'
import type { TerminalRow } from '../../../core/records/tables.js'
import { sqliteLimits } from './limits.js'
import { openInlineSqliteRecords } from './open-inline-sqlite-records.js'
import { RowMemory } from './row-memory.js'

const look = operation<{ readonly id: number }, TerminalRow | undefined, TerminalRow | undefined>({
  name: 'look',
  *load({ id }) {
    return yield* one('terminal', { id })
  },
  decide: (row) => ({ writes: [], result: row }),
})

const change = operation<{ readonly list: readonly Write[] }, undefined, null>({
  name: 'change',
  *load(): Generator<never, undefined, unknown> {},
  decide: (_, { list }) => ({ writes: list, result: null }),
})

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const records of opened.splice(0)) await records.close()
})

const withOneTerminal = async () => {
  const records = openInlineSqliteRecords({
    file: ':memory:',
    clock: { now: () => 1, monotonic: () => 1 },
    timers: { after: () => ({ cancel: () => undefined }) },
    operations: { ...operations, look, change },
  })
  opened.push(records)
  await records.submit('register-terminal', {
    sn: 'SN1',
    vendor: 'V',
    model: 'M',
    tusn: null,
    assetEpoch: 1,
    actor: 'me',
    atMs: 1,
  })
  const both = async () => ({
    remembered: await records.submit('look', { id: 1 }),
    stored: await records.read('terminal-by-id', { id: 1 }),
  })
  return { records, both }
}

test('a row is the same from memory and from its table, after an insert, an update and a rollback', async () => {
  const { records, both } = await withOneTerminal()
  const inserted = await both()
  expect(inserted.remembered).toMatchObject({ sn: 'SN1', fence: 0, bootId: null })
  expect(inserted.remembered).toEqual(inserted.stored)
  const bootId = new Uint8Array(16).fill(3)
  await records.submit('change', { list: [update('terminal', 1, { fence: 7, bootId })] })
  const updated = await both()
  expect(updated.remembered).toMatchObject({ fence: 7, bootId })
  expect(updated.remembered).toEqual(updated.stored)
  const list = [update('terminal', 1, { fence: 8 }), update('terminal', 99, { fence: 8 })]
  await expect(records.submit('change', { list })).rejects.toMatchObject({ code: 'GUARD' })
  const undone = await both()
  expect(undone.remembered).toMatchObject({ fence: 7 })
  expect(undone.remembered).toEqual(undone.stored)
})

test('a row is gone from memory when it was wiped, and as it was when it was marked', async () => {
  const { records, both } = await withOneTerminal()
  records.mark()
  await records.submit('change', { list: [update('terminal', 1, { fence: 7 })] })
  records.wipe()
  const back = await both()
  expect(back.remembered).toMatchObject({ sn: 'SN1', fence: 0 })
  expect(back.remembered).toEqual(back.stored)
})

test('it holds a bounded number of rows of a table', () => {
  const memory = new RowMemory()
  for (let id = 1; id <= sqliteLimits.rowsRememberedMax + 1; id++) {
    memory.read('terminal', { id })
  }
  expect(memory.find('terminal', { id: 1 })).toBeUndefined()
  expect(memory.find('terminal', { id: sqliteLimits.rowsRememberedMax + 1 })).toBeDefined()
})
