import { describe, expect, test } from 'vitest'
import { linesMax, sizes } from './sizes.js'
import { treeOf } from './tree.js'

const lines = (count: number): string => 'f()\n'.repeat(count)

const found = (path: string, text: string): string[] =>
  sizes.check(treeOf({ [path]: text })).map(({ rule, line }) => `${line} ${rule}`)

describe('a file', () => {
  test('has at most 400 lines', () => {
    expect(found('gateway/src/a.ts', lines(linesMax.file))).toEqual([])
    expect(found('gateway/src/a.ts', lines(linesMax.file + 1))).toEqual(['401 401 lines'])
    expect(found('gateway/src/a.test.ts', lines(linesMax.file + 1))).toHaveLength(1)
  })

  test('named main.ts has at most 40', () => {
    expect(found('gateway/src/main.ts', lines(linesMax.main))).toEqual([])
    expect(found('gateway/src/main.ts', lines(linesMax.main + 1))).toHaveLength(1)
  })

  test('of data is as long as its list', () => {
    expect(found('protocol/src/catalogue/api-errors.ts', lines(1_000))).toEqual([])
    expect(found('protocol/generated/messages.js', lines(10_000))).toEqual([])
  })
})

describe('a function', () => {
  const body = (count: number): string => lines(count - 2)

  test.each([
    [(text: string) => `function f() {\n${text}}`, 'f'],
    [(text: string) => `const f = () => {\n${text}}`, 'f'],
    [(text: string) => `const a = { f: () => {\n${text}} }`, 'f'],
    [(text: string) => `class A { f() {\n${text}} }`, 'f'],
    [(text: string) => `class A { constructor() {\n${text}} }`, 'constructor'],
    [(text: string) => `f(function* () {\n${text}})`, 'a function'],
  ])('has at most 70 lines: %s', (wrap, name) => {
    expect(found('gateway/src/a.ts', wrap(body(linesMax.function)))).toEqual([])
    const long = wrap(body(linesMax.function + 1))
    expect(found('gateway/src/a.ts', long)).toEqual([`1 ${name} has 71 lines`])
  })

  test('that makes others is measured without them, up to 200 lines', () => {
    const inner = (name: string): string => `const ${name} = () => {\n${body(40)}}\n`
    const factory = (parts: number): string =>
      `const open = () => {\n${inner('a').repeat(parts)}return { a }\n}`
    expect(found('gateway/src/a.ts', factory(4))).toEqual([])
    expect(found('gateway/src/a.ts', factory(5))).toEqual([
      '1 open has 203 lines with the functions in it',
    ])
    const own = `const open = () => {\n${inner('a')}${body(70)}}`
    expect(found('gateway/src/a.ts', own)).toEqual(['1 open has 71 lines'])
  })

  test('that only groups tests is not measured, a test is', () => {
    const many = `test('b', () => {\n${body(30)}})\n`.repeat(3)
    expect(found('a.test.ts', `describe('a', () => {\n${many}})`)).toEqual([])
    expect(
      found('a.test.ts', `const suite = () => {\n describe('a', () => {\n${many}})\n}`),
    ).toEqual([])
    expect(
      found('a.test.ts', `for (const x of y) describe.each(z)('a', () => {\n${many}})`),
    ).toEqual([])
    const one = `describe('a', () => {\ntest('b', () => {\n${body(71)}})\n})`
    expect(found('a.test.ts', one)).toEqual(['2 a function has 71 lines'])
  })
})
