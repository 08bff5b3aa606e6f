// What a comment must not hold: a leftover, a ticket's number, a switched-off compiler, a lint rule
// switched off without a reason. Comments are found by TypeScript's scanner, so a string that looks
// like one is none; other text files (SQL, YAML, schemas, shell) are read by their own comment mark.
import ts from 'typescript'
import { isSource } from './tree.js'
import type { File, Finding, Rule, Tree } from './tree.js'

interface Comment {
  readonly text: string
  readonly line: number
}

interface Objection {
  readonly rule: string
  readonly pattern: RegExp
  readonly instead: string
}

const OBJECTIONS: readonly Objection[] = [
  {
    rule: 'a leftover',
    pattern: /\b(FIXME|TODO|XXX|HACK)\b/,
    instead: 'do it, or leave it out',
  },
  {
    rule: 'a ticket number',
    // PKCS#7 and PKCS #10 are names, not tickets.
    pattern: /(?<![\w#&]|PKCS )#\d+\b|\b(issue|ticket|bug|PR|GH)[ -]#?\d+\b/i,
    instead: 'say why in the words of the domain; tickets change, code stays',
  },
  {
    rule: 'a silenced compiler',
    pattern: /@ts-(ignore|expect-error|nocheck)/,
    instead: 'make the types true',
  },
  {
    rule: 'a silenced linter',
    pattern: /eslint-disable(?!.* -- \S)|prettier-ignore(?!.* -- \S)/,
    instead: 'follow the rule, or say why not after ` -- `',
  },
]

const commentsIn = (tree: Tree, file: File): Comment[] => {
  const source = tree.syntax(file)
  const seen = new Map<number, Comment>()
  const take = (ranges: readonly ts.CommentRange[] | undefined): void => {
    for (const { pos, end } of ranges ?? []) {
      const line = source.getLineAndCharacterOfPosition(pos).line + 1
      seen.set(pos, { text: file.text.slice(pos, end), line })
    }
  }
  const visit = (node: ts.Node): void => {
    // Only a token owns the trivia around it; a text inside a template has none.
    if (node.getChildCount(source) === 0 && node.kind !== ts.SyntaxKind.JsxText) {
      take(ts.getLeadingCommentRanges(file.text, node.getFullStart()))
      take(ts.getTrailingCommentRanges(file.text, node.getEnd()))
    }
    for (const child of node.getChildren(source)) visit(child)
  }
  visit(source)
  return [...seen.values()]
}

const MARKS: readonly (readonly [RegExp, RegExp])[] = [
  [/\.sql$/, /--.*$/],
  [/\.proto$/, /\/\/.*$/],
  [/(\.(ya?ml|sh)|Dockerfile|\/run|^\.\w+)$/, /(^|\s)#.*$/],
]

const markedLines = (file: File): Comment[] => {
  const mark = MARKS.find(([path]) => path.test(file.path))?.[1]
  if (mark === undefined) return []
  return file.text.split('\n').flatMap((text, index) => {
    const comment = mark.exec(text)?.[0]
    return comment === undefined ? [] : [{ text: comment, line: index + 1 }]
  })
}

const object = (path: string, { text, line }: Comment): Finding[] =>
  text.split('\n').flatMap((part, offset) =>
    OBJECTIONS.filter(({ pattern }) => pattern.test(part)).map(({ rule, instead }) => ({
      path,
      line: line + offset,
      rule,
      instead,
    })),
  )

export const comments: Rule = {
  name: 'comments hold no leftovers, tickets or silenced tools',
  check: (tree) =>
    tree.files.flatMap((file) => {
      const found = isSource(file.path) ? commentsIn(tree, file) : markedLines(file)
      return found.flatMap((comment) => object(file.path, comment))
    }),
}
