// Who imports what: every specifier of a source file, and the file in this tree that it means.
import { posix } from 'node:path'
import ts from 'typescript'
import { lineOf } from './tree.js'
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
  return node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments[0] : undefined
}

/** `new URL('./worker.js', import.meta.url)`: how a worker or a process finds its entry. */
const urlOf = (node: ts.Node): ts.Expression | undefined =>
  ts.isNewExpression(node) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === 'URL' &&
  node.arguments?.[1]?.getText() === 'import.meta.url'
    ? node.arguments[0]
    : undefined

type Found = Import & { readonly isUrl: boolean }

const known = new WeakMap<File, readonly Found[]>()

const collect = (tree: Tree, file: File): readonly Found[] => {
  const before = known.get(file)
  if (before !== undefined) return before
  const source = tree.syntax(file)
  const found: Found[] = []
  for (const node of tree.nodes(file)) {
    const specifier = specifierOf(node)
    const picked = specifier ?? urlOf(node)
    if (picked === undefined || !ts.isStringLiteralLike(picked)) continue
    const isUrl = specifier === undefined
    found.push({ specifier: picked.text, line: lineOf(source, node), isUrl })
  }
  known.set(file, found)
  return found
}

export const importsOf = (tree: Tree, file: File): readonly Import[] =>
  collect(tree, file).filter(({ isUrl }) => !isUrl)

/** Imports, and files named by URL; for reachability, not for edges. */
export const mentionsOf = (tree: Tree, file: File): readonly Import[] => collect(tree, file)

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
