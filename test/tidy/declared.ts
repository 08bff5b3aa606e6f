// Every bare import is declared by the folder that uses it (hoisting hides a missing declaration until
// a stranger installs the package alone), and every workspace is in the root's `paths` (a workspace
// missing there can be imported without a project reference).
import { builtinModules } from 'node:module'
import { importsOf, isRelative, packageOf } from './imports.js'
import { isTest } from './tree.js'
import type { File, Finding, Rule, Tree } from './tree.js'

type Manifest = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>

const manifestOf = (tree: Tree, folder: string): Manifest =>
  (tree.json(folder === '' ? 'package.json' : `${folder}/package.json`) ?? {}) as Manifest

const named = (manifest: Manifest, ...fields: string[]): string[] =>
  fields.flatMap((field) => Object.keys(manifest[field] ?? {}))

const workspacesOf = (tree: Tree): string[] =>
  ((tree.json('package.json') ?? {})['workspaces'] ?? []) as string[]

/** What the file may name: tests and scripts use the root's tools too, the product never does. */
const declaredFor = (tree: Tree, file: File, folder: string): Set<string> => {
  const manifest = manifestOf(tree, folder)
  const own = named(manifest, 'dependencies', 'optionalDependencies', 'peerDependencies', 'imports')
  const names = new Set([...own, String(manifest['name'] ?? '')])
  if (folder === 'test' || isTest(file.path) || !file.path.endsWith('.ts')) {
    const tools = [
      ...named(manifest, 'devDependencies'),
      ...named(manifestOf(tree, ''), 'devDependencies'),
    ]
    for (const name of tools) names.add(name)
  }
  return names
}

const isBuiltin = (specifier: string): boolean =>
  specifier.startsWith('node:') || builtinModules.includes(specifier)

export const declaredImports: Rule = {
  name: 'every bare import is declared in its own package.json',
  check: (tree) => {
    const findings: Finding[] = []
    const workspaces = workspacesOf(tree)
    for (const file of tree.sources) {
      const folder = workspaces.find((name) => file.path.startsWith(`${name}/`))
      if (folder === undefined) continue
      const declared = declaredFor(tree, file, folder)
      for (const { specifier, line } of importsOf(tree, file)) {
        if (isRelative(specifier) || isBuiltin(specifier) || declared.has(packageOf(specifier)))
          continue
        const instead = `declare ${packageOf(specifier)} in ${folder}/package.json, pinned exactly`
        findings.push({ path: file.path, line, rule: 'undeclared import', instead })
      }
    }
    return findings
  },
}

const isExact = (version: string): boolean => /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)

export const exactPins: Rule = {
  name: 'every dependency is pinned exactly',
  check: (tree) => {
    const findings: Finding[] = []
    for (const folder of ['', ...workspacesOf(tree)]) {
      const path = folder === '' ? 'package.json' : `${folder}/package.json`
      const manifest = manifestOf(tree, folder)
      for (const field of [
        'dependencies',
        'devDependencies',
        'optionalDependencies',
        'overrides',
      ]) {
        for (const [name, version] of Object.entries(manifest[field] ?? {})) {
          if (isExact(version)) continue
          const lines = (tree.text(path) ?? '').split('\n')
          const line = lines.findIndex((text) => text.includes(`"${name}":`)) + 1
          findings.push({
            path,
            line,
            rule: 'loose version',
            instead: `pin ${name} to one version`,
          })
        }
      }
    }
    return findings
  },
}

export const workspacesInPaths: Rule = {
  name: 'every workspace is in the paths of the root tsconfig',
  check: (tree) => {
    const options = (tree.json('tsconfig.json')?.['compilerOptions'] ?? {}) as Manifest
    const paths = options['paths'] ?? {}
    return workspacesOf(tree).flatMap((folder): Finding[] => {
      const name = String(manifestOf(tree, folder)['name'])
      if (name in paths) return []
      const instead = `add ${name} with its door, or its edges go unchecked`
      return [{ path: 'tsconfig.json', line: 1, rule: 'workspace not in paths', instead }]
    })
  },
}
