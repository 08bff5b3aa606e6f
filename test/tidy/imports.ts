// Who imports what: every specifier of a source file, and the file in this tree that it means.
import { posix } from 'node:path'
import ts from 'typescript'
import { lineOf, visitNodes } from './tree.js'
import type { File, Tree } from './tree.js'

export interface Import {
  readonly specifier: string
  readonly line: number
}

const specifierOf = (node: ts.Node): ts.Expression | undefined => {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return node.argument.literal as ts.Expression
  }
  if (!ts.isCallExpression(node)) return undefined
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return node.arguments[0]
  return undefined
}

/** `new URL('./worker.js', import.meta.url)`: how a worker or a process finds its entry. */
const urlOf = (node: ts.Node): ts.Expression | undefined =>
  ts.isNewExpression(node) &&
  node.expression.getText() === 'URL' &&
  node.arguments?.[1]?.getText() === 'import.meta.url'
    ? node.arguments[0]
    : undefined

const collect = (
  tree: Tree,
  file: File,
  pick: (node: ts.Node) => ts.Expression | undefined,
): Import[] => {
  const source = tree.syntax(file)
  const found: Import[] = []
  visitNodes(source, (node) => {
    const picked = pick(node)
    if (picked !== undefined && ts.isStringLiteralLike(picked)) {
      found.push({ specifier: picked.text, line: lineOf(source, node) })
    }
  })
  return found
}

export const importsOf = (tree: Tree, file: File): Import[] => collect(tree, file, specifierOf)

/** Imports, and files named by URL; for reachability, not for edges. */
export const mentionsOf = (tree: Tree, file: File): Import[] =>
  collect(tree, file, (node) => specifierOf(node) ?? urlOf(node))

export const isRelative = (specifier: string): boolean => /^\.\.?(\/|$)/.test(specifier)

/** The package that a bare specifier names: `@a/b/c` is `@a/b`, `x/y` is `x`. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

const DOORS: Readonly<Record<string, string>> = {
  '@tillgate/protocol': 'protocol/src/index.ts',
  '@tillgate/protocol/node': 'protocol/node/index.ts',
  '@tillgate/gateway': 'gateway/src/index.ts',
  '@tillgate/device-sim': 'device-sim/src/index.ts',
  '@tillgate/admin-api': 'admin-api/src/index.ts',
}

/** The path in this tree that an import means, whether or not it exists; else undefined. */
export const targetOf = (from: string, specifier: string): string | undefined => {
  if (!isRelative(specifier)) return DOORS[specifier]
  const path = posix.join(posix.dirname(from), specifier)
  return from.endsWith('.ts') ? path.replace(/\.js$/, '.ts') : path
}
