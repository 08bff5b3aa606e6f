import { describe, expect, test } from 'vitest'
import { kebab, messages, messagesOf, operations, ports } from './complete.js'
import type { Rule } from './tree.js'
import { treeOf } from './tree.js'

const found = (rule: Rule, files: Readonly<Record<string, string>>): string[] =>
  rule.check(treeOf(files)).map(({ instead }) => instead)

const schema = `
message Downlink {
  bytes id = 1;
  oneof message {
    Welcome welcome = 16; // answers Hello
    HelloRequest hello_request = 17;
  }
}
message Uplink {
  oneof message {
    Hello hello = 16;
  }
}`

describe('the messages of the schema', () => {
  test('are read from both directions, with their lines', () => {
    expect(messagesOf(schema)).toEqual([
      { name: 'Welcome', line: 5 },
      { name: 'HelloRequest', line: 6 },
      { name: 'Hello', line: 11 },
    ])
    expect(kebab('HelloRequest')).toBe('hello-request')
  })

  test('have a file and vectors each', () => {
    const files = {
      'protocol/schema/tillgate.proto': schema,
      'protocol/src/messages/welcome.ts': '',
      'protocol/src/messages/hello.ts': '',
      'protocol/src/messages/hello-request.ts': '',
      'protocol/vectors/messages/hello.json': '',
      'protocol/vectors/messages/hello-request.json': '',
    }
    expect(found(messages, files)).toEqual(['write protocol/vectors/messages/welcome.json'])
  })
})

test('an operation that the catalogue does not import is found; a helper is none', () => {
  const folder = 'gateway/src/core/operations'
  const files = {
    [`${folder}/catalogue.ts`]: "import { claim } from './claim.js'",
    [`${folder}/claim.ts`]: 'export const claim = operation({})',
    [`${folder}/settle.ts`]: 'export const settle = operation<A, B, C>({})',
    [`${folder}/event.ts`]: 'export const event = () => {}',
  }
  const findings = operations.check(treeOf(files))
  expect(findings.map(({ path }) => path)).toEqual([`${folder}/settle.ts`])
})

test('a port without a contract, or a test beside its adapter, is found', () => {
  const port = 'export interface A {}'
  const files = {
    'gateway/src/core/ports/host.ts': port,
    'gateway/src/core/ports/link.ts': port,
    'gateway/src/core/ports/records.ts': port,
    'gateway/src/core/ports/names.ts': 'export type OnlyNames = string',
    'test/contract/records/claims.test.ts': '',
    'gateway/src/adapters/link/listener/gate.test.ts': '',
  }
  expect(found(ports, files)).toEqual([
    'write test/contract/host.test.ts, run against every adapter',
  ])
})
