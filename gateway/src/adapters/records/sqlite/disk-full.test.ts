// A database that may not grow any more: nothing is answered as done, and work goes on when it may.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { insert, operation } from '../../../core/operations/operation.js'
import { migrations } from './migrations/catalogue.js'
import type { GroupItem } from '../group.js'
import { SqliteStore } from './sqlite-store.js'

const note = operation<{ readonly text: string }, undefined, 'noted'>({
  name: 'note',
  // eslint-disable-next-line require-yield -- it asks for nothing
  *load() {
    return undefined
  },
  decide: (_, { text }) => ({
    writes: [
      insert('event', {
        atMs: 1,
        kind: text,
        terminalId: null,
        commandId: null,
        bindingId: null,
        actor: 'a',
        data: '{}',
        evidence: null,
        caseId: null,
      }),
    ],
    result: 'noted',
  }),
})

const folder = mkdtempSync(join(tmpdir(), 'tillgate-full-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const item = (text: string): GroupItem => ({ name: 'note', input: { text } })
const big = 'x'.repeat(60_000)

test('a full database answers no success, says so, and works again when there is room', () => {
  const store = new SqliteStore({
    file: join(folder, 'records.sqlite'),
    nowMs: 1,
    migrations,
    operations: { note },
  })
  const kinds = (): unknown[] =>
    store.database?.prepare('select substr(kind, 1, 5) as kind from event').all() ?? []
  expect(store.run([item('first')])).toEqual([{ kind: 'result', result: 'noted' }])

  const pages = store.database?.prepare('pragma page_count').get() as { page_count: number }
  store.database?.exec(`pragma max_page_count = ${String(pages.page_count + 2)}`)
  const answers = store.run([item('with it'), item(big), item('after')])
  expect(answers).toEqual([
    { kind: 'unavailable' },
    { kind: 'unavailable' },
    { kind: 'unavailable' },
  ])
  expect(store.failure).toBe('the disk is full')
  expect(store.run([item('later')])).toEqual([{ kind: 'unavailable' }])
  expect(kinds()).toEqual([{ kind: 'first' }])

  // A connection opened anew has no such limit, as a disk with room again.
  expect(store.recover()).toBe(true)
  expect(store.failure).toBeUndefined()
  expect(store.run([item(big)])).toEqual([{ kind: 'result', result: 'noted' }])
  expect(kinds()).toEqual([{ kind: 'first' }, { kind: 'xxxxx' }])
  store.close()
})
