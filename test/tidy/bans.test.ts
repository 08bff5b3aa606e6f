import { describe, expect, test } from 'vitest'
import { bans } from './bans.js'
import { treeOf } from './tree.js'

const found = (path: string, text: string): string[] =>
  bans.check(treeOf({ [path]: text })).map(({ rule, line }) => `${line} ${rule}`)

const inCore = (text: string): string[] => found('gateway/src/core/a.ts', text)

describe('names banned from the product', () => {
  test.each([
    ['Date.now()', 'the clock'],
    ['new Date()', 'the clock'],
    ['new Date', 'the clock'],
    ['const now = performance.now', 'a stopwatch'],
    ['setTimeout(f, 1)', 'a timer'],
    ['const later = setImmediate', 'a timer'],
    ['setTimeout.bind(null)', 'a timer'],
    ["import { setTimeout as sleep } from 'node:timers/promises'", 'a timer'],
    ['Math.random()', 'Math.random'],
    ["import { randomBytes } from 'node:crypto'", 'chance'],
    ["import { v7 as uuid } from 'uuid'", 'chance'],
    ['crypto.randomUUID()', 'chance'],
    ['const seed = Date.now() // and the clock', 'a seed from the clock'],
    ['f(process.env)', 'process'],
    ["import { env } from 'node:process'", 'process'],
    ['console.log(1)', 'console'],
    ['f(x as any)', 'as any'],
    ['export default f', 'default export'],
    ['export default class A {}', 'default export'],
    ['export { f as default }', 'default export'],
    ['interface IRecords {}', 'an I prefix'],
  ])('%s', (text, rule) => {
    expect(inCore(`\n${text}`)).toContain(`2 ${rule}`)
  })

  test.each([
    'new Date(at).toISOString()',
    'timers.setTimeout(f, 1)',
    'interface Timers { setTimeout(f: () => void): void }',
    "const text = 'Date.now(), process.env' // Math.random()",
    'entropy.randomBytes(16)',
    'x as unknown',
    'interface Id { readonly process: string }',
    'const process = (item: Item): void => {}',
    'interface Idempotency {}',
  ])('free: %s', (text) => {
    expect(inCore(text)).toEqual([])
  })
})

describe('places where they may stand', () => {
  test('clock, timers and chance in the two system folders', () => {
    const text = 'Date.now(); setTimeout(f, 1); crypto.getRandomValues(b)'
    expect(found('gateway/src/adapters/system/clock.ts', text)).toEqual([])
    expect(found('device-sim/src/system/clock.ts', text)).toEqual([])
    expect(found('device-sim/src/flash/clock.ts', text)).toHaveLength(3)
  })

  test('timers and a stopwatch in a unit test, the clock only in test/ and in an example', () => {
    expect(found('gateway/src/core/a.test.ts', 'setTimeout(f, performance.now())')).toEqual([])
    expect(found('protocol/examples/a.mjs', 'setTimeout(f, Date.now())')).toEqual([])
    expect(found('gateway/src/core/a.test.ts', 'Date.now()')).toEqual(['1 the clock'])
    expect(found('test/e2e/a.test.ts', 'Date.now()')).toEqual([])
  })

  test('process and console in a program, and in nothing that it imports', () => {
    const text = 'console.log(process.argv)'
    expect(found('admin-api/src/main.ts', text)).toEqual([])
    expect(found('test/demo/table.ts', text)).toEqual([])
    expect(found('admin-api/src/server.ts', text)).toEqual(['1 console', '1 process'])
  })

  test('chance without a seed nowhere, not even in a test', () => {
    expect(found('test/e2e/a.test.ts', 'Math.random()')).toEqual(['1 Math.random'])
    expect(found('test/e2e/a.test.ts', 'run({ seed: Date.now() })')).toEqual([
      '1 a seed from the clock',
    ])
  })

  test('Kysely beside a hot path, not in it', () => {
    const text = "import { sql } from 'kysely'"
    expect(found('gateway/src/adapters/records/sqlite/read.ts', text)).toEqual([])
    const hot = 'gateway/src/adapters/records/sqlite/hot/claim.ts'
    expect(found(hot, text)).toEqual(['1 Kysely on a hot path'])
  })
})

describe('tests that do not run', () => {
  test.each(['test.only(n, f)', 'describe.only(n, f)', 'it.concurrent.only(n, f)'])(
    '%s',
    (text) => {
      expect(found('test/a.test.ts', text)).toEqual(['1 a test run alone'])
    },
  )

  test.each(['test.skip(n, f)', 'describe.skipIf(x)(n, f)', 'it.todo(n)'])('%s', (text) => {
    expect(found('test/a.test.ts', text)).toEqual(['1 a skip without a reason'])
  })

  test('a skip with its reason is free', () => {
    expect(found('test/a.test.ts', "context.skip('needs curl')")).toEqual([])
  })
})
