// The one-way street. The compiler holds the edges between projects; inside gateway, and for what a
// package may reach through another, this table does.
import { importsOf, isRelative, packageOf, targetOf } from './imports.js'
import { isTest } from './tree.js'
import type { Finding, Rule } from './tree.js'

const RULE = 'edge'

// What each part may import besides itself; `gateway/*` is every part of gateway.
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  'protocol/node': ['protocol'],
  'gateway/core': ['protocol'],
  'gateway/adapters': ['gateway/core', 'protocol', 'protocol/node'],
  'gateway/pki': ['gateway/core', 'protocol', 'protocol/node'],
  'gateway/keys': ['gateway/core', 'protocol', 'protocol/node'],
  'gateway/node': ['gateway/*', 'protocol', 'protocol/node'],
  'gateway/door': ['gateway/*', 'protocol', 'protocol/node'],
  'device-sim': ['protocol', 'protocol/node'],
  'admin-api': ['protocol', 'gateway/door'],
}

// The pure parts take no package from outside but these.
const PURE: Readonly<Record<string, readonly string[]>> = {
  protocol: ['protobufjs', '#generated'],
  'gateway/core': [],
}

const GATEWAY_PARTS = ['core', 'adapters', 'pki', 'keys', 'node']

/** The part a path belongs to; undefined for what is no part of the street (root files). */
export const partOf = (path: string): string | undefined => {
  const [top, second, third, fourth] = path.split('/')
  if (top === 'protocol') return second === 'node' ? 'protocol/node' : 'protocol'
  if (top === 'device-sim' || top === 'admin-api' || top === 'test') return top
  if (top !== 'gateway' || second !== 'src' || third === undefined) return undefined
  if (fourth === undefined) return 'gateway/door'
  return GATEWAY_PARTS.includes(third) ? `gateway/${third}` : `gateway/?${third}`
}

/** No adapter of any port: one HTTPS question, for those that ask the acquirer's systems. */
const COMMON = 'https'

/** `records/sqlite` of gateway/src/adapters/records/sqlite/hot/claim.ts; `records` of a file beside it. */
const adapterOf = (path: string): string => path.split('/').slice(3, -1).slice(0, 2).join('/')

const isOtherAdapter = (from: string, to: string): boolean => {
  const [own, other] = [adapterOf(from), adapterOf(to)]
  // What stands directly in a port's folder is shared by the adapters of that port.
  return (
    other !== COMMON &&
    own !== other &&
    !own.startsWith(`${other}/`) &&
    !other.startsWith(`${own}/`)
  )
}

const allows = (from: string, to: string): boolean => {
  const allowed = ALLOWED[from] ?? []
  return allowed.includes(to) || (allowed.includes('gateway/*') && to.startsWith('gateway/'))
}

const objection = (path: string, specifier: string): string | undefined => {
  const from = partOf(path)
  if (from === undefined || from === 'test') return undefined
  if (from.startsWith('gateway/?')) {
    return `a new part of gateway: say in test/tidy/edges.ts what it may import`
  }
  const target = targetOf(path, specifier)
  if (target === undefined) return outsideObjection(path, from, specifier)
  const to = partOf(target)
  if (to === from) {
    if (from === 'gateway/adapters' && isOtherAdapter(path, target)) {
      return 'an adapter never imports another: go through a port, or move it to core'
    }
    return undefined
  }
  if (to === 'test') {
    // A unit test beside its source may stand on the same ground as the others; it is not built.
    return isTest(path) && target.startsWith('test/ground/')
      ? undefined
      : 'nobody imports from test; a test beside its source may import test/ground'
  }
  // The tests of a pure part may run it over real cryptography; they are not built with it.
  if (to === 'protocol/node' && isTest(path)) return undefined
  if (to === undefined || !allows(from, to)) {
    const may = ALLOWED[from]?.join(', ')
    return `${from} may import only ${may === '' ? 'itself' : may}, not ${to ?? target}`
  }
  if (isRelative(specifier) && path.split('/')[0] !== target.split('/')[0]) {
    return 'import another package by its name, not by its path'
  }
  return undefined
}

const outsideObjection = (path: string, from: string, specifier: string): string | undefined => {
  const pure = PURE[from]
  if (pure === undefined || isTest(path) || !path.endsWith('.ts')) return undefined
  if (pure.includes(packageOf(specifier))) return undefined
  return `${from} is pure and takes ${pure.join(', ') || 'nothing'} from outside: use a port`
}

export const edges: Rule = {
  name: 'imports keep to the one-way street',
  check: (tree) => {
    const findings: Finding[] = []
    for (const file of tree.sources) {
      for (const { specifier, line } of importsOf(tree, file)) {
        const instead = objection(file.path, specifier)
        if (instead !== undefined) findings.push({ path: file.path, line, rule: RULE, instead })
      }
    }
    return findings
  },
}
