import { describe, expect, test } from 'vitest'
import { comments } from './comments.js'
import { treeOf } from './tree.js'

const found = (path: string, text: string): string[] =>
  comments.check(treeOf({ [path]: text })).map(({ rule, line }) => `${line} ${rule}`)

const inSource = (text: string): string[] => found('protocol/src/a.ts', text)

// Put together here, so that this file is not found itself.
const ignore = ['@ts', 'ignore'].join('-')
const disable = ['eslint', 'disable-next-line no-control-regex'].join('-')

describe('comments', () => {
  test.each([
    ['// FIXME later', '1 a leftover'],
    ['f() // TODO', '1 a leftover'],
    ['/*\n * HACK\n */', '2 a leftover'],
    ['// see #123', '1 a ticket number'],
    ['// the fix of issue 2', '1 a ticket number'],
    ['/** PR-17 */ f()', '1 a ticket number'],
    [`const a = [\n  // ${ignore}\n  1,\n]`, '2 a silenced compiler'],
    [`// ${disable}\nf()`, '1 a silenced linter'],
  ])('%j', (text, finding) => {
    expect(inSource(text)).toEqual([finding])
  })

  test.each([
    "const text = 'TODO: #123' // a string is no comment",
    'const text = `// FIXME ${f()} // TODO`',
    'const pattern = /\\/\\/ TODO/',
    '// a PKCS#7 signature over a PKCS #10 request, in colour &#123;',
    '// the issue of a token; the ticket key of a session',
    `// ${disable} -- control characters are what it looks for`,
  ])('free: %j', (text) => {
    expect(inSource(text)).toEqual([])
  })

  test('are read in other languages by their own mark', () => {
    expect(found('gateway/a.sql', 'select 1 -- TODO')).toEqual(['1 a leftover'])
    expect(found('protocol/a.proto', 'x = 1; // see #5')).toEqual(['1 a ticket number'])
    expect(found('docker-compose.yml', 'a: b\n# FIXME')).toEqual(['2 a leftover'])
    expect(found('docker-compose.yml', 'a: "TODO"')).toEqual([])
  })
})
