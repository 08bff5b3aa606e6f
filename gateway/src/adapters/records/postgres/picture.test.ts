// What a group sees of its own writes before anything is written.
import { describe, expect, test } from 'vitest'
import { update, type Write } from '../../../core/operations/operation.js'
import { OperationBug } from '../operation-bug.js'
import { Picture } from './picture.js'
import type { Question, Row } from './questions.js'

const cursor = (id: number, reader: string, position = 0): Row => ({ id, reader, position })

const one = (reader: string): Question => ({ ask: 'one', table: 'cursor', where: { reader } })
const at = (position: number, limit: number): Question => ({
  ask: 'many',
  table: 'cursor',
  where: { position },
  limit,
})

const noId = (): number => expect.fail('no id was wanted')

const write = (picture: Picture, writes: readonly Write[], takeId = noId): void =>
  picture.write('an operation', writes, takeId)

const insertCursor = (row: Omit<Row, 'id'>): Write => ({ write: 'insert', table: 'cursor', row })

const seen = (picture: Picture, question: Question): readonly unknown[] => {
  const found = picture.look(question)
  return found.known ? found.rows.map(({ id }) => id) : ['ask', found.question]
}

describe('a picture', () => {
  test('does not know what nobody has asked', () => {
    expect(new Picture().look(one('a'))).toEqual({ known: false, question: one('a') })
  })

  test('shows a row that was inserted since, under every question that it fits', () => {
    const picture = new Picture()
    picture.learn({ question: one('a'), rows: [] })
    picture.learn({ question: at(0, 10), rows: [cursor(1, 'b')] })
    write(picture, [insertCursor({ reader: 'a', position: 0 })], () => 7)
    expect(seen(picture, one('a'))).toEqual([7])
    expect(seen(picture, at(0, 10))).toEqual([1, 7])
  })

  test('shows a row no longer where it was changed not to fit, and where it fits instead', () => {
    const picture = new Picture()
    picture.learn({ question: at(0, 10), rows: [cursor(1, 'a'), cursor(2, 'b')] })
    picture.learn({ question: at(5, 10), rows: [] })
    write(picture, [update('cursor', 1, { position: 5 })])
    expect(seen(picture, at(0, 10))).toEqual([2])
    expect(seen(picture, at(5, 10))).toEqual([1])
  })

  test('asks again for a list that was cut and has lost a row', () => {
    const picture = new Picture()
    picture.learn({ question: at(0, 2), rows: [cursor(1, 'a'), cursor(2, 'b')] })
    expect(seen(picture, at(0, 2))).toEqual([1, 2])
    write(picture, [update('cursor', 1, { position: 5 })])
    expect(seen(picture, at(0, 2))).toEqual(['ask', at(0, 4)])
    picture.learn({ question: at(0, 4), rows: [cursor(1, 'a'), cursor(2, 'b'), cursor(9, 'c')] })
    expect(seen(picture, at(0, 2))).toEqual([2, 9])
  })

  test('writes a row once: an insert with what was changed since, updates as one', () => {
    const picture = new Picture()
    picture.learn({ question: one('b'), rows: [cursor(2, 'b')] })
    const guard = { position: 0 }
    write(picture, [insertCursor({ reader: 'a', position: 0 })], () => 7)
    write(picture, [update('cursor', 7, { position: 3 })])
    write(picture, [update('cursor', 2, { position: 1 }, guard)])
    write(picture, [update('cursor', 2, { position: 2 }, { position: 1 })])
    const writes = picture.writesOf('cursor')
    expect(writes?.inserts).toEqual([cursor(7, 'a', 3)])
    // The second guard is settled here: only the first says something of what the records hold.
    expect([...(writes?.updates ?? [])]).toEqual([[2, { set: { position: 2 }, guard }]])
  })

  test('keeps nothing of an operation whose guard does not hold', () => {
    const picture = new Picture()
    picture.learn({ question: one('b'), rows: [cursor(2, 'b')] })
    picture.learn({ question: one('a'), rows: [] })
    const writes = [
      insertCursor({ reader: 'a', position: 0 }),
      update('cursor', 2, { position: 1 }),
      update('cursor', 2, { position: 2 }, { position: 0 }),
    ]
    expect(() => write(picture, writes, () => 7)).toThrow(OperationBug)
    expect(seen(picture, one('a'))).toEqual([])
    expect(picture.look(one('b'))).toMatchObject({ rows: [cursor(2, 'b')] })
    expect(picture.writesOf('cursor')).toBeUndefined()
  })

  test.each([
    ['text with U+0000', { reader: 'a\u0000b', position: 0 }],
    ['a number that is none', { reader: 'a', position: Number.NaN }],
    ['a number beyond 2^53', { reader: 'a', position: 2 ** 53 }],
    ['a column that the table has not', { reader: 'a', position: 0, more: 1 }],
  ])('refuses %s', (_, row) => {
    expect(() => write(new Picture(), [insertCursor(row)], () => 7)).toThrow()
  })
})
