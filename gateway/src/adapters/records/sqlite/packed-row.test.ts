// Rows that were packed as JSON on their way out of SQLite are the rows that went in.
import { DatabaseSync } from '@photostructure/sqlite'
import { expect, test } from 'vitest'
import { migrations } from './migrations/catalogue.js'
import { migrate } from './migrate.js'
import { Statements } from './statements.js'

const statements = (): Statements => {
  const db = new DatabaseSync(':memory:')
  migrate(db, { file: 'a file', nowMs: 1, migrations })
  return new Statements(db)
}

const row = {
  atMs: Number.MAX_SAFE_INTEGER,
  kind: 'kind',
  terminalId: null,
  commandId: -1,
  bindingId: 0,
  actor: 'actor',
  data: '{}',
  evidence: null,
  caseId: null,
}

test.each([
  ['plain text', 'text'],
  ['JSON', '{"a":"b \\"c\\"","d":[1,null]}'],
  ['quotes and backslashes', `"'\\ \\u0041`],
  ['control characters', '\u0001 \n \r \t \u007f'],
  ['what JavaScript breaks lines at', '\u2028\u2029'],
  ['Chinese and emoji', '解绑 🧾 é'],
  ['nothing', ''],
])('%s comes back as it was', (_, data) => {
  const one = statements()
  one.insert('event', { ...row, data }, 1)
  expect(one.one('event', { id: 1 })).toEqual({ ...row, data, id: 1 })
})

test('text with U+0000, which would be cut there, is refused', () => {
  const one = statements()
  expect(() => one.insert('event', { ...row, data: 'a\u0000b' }, 1)).toThrow('U+0000')
})

test.each([[null], [new Uint8Array(0)], [new Uint8Array([0, 255, 10])]])(
  'the blob %s comes back as it was',
  (evidence) => {
    const one = statements()
    one.insert('event', { ...row, evidence }, 1)
    expect(one.many('event', { id: 1 }, 5)).toEqual([{ ...row, evidence, id: 1 }])
  },
)
