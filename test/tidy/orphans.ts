// No orphans: every source file is reached, import by import, from a package's door or a program; a
// file that only its own test reaches is dead. What lies in test/ is reached from a test.
import { doors, programs } from './entries.js'
import { mentionsOf, targetOf } from './imports.js'
import { isTest } from './tree.js'
import type { Finding, Rule, Tree } from './tree.js'

const isCode = (path: string): boolean => path.endsWith('.ts') && !path.endsWith('.d.ts')

const reach = (tree: Tree, roots: readonly string[]): Set<string> => {
  const files = new Map(tree.sources.map((file) => [file.path, file]))
  const reached = new Set<string>()
  const waiting = [...roots]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const file = files.get(path)
    if (file === undefined || reached.has(path)) continue
    reached.add(path)
    for (const { specifier } of mentionsOf(tree, file)) {
      const target = targetOf(path, specifier)
      if (target !== undefined) waiting.push(target)
    }
  }
  return reached
}

export const orphans: Rule = {
  name: 'no source file is an orphan',
  check: (tree) => {
    const code = tree.sources.map(({ path }) => path).filter(isCode)
    const inTest = code.filter((path) => path.startsWith('test/'))
    const reached = reach(tree, [...doors, ...programs])
    const reachedInTest = reach(tree, [...doors, ...programs, ...inTest.filter(isTest)])
    return code.flatMap((path): Finding[] => {
      const seen = path.startsWith('test/') ? reachedInTest : reached
      if (isTest(path) || seen.has(path)) return []
      const instead = 'import it from a door or a program (test/tidy/entries.ts), or delete it'
      return [{ path, line: 1, rule: 'an orphan', instead }]
    })
  },
}

/** `../dist/cli.js`, named by a committed bin, is built from `../src/cli.ts`. */
const sourceOf = (path: string): string => path.replace('/dist/', '/src/').replace(/\.js$/, '.ts')

export const openDoors: Rule = {
  name: 'every door, program and bin is there',
  check: (tree) => {
    const listed = 'test/tidy/entries.ts'
    const missing = [...doors, ...programs]
      .filter((path) => !tree.has(path))
      .map((path) => ({ path: listed, line: 1, rule: `${path} is missing` }))
    const shims = tree.sources.filter(({ path }) => /^[^/]+\/bin\//.test(path))
    const dangling = shims.flatMap((file) =>
      mentionsOf(tree, file)
        .map(({ specifier, line }) => ({ line, target: targetOf(file.path, specifier) }))
        .filter(({ target }) => target !== undefined && !tree.has(sourceOf(target)))
        .map(({ line, target }) => ({ path: file.path, line, rule: `${target} is never built` })),
    )
    const instead = 'write it, or take it off the list'
    return [...missing, ...dangling].map((finding) => ({ ...finding, instead }))
  },
}
