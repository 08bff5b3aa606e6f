// Names that must not be used where they tempt: each with the place where it may stand, and with what
// to write instead. Read from the syntax tree, so that prose and strings are free to name them.
import ts from 'typescript'
import { isProgram } from './entries.js'
import { isTest, lineOf } from './tree.js'
import type { File, Finding, Rule, Tree } from './tree.js'

interface Ban {
  readonly rule: string
  readonly instead: string
  readonly banned: (node: ts.Node) => boolean
  readonly mayStandIn: (path: string) => boolean
}

const inSystem = (path: string): boolean =>
  /^(gateway\/src\/adapters\/system|device-sim\/src\/system)\//.test(path)

// What lies in test/ stands on real sockets and real certificates, and so on the real clock.
const inTestFolder = (path: string): boolean => path.startsWith('test/')
const isScript = (path: string): boolean => path.endsWith('.mjs')

// A stranger's whole program: it has no ports, and shows what it does itself.
const isExample = (path: string): boolean => path.includes('/examples/')

const isFree = (path: string): boolean =>
  inSystem(path) || inTestFolder(path) || isTest(path) || isExample(path)

const isNamed = (node: ts.Node, name: string): boolean =>
  ts.isIdentifier(node) && node.text === name

const isMember = (node: ts.Node, object: string, ...names: string[]): boolean =>
  ts.isPropertyAccessExpression(node) &&
  isNamed(node.expression, object) &&
  names.includes(node.name.text)

/** A name used as a value: not a property's name, not a declaration, not a type. */
const isUse = (node: ts.Node, ...names: string[]): boolean => {
  if (!ts.isIdentifier(node) || !names.includes(node.text)) return false
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return true
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) return parent.initializer === node
  return ts.isElementAccessExpression(parent) || ts.isShorthandPropertyAssignment(parent)
}

const imports = (node: ts.Node, module: RegExp, ...names: string[]): boolean => {
  if (!ts.isImportSpecifier(node)) return false
  const declaration = node.parent.parent.parent
  if (!ts.isImportDeclaration(declaration)) return false
  const specifier = (declaration.moduleSpecifier as ts.StringLiteral).text
  return module.test(specifier) && names.includes((node.propertyName ?? node.name).text)
}

const TIMERS = ['setTimeout', 'setInterval', 'setImmediate']
const CHANCE = ['randomBytes', 'randomUUID', 'randomInt', 'randomFillSync', 'getRandomValues']
const RUNNERS = ['test', 'it', 'describe', 'suite']

const isNow = (node: ts.Node): boolean =>
  isMember(node, 'Date', 'now') ||
  (ts.isNewExpression(node) && isNamed(node.expression, 'Date') && !node.arguments?.length) ||
  (ts.isCallExpression(node) && isNamed(node.expression, 'Date'))

const isStopwatch = (node: ts.Node): boolean =>
  isMember(node, 'performance', 'now') || isMember(node, 'process', 'hrtime')

const isSeedFromClock = (node: ts.Node): boolean => {
  if (!ts.isVariableDeclaration(node) && !ts.isPropertyAssignment(node) && !ts.isParameter(node)) {
    return false
  }
  return (
    /seed/i.test(node.name.getText()) &&
    /\bDate\.now\b|\bhrtime\b/.test(node.initializer?.getText() ?? '')
  )
}

const hasModifier = (node: ts.Node, kind: ts.SyntaxKind): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind)

const isDefaultExport = (node: ts.Node): boolean =>
  (ts.isExportAssignment(node) && node.isExportEquals !== true) ||
  hasModifier(node, ts.SyntaxKind.DefaultKeyword) ||
  (ts.isExportSpecifier(node) && node.name.text === 'default')

const isRunnerProperty = (node: ts.Node, ...names: string[]): boolean =>
  ts.isPropertyAccessExpression(node) &&
  names.includes(node.name.text) &&
  RUNNERS.includes(node.expression.getText().split('.')[0] ?? '')

const BANS: readonly Ban[] = [
  {
    rule: 'the clock',
    instead: 'take a Clock through a parameter',
    banned: isNow,
    mayStandIn: (path) => inSystem(path) || inTestFolder(path) || isExample(path),
  },
  {
    rule: 'a stopwatch',
    instead: 'take a Clock through a parameter',
    banned: isStopwatch,
    mayStandIn: isFree,
  },
  {
    rule: 'a timer',
    instead: 'take Timers through a parameter',
    banned: (node) => isUse(node, ...TIMERS) || imports(node, /^(node:)?timers/, ...TIMERS),
    mayStandIn: isFree,
  },
  {
    rule: 'Math.random',
    instead: 'take Entropy through a parameter; in a test, draw from its seed',
    banned: (node) => isMember(node, 'Math', 'random'),
    mayStandIn: () => false,
  },
  {
    rule: 'chance',
    instead: 'take Entropy or Ids through a parameter',
    banned: (node) =>
      imports(node, /^(node:)?crypto$/, ...CHANCE) ||
      isMember(node, 'crypto', ...CHANCE) ||
      imports(node, /^uuid$/, 'v1', 'v4', 'v6', 'v7'),
    mayStandIn: isFree,
  },
  {
    rule: 'a seed from the clock',
    instead: 'give the seed a fixed default and let TILLGATE_SEED or an option change it',
    banned: isSeedFromClock,
    mayStandIn: () => false,
  },
  {
    rule: 'process',
    instead: 'read it in a main, a CLI or a worker entry and pass it on',
    banned: (node) =>
      isUse(node, 'process') ||
      (ts.isImportDeclaration(node) && /['"](node:)?process['"]/.test(node.getText())),
    mayStandIn: (path) =>
      isProgram(path) || inSystem(path) || inTestFolder(path) || isTest(path) || isScript(path),
  },
  {
    rule: 'console',
    instead: 'take a Log through a parameter',
    banned: (node) => isUse(node, 'console'),
    mayStandIn: (path) => isProgram(path) || isScript(path),
  },
  {
    rule: 'as any',
    instead: 'parse it, or narrow it from unknown',
    banned: (node) =>
      (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) &&
      node.type.kind === ts.SyntaxKind.AnyKeyword,
    mayStandIn: () => false,
  },
  {
    rule: 'default export',
    instead: 'export it by name',
    banned: isDefaultExport,
    // These two are read by tools that ask for one.
    mayStandIn: (path) => path === 'test/vitest.config.ts' || path === 'test/eslint.config.js',
  },
  {
    rule: 'a test run alone',
    instead: 'remove .only',
    banned: (node) => isRunnerProperty(node, 'only'),
    mayStandIn: () => false,
  },
  {
    rule: 'a skip without a reason',
    instead:
      'call context.skip(reason), or testWith of test/ground; no .skip, .todo, .skipIf, .runIf',
    banned: (node) => isRunnerProperty(node, 'skip', 'todo', 'skipIf', 'runIf'),
    mayStandIn: () => false,
  },
  {
    rule: 'Kysely on a hot path',
    instead: 'write the statement as SQL text and cache it prepared',
    banned: (node) =>
      ts.isImportDeclaration(node) && /['"]kysely['"]/.test(node.moduleSpecifier.getText()),
    mayStandIn: (path) => !/^gateway\/src\/adapters\/records\/[^/]+\/hot\//.test(path),
  },
  {
    rule: 'an I prefix',
    instead: 'name the type for what it is',
    banned: (node) =>
      (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) &&
      /^I[A-Z][a-z]/.test(node.name.text),
    mayStandIn: () => false,
  },
]

const findIn = (tree: Tree, file: File): Finding[] => {
  const source = tree.syntax(file)
  const bans = BANS.filter((ban) => !ban.mayStandIn(file.path))
  const findings: Finding[] = []
  for (const node of tree.nodes(file)) {
    for (const { rule, instead, banned } of bans) {
      if (!banned(node)) continue
      findings.push({ path: file.path, line: lineOf(source, node), rule, instead })
    }
  }
  return findings
}

export const bans: Rule = {
  name: 'nothing banned is used',
  check: (tree) => tree.sources.flatMap((file) => findIn(tree, file)),
}
