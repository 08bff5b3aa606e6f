// The rules of the house that neither the compiler nor the formatter can hold. One rule, one file in
// test/tidy, tested there on small bad strings; here they all look at the real tree.
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { bans } from './tidy/bans.js'
import { comments } from './tidy/comments.js'
import { messages, operations, ports } from './tidy/complete.js'
import { declaredImports, exactPins, workspacesInPaths } from './tidy/declared.js'
import { edges } from './tidy/edges.js'
import { headers } from './tidy/headers.js'
import { names } from './tidy/names.js'
import { openDoors, orphans } from './tidy/orphans.js'
import { lockFile, places } from './tidy/places.js'
import { sizes } from './tidy/sizes.js'
import { readTree, show } from './tidy/tree.js'

const rules = [
  edges,
  declaredImports,
  workspacesInPaths,
  exactPins,
  bans,
  comments,
  sizes,
  orphans,
  openDoors,
  messages,
  operations,
  ports,
  headers,
  names,
  places,
  lockFile,
]

const tree = readTree(fileURLToPath(new URL('..', import.meta.url)))

// Reading is most of the time, so it has a test of its own; a loaded machine may take its time.
const LONG = { timeout: 120_000 }

test('the tree is read', LONG, () => {
  for (const file of tree.sources) tree.nodes(file)
  expect(tree.sources.length).toBeGreaterThan(50)
  expect(tree.has('protocol/src/index.ts')).toBe(true)
})

for (const rule of rules) {
  test(rule.name, LONG, () => {
    const findings = rule.check(tree).map(show)
    if (findings.length > 0) expect.fail(`\n${findings.join('\n')}\n`)
  })
}
