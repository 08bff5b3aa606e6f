import { expect, test } from 'vitest'
import { doors, programs } from './entries.js'
import { openDoors, orphans } from './orphans.js'
import { treeOf } from './tree.js'

const found = (files: Readonly<Record<string, string>>): string[] =>
  orphans.check(treeOf(files)).map(({ path }) => path)

test('a file that nothing imports is found, and one that only its test imports', () => {
  const files = {
    'gateway/src/index.ts': "export { a } from './a.js'",
    'gateway/src/a.ts': "import type { B } from './b.js'",
    'gateway/src/b.ts': '',
    'gateway/src/c.ts': '',
    'gateway/src/d.ts': '',
    'gateway/src/d.test.ts': "import './d.js'",
  }
  expect(found(files)).toEqual(['gateway/src/c.ts', 'gateway/src/d.ts'])
})

test('a worker is reached by its URL', () => {
  const files = {
    'gateway/src/index.ts': "new Worker(new URL('./worker.js', import.meta.url))",
    'gateway/src/worker.ts': '',
  }
  expect(found(files)).toEqual([])
})

test('two files that import only each other are orphans', () => {
  expect(
    found({ 'protocol/src/a.ts': "import './b.js'", 'protocol/src/b.ts': "import './a.js'" }),
  ).toEqual(['protocol/src/a.ts', 'protocol/src/b.ts'])
})

test('what lies in test/ is reached from a test', () => {
  const files = {
    'test/a.test.ts': "import './contract/a.js'",
    'test/contract/a.ts': '',
    'test/contract/b.ts': '',
  }
  expect(found(files)).toEqual(['test/contract/b.ts'])
})

test('a program on the list that is not there is found, and a bin that starts nothing', () => {
  const all = Object.fromEntries([...doors, ...programs].map((path) => [path, '']))
  const bin = { 'admin-api/bin/tillgate.js': "import '../dist/cli.js'" }
  expect(openDoors.check(treeOf({ ...all, ...bin }))).toEqual([])
  const { 'admin-api/src/cli.ts': _, ...others } = all
  expect(openDoors.check(treeOf({ ...others, ...bin })).map(({ rule }) => rule)).toEqual([
    'admin-api/src/cli.ts is missing',
    'admin-api/dist/cli.js is never built',
  ])
})
