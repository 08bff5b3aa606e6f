// Lists that must be complete: each message of the schema has its file and its vectors, each
// operation is in the catalogue, each port has a suite that holds an adapter to it.
import ts from 'typescript'
import { importsOf, targetOf } from './imports.js'
import { isTest, lineOf } from './tree.js'
import type { File, Finding, Rule, Tree } from './tree.js'

const SCHEMA = 'protocol/schema/tillgate.proto'
const OPERATIONS = 'gateway/src/core/operations/'
const PORTS = 'gateway/src/core/ports/'

export const kebab = (name: string): string =>
  name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()

interface Named {
  readonly name: string
  readonly line: number
}

/** What `oneof message { … }` lists, in both directions. */
export const messagesOf = (schema: string): Named[] => {
  const messages: Named[] = []
  let inside = false
  for (const [index, text] of schema.split('\n').entries()) {
    if (/\boneof message\b/.test(text)) inside = true
    else if (inside && text.includes('}')) inside = false
    else if (inside) {
      const name = /^\s*(\w+)\s+\w+\s*=\s*\d+;/.exec(text)?.[1]
      if (name !== undefined) messages.push({ name, line: index + 1 })
    }
  }
  return messages
}

export const messages: Rule = {
  name: 'every message has its file and its vectors',
  check: (tree) =>
    messagesOf(tree.text(SCHEMA) ?? '').flatMap(({ name, line }): Finding[] => {
      const file = kebab(name)
      const findings: Finding[] = []
      const miss = (rule: string, instead: string): void => {
        findings.push({ path: SCHEMA, line, rule, instead })
      }
      if (!tree.has(`protocol/src/messages/${file}.ts`)) {
        miss(`${name} has no file`, `write protocol/src/messages/${file}.ts`)
      }
      if (!tree.files.some(({ path }) => isVectorOf(path, file))) {
        miss(`${name} has no vectors`, `write protocol/vectors/messages/${file}.json`)
      }
      return findings
    }),
}

const isVectorOf = (path: string, file: string): boolean =>
  path.startsWith('protocol/vectors/') && path.endsWith(`/${file}.json`)

const isOperationFile = (tree: Tree, file: File): boolean =>
  tree
    .nodes(file)
    .some((node) => ts.isCallExpression(node) && node.expression.getText() === 'operation')

export const operations: Rule = {
  name: 'every operation is registered in the catalogue',
  check: (tree) => {
    const catalogue = tree.sources.find(({ path }) => path === `${OPERATIONS}catalogue.ts`)
    const imported = new Set(
      catalogue === undefined
        ? []
        : importsOf(tree, catalogue).map(({ specifier }) => targetOf(catalogue.path, specifier)),
    )
    return tree.sources
      .filter(({ path }) => path.startsWith(OPERATIONS) && !isTest(path))
      .filter((file) => !imported.has(file.path) && isOperationFile(tree, file))
      .map(({ path }) => ({
        path,
        line: 1,
        rule: 'an unregistered operation',
        instead: `add it to ${OPERATIONS}catalogue.ts`,
      }))
  },
}

/** The interfaces that a port's file exports: what an adapter implements. */
const interfacesOf = (tree: Tree, file: File): Named[] => {
  const source = tree.syntax(file)
  return source.statements.filter(ts.isInterfaceDeclaration).map((node) => ({
    name: node.name.text,
    line: lineOf(source, node),
  }))
}

const stem = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.ts$/, '')

/** A suite in test/contract named for the port, or a test beside an adapter of that port. */
const hasSuite = (tree: Tree, port: string): boolean =>
  tree.sources.some(({ path }) => {
    if (!isTest(path)) return false
    const contract = path.startsWith('test/contract/') && path.split(/[/.]/).includes(port)
    return contract || path.startsWith(`gateway/src/adapters/${port}/`)
  })

// A port whose adapter lives under another name, with the folder that tests it.
const ADAPTER_OF: Readonly<Record<string, string>> = { log: 'system' }

export const ports: Rule = {
  name: 'every port has a suite',
  check: (tree) =>
    tree.sources
      .filter(({ path }) => path.startsWith(PORTS) && !isTest(path))
      .filter((file) => interfacesOf(tree, file).length > 0)
      .filter(({ path }) => !hasSuite(tree, ADAPTER_OF[stem(path)] ?? stem(path)))
      .map(({ path }) => ({
        path,
        line: 1,
        rule: 'a port without a suite',
        instead: `write test/contract/${stem(path)}.test.ts, run against every adapter`,
      })),
}
