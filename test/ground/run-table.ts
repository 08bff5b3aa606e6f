// A reporter that ends the run with one table in Markdown: a row from each test that gave one, failed or
// not. Long runs are read by it, and pasted from it.
import type { TestContext } from 'vitest'
import type { Reporter, TestModule } from 'vitest/node'

/** By column; the first row's columns come first. */
export type Row = Readonly<Record<string, string | number>>

declare module 'vitest' {
  interface TaskMeta {
    rows?: readonly Row[]
  }
}

/** Before the test expects anything of it: the row of a run that went wrong is the one that is wanted. */
export const giveRow = ({ task: { meta } }: Pick<TestContext, 'task'>, row: Row): void => {
  meta.rows = [...(meta.rows ?? []), row]
}

const line = (cells: readonly (string | number)[]): string =>
  `| ${cells.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell)).join(' | ')} |`

export const tableLines = (rows: readonly Row[]): string[] => {
  if (rows.length === 0) return []
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const body = rows.map((row) => line(columns.map((column) => row[column] ?? '–')))
  return ['', line(columns), line(columns.map(() => '---')), ...body, '']
}

const rowsIn = (module: TestModule): readonly Row[] =>
  [...module.children.allTests()].flatMap((test) => test.meta().rows ?? [])

export class RunTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const lines = tableLines(modules.flatMap(rowsIn))
    if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`)
  }
}
