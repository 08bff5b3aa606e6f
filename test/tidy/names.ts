// Names: kebab-case files and folders, folders that are nouns of the business, test files named for a
// situation and not for a number.
import type { Finding, Rule } from './tree.js'
import { isTest } from './tree.js'

// A folder of these names is where things go that nobody placed.
const NO_NOUNS = new Set([
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'shared',
  'misc',
  'lib',
  'types',
  'interfaces',
])

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/
const FILE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/

// What tools and readers look for under exactly these names.
const GIVEN =
  /^(README|CHANGELOG|CONTRIBUTING|SECURITY)\.md$|^(LICENSE|NOTICE|Dockerfile)$|^\.[\w.-]+$/

const folderFindings = (path: string): Finding[] =>
  path
    .split('/')
    .slice(0, -1)
    .flatMap((folder): Finding[] => {
      if (NO_NOUNS.has(folder)) {
        const instead = 'name the folder for what its files are about'
        return [{ path, line: 1, rule: `a folder named ${folder}`, instead }]
      }
      if (KEBAB.test(folder) || folder.startsWith('.')) return []
      return [{ path, line: 1, rule: `folder ${folder}`, instead: 'write it in kebab-case' }]
    })

const fileFindings = (path: string): Finding[] => {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (!FILE.test(name) && !GIVEN.test(name)) {
    return [{ path, line: 1, rule: `file ${name}`, instead: 'write it in kebab-case' }]
  }
  if (isTest(path) && /(\d|issue|ticket|misc)\.test\.ts$|issue-\d/.test(name)) {
    const instead = 'name it for the situation it is about'
    return [{ path, line: 1, rule: `test file ${name}`, instead }]
  }
  return []
}

export const names: Rule = {
  name: 'files and folders are named for what they are',
  check: (tree) =>
    tree.files.flatMap(({ path }) => [...folderFindings(path), ...fileFindings(path)]),
}
