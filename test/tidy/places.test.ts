import { describe, expect, test } from 'vitest'
import { lockFile, places } from './places.js'
import { treeOf } from './tree.js'

// Put together here, so that this file is not found itself.
const absolute = (...folders: string[]): string => ['', ...folders].join('/')

describe('a path of one machine', () => {
  test.each([absolute('work', 'main'), absolute('home', 'jo', 'x'), absolute('Users', 'jo')])(
    '%s',
    (path) => {
      expect(places.check(treeOf({ 'README.md': `See\n\`${path}\`` }))).toMatchObject([{ line: 2 }])
    },
  )

  test.each([
    'the home/office',
    'https://example.org/work/a',
    'src/work/a.ts',
    absolute('v1', 'terminals'),
  ])('free: %s', (text) => {
    expect(places.check(treeOf({ 'README.md': text }))).toEqual([])
  })
})

test('a registry in the lock file is found', () => {
  const lock = '{\n  "resolved": "https://registry.example/a.tgz"\n  "resolved": "gateway"\n}'
  expect(lockFile.check(treeOf({ 'package-lock.json': lock }))).toMatchObject([{ line: 2 }])
})
