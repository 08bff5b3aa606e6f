import { expect, test } from 'vitest'
import { orphans } from './orphans.js'
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
