// A reporter that ends the run with the list of what was skipped, and why: a skip nobody sees is a
// test nobody has. A test gives its reason through `context.skip(reason)`.
import type { Reporter, TestCase, TestModule } from 'vitest/node'

export interface Skipped {
  readonly name: string
  readonly reason: string
}

const skippedIn = (module: TestModule): Skipped[] => {
  const skipped: Skipped[] = []
  for (const test of module.children.allTests()) {
    const reason = reasonOf(test)
    if (reason !== undefined) {
      skipped.push({ name: `${module.relativeModuleId} > ${test.fullName}`, reason })
    }
  }
  return skipped
}

const reasonOf = (test: TestCase): string | undefined => {
  const result = test.result()
  if (result.state !== 'skipped') return undefined
  return result.note ?? 'no reason given'
}

export const skipLines = (skipped: readonly Skipped[]): string[] => {
  if (skipped.length === 0) return []
  const lines = skipped.map(({ name, reason }) => `  ${name}: ${reason}`)
  return ['', `Skipped tests (${skipped.length}):`, ...lines, '']
}

export class SkipList implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const lines = skipLines(modules.flatMap(skippedIn))
    if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`)
  }
}
