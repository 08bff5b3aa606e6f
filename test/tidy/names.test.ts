import { expect, test } from 'vitest'
import { names } from './names.js'
import { treeOf } from './tree.js'

const found = (path: string): string[] =>
  names.check(treeOf({ [path]: '' })).map(({ rule }) => rule)

test.each([
  ['gateway/src/utils/bytes.ts', 'a folder named utils'],
  ['gateway/src/core/types/a.ts', 'a folder named types'],
  ['gateway/src/Core/a.ts', 'folder Core'],
  ['gateway/src/core/commandLane.ts', 'file commandLane.ts'],
  ['gateway/src/core/command_lane.ts', 'file command_lane.ts'],
  ['gateway/src/core/lane2.test.ts', 'test file lane2.test.ts'],
  ['test/e2e/issue-17.test.ts', 'test file issue-17.test.ts'],
])('%s', (path, rule) => {
  expect(found(path)).toEqual([rule])
})

test.each([
  'gateway/src/core/README.md',
  'gateway/src/core/operations/claim-next-command.test.ts',
  'gateway/src/adapters/records/sqlite/migrations/0001-first-tables.ts',
  'admin-api/Dockerfile',
  '.ci/run',
  '.prettierrc.json',
  'test/tsconfig.lint.json',
])('free: %s', (path) => {
  expect(found(path)).toEqual([])
})
