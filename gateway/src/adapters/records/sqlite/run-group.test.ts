// Operations that misbehave, run inline: what a group does about them.
import { afterEach, describe, expect, test } from 'vitest'
import { event } from '../../../core/operations/event.js'
import {
  freshId,
  insert,
  many,
  one,
  operation,
  update,
  type Write,
} from '../../../core/operations/operation.js'
import type { CursorRow } from '../../../core/records/tables.js'
import { openInlineSqliteRecords } from './open-inline-sqlite-records.js'

const clock = { now: () => 1, monotonic: () => 1 }

const timers = { after: () => ({ cancel: () => undefined }) }

const none = function* (): Generator<never, undefined, unknown> {}

const writes = operation<{ readonly list: readonly Write[] }, undefined, 'written'>({
  name: 'writes',
  load: none,
  decide: (_, { list }) => ({ writes: list, result: 'written' }),
})

const throws = operation<null, undefined, never>({
  name: 'throws',
  load: none,
  decide: () => {
    throw new TypeError('it has a bug')
  },
})

const count = operation<{ readonly reader: string }, CursorRow | undefined, number>({
  name: 'count',
  *load({ reader }) {
    return yield* one('cursor', { reader })
  },
  decide: (row, { reader }) => {
    if (row === undefined) {
      return { writes: [insert('cursor', { reader, position: 1 })], result: 1 }
    }
    const position = row.position + 1
    const write = update('cursor', row.id, { position }, { position: row.position })
    return { writes: [write], result: position }
  },
})

const keyed = operation<{ readonly reader: string; readonly use: boolean }, number, number>({
  name: 'keyed',
  *load() {
    return yield* freshId('cursor')
  },
  decide: (id, { reader, use }) => ({
    writes: use ? [insert('cursor', { id, reader, position: 0 })] : [],
    result: id,
  }),
})

const scan = operation<null, unknown, null>({
  name: 'scan',
  *load() {
    return yield* many('command', { createdBy: 'somebody' }, 10)
  },
  decide: () => ({ writes: [], result: null }),
})

const operations = { writes, throws, count, keyed, scan }
const cursor = (reader: string): Write => insert('cursor', { reader, position: 0 })

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const records of opened.splice(0)) await records.close()
})

const open = () => {
  const records = openInlineSqliteRecords({ file: ':memory:', clock, timers, operations })
  opened.push(records)
  return records
}

describe('a group', () => {
  test('runs its operations in turn, each seeing the one before', async () => {
    const records = open()
    const answers = Array.from({ length: 300 }, () => records.submit('count', { reader: 'r' }))
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 300 }, (_, n) => n + 1))
    expect(await records.read('cursor', { reader: 'r' })).toEqual({ position: 300 })
  })

  test('with one that throws is run singly: the guilty one alone fails, nothing is done twice', async () => {
    const records = open()
    const outcomes = await Promise.allSettled([
      records.submit('count', { reader: 'r' }),
      records.submit('throws', null),
      records.submit('count', { reader: 'r' }),
    ])
    expect(outcomes).toMatchObject([
      { value: 1 },
      { status: 'rejected', reason: { code: 'THREW', operation: 'throws' } },
      { value: 2 },
    ])
    expect(records.health()).toEqual({ ok: true })
  })

  test('keeps nothing of an operation whose second write is refused', async () => {
    const records = open()
    const list = [cursor('a'), cursor('a')]
    await expect(records.submit('writes', { list })).rejects.toMatchObject({
      code: 'CONSTRAINT',
      constraint: 'cursor.reader',
    })
    expect(await records.submit('writes', { list: [cursor('a')] })).toBe('written')
  })

  test('a guard that no longer holds, or a row that is gone, is a bug', async () => {
    const records = open()
    await records.submit('writes', { list: [cursor('a')] })
    const guarded = (id: number, position: number): readonly Write[] => [
      update('cursor', id, { position: 5 }, { position }),
    ]
    expect(await records.submit('writes', { list: guarded(1, 0) })).toBe('written')
    const stale = records.submit('writes', { list: guarded(1, 0) })
    await expect(stale).rejects.toMatchObject({ code: 'GUARD' })
    const gone = records.submit('writes', { list: guarded(9, 0) })
    await expect(gone).rejects.toMatchObject({ code: 'GUARD' })
    expect(await records.read('cursor', { reader: 'a' })).toEqual({ position: 5 })
  })

  test('a guard on null and on bytes compares them', async () => {
    const records = open()
    const row = { name: 'n', kind: 'k', publicPart: null, sealedPart: null, createdAtMs: 1 }
    await records.submit('writes', { list: [insert('vault', { ...row, retiredAtMs: null })] })
    const bytes = new Uint8Array([1, 2])
    const seal = update('vault', 1, { sealedPart: bytes }, { sealedPart: null })
    expect(await records.submit('writes', { list: [seal] })).toBe('written')
    await expect(records.submit('writes', { list: [seal] })).rejects.toMatchObject({
      code: 'GUARD',
    })
    const retire = update('vault', 1, { retiredAtMs: 2 }, { sealedPart: new Uint8Array([1, 2]) })
    expect(await records.submit('writes', { list: [retire] })).toBe('written')
  })
})

describe('keys', () => {
  test('asked for beforehand and given by the way never meet', async () => {
    const records = open()
    const unused = await records.submit('keyed', { reader: 'unused', use: false })
    const used = await records.submit('keyed', { reader: 'a', use: true })
    await records.submit('writes', {
      list: [cursor('b'), insert('cursor', { id: 70, reader: 'c', position: 0 })],
    })
    const last = await records.submit('keyed', { reader: 'd', use: true })
    expect(new Set([unused, used, 70, last]).size).toBe(4)
    expect(last).toBe(71)
  })

  test('are free again after a roll-back', async () => {
    const records = open()
    const twice = [cursor('a'), cursor('a')]
    await expect(records.submit('writes', { list: twice })).rejects.toThrow('UNIQUE')
    expect(await records.submit('keyed', { reader: 'b', use: true })).toBe(1)
  })
})

describe('what no operation may do', () => {
  test('ask without an index', async () => {
    await expect(open().submit('scan', null)).rejects.toMatchObject({ code: 'SHAPE' })
  })

  test.each([
    ['an unknown table', { write: 'insert', table: 'sqlite_schema', row: {} }],
    ['an unknown column', { write: 'insert', table: 'cursor', row: { 'x" --': 1 } }],
    [
      'an undefined value',
      { write: 'insert', table: 'cursor', row: { reader: undefined, position: 1 } },
    ],
    ['an update of the key', { write: 'update', table: 'cursor', id: 1, set: { id: 2 } }],
  ])('write %s', async (_, write) => {
    const list = [write as unknown as Write]
    await expect(open().submit('writes', { list })).rejects.toMatchObject({ code: 'SHAPE' })
  })

  test('change the ledger', async () => {
    const records = open()
    await records.submit('writes', { list: [event({ atMs: 1, kind: 'k', actor: 'a' })] })
    const change = update('event', 1, { kind: 'another' })
    await expect(records.submit('writes', { list: [change] })).rejects.toMatchObject({
      code: 'CONSTRAINT',
      message: expect.stringContaining('append-only') as string,
    })
  })
})

describe('wiping', () => {
  test('leaves an empty store with its schema and its first keys', async () => {
    const records = open()
    await records.submit('writes', {
      list: [cursor('a'), event({ atMs: 1, kind: 'k', actor: 'a' })],
    })
    records.wipe()
    expect(await records.read('events', { afterId: 0, limit: 10 })).toEqual([])
    expect(await records.submit('keyed', { reader: 'a', use: true })).toBe(1)
  })
})
