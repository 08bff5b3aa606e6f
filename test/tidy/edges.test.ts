import { describe, expect, test } from 'vitest'
import { edges } from './edges.js'
import { treeOf } from './tree.js'

const found = (path: string, ...specifiers: string[]): string[] => {
  const text = specifiers.map((specifier) => `import '${specifier}'`).join('\n')
  return edges.check(treeOf({ [path]: text })).map(({ instead }) => instead)
}

describe('imports against the street', () => {
  test.each([
    ['protocol/src/a.ts', '@tillgate/protocol/node'],
    ['protocol/src/a.ts', '../node/primitives.js'],
    ['protocol/src/a.ts', 'mqtt'],
    ['protocol/node/a.ts', '@tillgate/gateway'],
    ['gateway/src/core/a.ts', '@tillgate/protocol/node'],
    ['gateway/src/core/a.ts', '../adapters/system/clock.js'],
    ['gateway/src/core/a.ts', 'node:fs'],
    ['gateway/src/adapters/host/a.ts', '../records/sqlite/statements.js'],
    ['gateway/src/adapters/records/sqlite/a.ts', '../postgres/statements.js'],
    ['gateway/src/adapters/https/a.ts', '../hooks/hook.js'],
    ['gateway/src/adapters/host/a.ts', '../../pki/authority.js'],
    ['gateway/src/adapters/host/a.ts', '../../index.js'],
    ['gateway/src/pki/a.ts', '../adapters/system/clock.js'],
    ['gateway/src/keys/a.ts', '../pki/authority.js'],
    ['gateway/src/main.ts', '@tillgate/admin-api'],
    ['device-sim/src/a.ts', '@tillgate/gateway'],
    ['device-sim/src/a.ts', '../../gateway/src/core/a.js'],
    ['admin-api/src/a.ts', '@tillgate/protocol/node'],
    ['admin-api/src/a.ts', '../../gateway/src/core/operations/catalogue.js'],
    ['admin-api/src/a.ts', '@tillgate/device-sim'],
    ['admin-api/src/a.ts', '../../test/ground/index.js'],
    ['device-sim/src/a.test.ts', '../../test/contract/records.js'],
    ['gateway/src/managers/a.ts', './b.js'],
  ])('%s imports %s', (path, specifier) => {
    expect(found(path, specifier)).toHaveLength(1)
  })

  test('are found as types, re-exports and dynamic imports too', () => {
    const text = [
      "import type { A } from '@tillgate/protocol/node'",
      "export * from '@tillgate/protocol/node'",
      "const b = await import('@tillgate/protocol/node')",
      "const c: import('@tillgate/protocol/node').C = d",
    ].join('\n')
    const findings = edges.check(treeOf({ 'gateway/src/core/a.ts': text }))
    expect(findings.map(({ line }) => line)).toEqual([1, 2, 3, 4])
  })
})

describe('imports along the street', () => {
  test.each([
    ['protocol/src/a.ts', 'protobufjs/minimal.js', '#generated', './limits.js'],
    ['protocol/src/a.test.ts', 'node:fs', 'vitest'],
    ['protocol/node/a.ts', '@tillgate/protocol', 'node:crypto'],
    ['gateway/src/core/a.ts', '@tillgate/protocol', './commands/states.js'],
    ['gateway/src/adapters/records/sqlite/a.ts', '../../../core/ports/records.js', '../rows.js'],
    ['gateway/src/adapters/records/sqlite/hot/a.ts', '../statements.js', '@tillgate/protocol/node'],
    ['gateway/src/adapters/host/https/a.ts', '../../https/ask.js', '../../../core/ports/host.js'],
    ['gateway/src/node/a.ts', '../pki/authority.js', '../adapters/system/clock.js'],
    ['gateway/src/index.ts', './node/open-node.js', './core/services/services.js'],
    ['device-sim/src/a.ts', '@tillgate/protocol', '@tillgate/protocol/node', 'mqtt'],
    ['admin-api/src/a.ts', '@tillgate/protocol', '@tillgate/gateway', 'fastify'],
    ['gateway/src/core/a.test.ts', '@tillgate/protocol/node'],
    ['device-sim/src/a.test.ts', '../../test/ground/index.js'],
    ['test/e2e/a.test.ts', '@tillgate/gateway', '../../gateway/src/core/a.js'],
  ])('%s', (path, ...specifiers) => {
    expect(found(path, ...specifiers)).toEqual([])
  })
})
