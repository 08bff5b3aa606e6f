// Ratchets: small leaves, no centre. A file has at most 400 lines, a function 70, a main.ts 40, so
// that nothing small grows large by habit. A function's lines are its own: functions inside it are
// measured by themselves, as the methods of a class are, so that a factory is no worse than a class;
// with them it has at most 200. Data is exempt by its path; a function that only groups tests (a
// `describe` callback, a contract suite) is not measured, the tests in it are.
import ts from 'typescript'
import { lineOf } from './tree.js'
import type { File, Finding, Rule, Tree } from './tree.js'

export const linesMax = { file: 400, function: 70, factory: 200, main: 40 } as const

// Tables of data: as long as what they list.
const TABLES = [
  /^protocol\/src\/catalogue\//,
  /^gateway\/src\/core\/records\/tables\.ts$/,
  /\/vectors\//,
  /\.d\.ts$/,
]

const GROUPS = new Set(['describe', 'test', 'it', 'suite', 'testWith'])

const lineCount = (text: string): number => text.replace(/\n$/, '').split('\n').length

const calledName = (call: ts.CallExpression): string => {
  let callee: ts.Expression = call.expression
  while (ts.isCallExpression(callee) || ts.isPropertyAccessExpression(callee))
    callee = callee.expression
  return ts.isIdentifier(callee) ? callee.text : ''
}

const isGrouping = (statement: ts.Statement): boolean => {
  if (ts.isForOfStatement(statement)) {
    const { statement: body } = statement
    return ts.isBlock(body) ? body.statements.some(isGrouping) : isGrouping(body)
  }
  return (
    ts.isExpressionStatement(statement) &&
    ts.isCallExpression(statement.expression) &&
    GROUPS.has(calledName(statement.expression))
  )
}

const groupsTests = (node: ts.FunctionLikeDeclaration): boolean =>
  node.body !== undefined && ts.isBlock(node.body) && node.body.statements.some(isGrouping)

const functionName = (node: ts.FunctionLikeDeclaration): string => {
  if (ts.isConstructorDeclaration(node)) return 'constructor'
  if (node.name !== undefined) return node.name.getText()
  const { parent } = node
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent))
    return parent.name.getText()
  return 'a function'
}

const isMeasured = (node: ts.Node): node is ts.FunctionLikeDeclaration =>
  (ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isAccessor(node)) &&
  node.body !== undefined

const spanOf = (source: ts.SourceFile, node: ts.Node): [number, number] => [
  lineOf(source, node),
  source.getLineAndCharacterOfPosition(node.getEnd()).line + 1,
]

/** Lines of the functions directly inside, without the line each begins on. */
const innerLines = (source: ts.SourceFile, node: ts.Node): number => {
  let lines = 0
  const visit = (child: ts.Node): void => {
    if (!isMeasured(child)) return ts.forEachChild(child, visit)
    const [first, last] = spanOf(source, child)
    lines += last - first
  }
  ts.forEachChild(node, visit)
  return lines
}

const longFunctions = (tree: Tree, file: File): Finding[] => {
  const source = tree.syntax(file)
  const findings: Finding[] = []
  for (const node of tree.nodes(file)) {
    if (!isMeasured(node) || groupsTests(node)) continue
    const [line, last] = spanOf(source, node)
    const lines = last - line + 1
    const own = lines - innerLines(source, node)
    const find = (rule: string, instead: string): void => {
      findings.push({ path: file.path, line, rule: `${functionName(node)} has ${rule}`, instead })
    }
    if (own > linesMax.function) {
      find(`${own} lines`, `a function has at most ${linesMax.function}: give its steps names`)
    } else if (lines > linesMax.factory) {
      find(
        `${lines} lines with the functions in it`,
        `it has at most ${linesMax.factory}: give its parts files`,
      )
    }
  }
  return findings
}

const longFile = ({ path, text }: File): Finding[] => {
  const lines = lineCount(text)
  const max = path.endsWith('/main.ts') ? linesMax.main : linesMax.file
  if (lines <= max) return []
  const instead = `${max === linesMax.main ? 'a main' : 'a file'} has at most ${max}: split it by nouns`
  return [{ path, line: max + 1, rule: `${lines} lines`, instead }]
}

export const sizes: Rule = {
  name: 'files and functions stay small',
  check: (tree) =>
    tree.sources
      .filter(({ path }) => !TABLES.some((table) => table.test(path)))
      .flatMap((file) => [...longFile(file), ...longFunctions(tree, file)]),
}
