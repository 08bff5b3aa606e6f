import { expect, test } from 'vitest'
import { headers } from './headers.js'
import { treeOf } from './tree.js'

test('a source file without a comment at its head is found, a test is not', () => {
  const files = {
    'protocol/src/a.ts': "import './b.js' // what this is",
    'protocol/src/b.ts': '// What this is.\nf()',
    'protocol/src/c.ts': '/** What this is. */\nf()',
    'protocol/src/a.test.ts': "import './a.js'",
  }
  expect(headers.check(treeOf(files)).map(({ path }) => path)).toEqual(['protocol/src/a.ts'])
})
