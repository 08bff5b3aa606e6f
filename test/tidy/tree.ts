// The tree that the rules look at: paths from the project's root with their text, and, for what
// TypeScript can parse, its syntax tree, made once. A rule never reads the disk, so that its own test
// can hand it a tree of three bad lines.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

export interface File {
  readonly path: string
  readonly text: string
}

export interface Finding {
  readonly path: string
  readonly line: number
  readonly rule: string
  readonly instead: string
}

export interface Rule {
  readonly name: string
  readonly check: (tree: Tree) => Finding[]
}

// Never ours: installed, built, or made at run time.
const FOREIGN = new Set(['.git', 'node_modules', 'dist', 'coverage', 'data'])

const TEXT =
  /(\.(ts|js|mjs|cjs|json|md|yml|yaml|sql|proto|sh|html|css|svelte|txt)|Dockerfile|\/run|^\.\w+)$/

export class Tree {
  readonly #files: ReadonlyMap<string, File>
  readonly #parsed = new Map<string, ts.SourceFile>()
  readonly #nodes = new Map<string, readonly ts.Node[]>()

  constructor(files: readonly File[]) {
    this.#files = new Map(files.map((file) => [file.path, file]))
  }

  get files(): readonly File[] {
    return [...this.#files.values()]
  }

  /** TypeScript and JavaScript that people wrote here. */
  get sources(): readonly File[] {
    return this.files.filter(({ path }) => isSource(path))
  }

  has(path: string): boolean {
    return this.#files.has(path)
  }

  text(path: string): string | undefined {
    return this.#files.get(path)?.text
  }

  json(path: string): Record<string, unknown> | undefined {
    const text = this.text(path)
    if (text === undefined) return undefined
    const { config } = ts.parseConfigFileTextToJson(path, text) as { config?: object }
    return config as Record<string, unknown> | undefined
  }

  syntax(file: File): ts.SourceFile {
    const known = this.#parsed.get(file.path)
    if (known !== undefined) return known
    const how = {
      languageVersion: ts.ScriptTarget.ES2023,
      jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
    }
    const made = ts.createSourceFile(file.path, file.text, how, true)
    this.#parsed.set(file.path, made)
    return made
  }

  /** Every node of a file's syntax tree, outermost first. */
  nodes(file: File): readonly ts.Node[] {
    const known = this.#nodes.get(file.path)
    if (known !== undefined) return known
    const nodes: ts.Node[] = []
    const visit = (node: ts.Node): void => {
      nodes.push(node)
      ts.forEachChild(node, visit)
    }
    visit(this.syntax(file))
    this.#nodes.set(file.path, nodes)
    return nodes
  }
}

export const isGenerated = (path: string): boolean => path.startsWith('protocol/generated/')

export const isSource = (path: string): boolean => /\.(ts|js|mjs)$/.test(path) && !isGenerated(path)

export const isTest = (path: string): boolean => path.endsWith('.test.ts')

/** A tree out of a few lines, for a rule's own test. */
export const treeOf = (files: Readonly<Record<string, string>>): Tree =>
  new Tree(Object.entries(files).map(([path, text]) => ({ path, text })))

export const readTree = (root: string): Tree => {
  const files: File[] = []
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (FOREIGN.has(entry.name)) continue
      if (entry.isDirectory()) visit(path)
      else if (entry.isFile()) {
        files.push({ path, text: TEXT.test(path) ? readFileSync(join(root, path), 'utf8') : '' })
      }
    }
  }
  visit('')
  return new Tree(files.sort((a, b) => (a.path < b.path ? -1 : 1)))
}

export const show = ({ path, line, rule, instead }: Finding): string =>
  `${path}:${line}: ${rule} — ${instead}`

export const lineOf = (source: ts.SourceFile, node: ts.Node): number =>
  source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
