import { describe, expect, test } from 'vitest'
import { declaredImports, exactPins, workspacesInPaths } from './declared.js'
import { treeOf } from './tree.js'

const house = (files: Readonly<Record<string, string>>): ReturnType<typeof treeOf> =>
  treeOf({
    'package.json': JSON.stringify({
      workspaces: ['gateway', 'test'],
      devDependencies: { vitest: '4.1.12' },
    }),
    'gateway/package.json': JSON.stringify({
      name: '@tillgate/gateway',
      dependencies: { '@a/b': '1.0.0', c: '1.0.0' },
      devDependencies: { d: '1.0.0' },
    }),
    'test/package.json': JSON.stringify({ name: '@tillgate/test', dependencies: { c: '^1.0.0' } }),
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@tillgate/gateway": [] } } } // jsonc',
    ...files,
  })

const undeclared = (path: string, ...specifiers: string[]): string[] => {
  const text = specifiers.map((specifier) => `import '${specifier}'`).join('\n')
  return declaredImports.check(house({ [path]: text })).map(({ instead }) => instead)
}

describe('a bare import', () => {
  test('is declared in its own package.json', () => {
    expect(undeclared('gateway/src/a.ts', '@a/b/deep', 'c', 'c/deep.js', 'node:fs', 'fs')).toEqual(
      [],
    )
    expect(undeclared('gateway/src/a.ts', 'hoisted')).toEqual([
      'declare hoisted in gateway/package.json, pinned exactly',
    ])
  })

  test('of a tool is for tests, not for the product', () => {
    expect(undeclared('gateway/src/a.ts', 'vitest', 'd')).toHaveLength(2)
    expect(undeclared('gateway/src/a.test.ts', 'vitest', 'd')).toEqual([])
    expect(undeclared('test/a.ts', 'vitest', 'd')).toEqual([
      'declare d in test/package.json, pinned exactly',
    ])
  })
})

test('a workspace missing from paths is found', () => {
  expect(workspacesInPaths.check(house({})).map(({ instead }) => instead)).toEqual([
    'add @tillgate/test with its door, or its edges go unchecked',
  ])
})

test('a loose version is found', () => {
  expect(exactPins.check(house({})).map(({ path }) => path)).toEqual(['test/package.json'])
})
