// Each source file opens with a comment: what it is, what it must never do, which clause it follows.
// Whether it says that well, a reader must judge; that it says something, this rule.
import { isTest } from './tree.js'
import type { Finding, Rule } from './tree.js'

export const headers: Rule = {
  name: 'every source file says what it is',
  check: (tree) =>
    tree.sources.flatMap(({ path, text }): Finding[] => {
      if (isTest(path) || !path.endsWith('.ts') || /^\s*\/[/*]/.test(text)) return []
      const instead = 'open it with what it is and what it must never do'
      return [{ path, line: 1, rule: 'no header', instead }]
    }),
}
