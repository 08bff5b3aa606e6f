import { beforeAll, expect, test } from 'vitest'
import { isPersonScope, roleNames, roles, scopeNames } from '@tillgate/admin-api'
import { fieldsOf, openBench, sharedBench, type Bench, type Method } from './bench.js'
import { connect, openLive } from './live-client.js'

const shared = sharedBench()
const hourMs = 3_600_000
const guessMs = 2_000

interface Route {
  readonly method: Method
  readonly path: string
  readonly url: string
  /** Undefined where the document says that no token is asked for. */
  readonly scope: string | undefined
}

const values: Readonly<Record<string, string>> = {
  id: '0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69',
  contactId: '0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69',
  feeId: '0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69',
  sha256: 'ab'.repeat(32),
  sn: 'SN-1',
}

type Document = {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly security: readonly { bearer?: string[] }[] }>>
    >
  >
}

/** What the document says that there is, and what it wants. */
const documented = async (bench: Bench): Promise<readonly Route[]> => {
  const { json } = await bench.call('GET', '/openapi.json', { token: null })
  return Object.entries((json as Document).paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { security }]) => ({
      method: method.toUpperCase() as Method,
      path: path.replaceAll(/\{(\w+)\}/g, ':$1'),
      url: path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? ''),
      scope: security[0]?.bearer?.[0],
    })),
  )
}

/** What the server routes, as its own router prints it: a tree, four characters a level. */
const routed = (bench: Bench): readonly string[] => {
  const parents: string[] = []
  const found: string[] = []
  for (const line of bench.api.printRoutes({ commonPrefix: false }).trimEnd().split('\n')) {
    const [, indent = '', part = '', methods = ''] = /^(.*?)── (\S+) \((.*)\)$/.exec(line) ?? []
    const depth = Math.floor(indent.length / 4)
    const path = `${depth === 0 ? '' : (parents[depth - 1] ?? '')}${part}`
    parents[depth] = path
    for (const method of methods.split(', ')) found.push(`${method} ${path}`)
  }
  return found
}

/** They describe the API or lead to it; the document can't be in itself. */
const undocumented = ['GET /', 'GET /openapi.json']

let routes: readonly Route[] = []
let guarded: readonly (Route & { readonly scope: string })[] = []

beforeAll(async () => {
  routes = await documented(shared())
  guarded = routes.flatMap((route) =>
    route.scope === undefined || isPersonScope(route.scope)
      ? []
      : [{ ...route, scope: route.scope }],
  )
})

test('every route of the server is in the document, and the other way round', () => {
  const served = routed(shared()).filter((route) => !route.startsWith('HEAD '))
  const named = routes.map(({ method, path }) => `${method} ${path}`)
  expect(served.toSorted()).toEqual([...named, ...undocumented].toSorted())
  expect(guarded.length).toBeGreaterThan(25)
})

test('what wants a person is opened by no token, whatever it holds', async () => {
  const token = await shared().token(...scopeNames, 'approvals:vote', 'approvals:break-glass')
  const people = routes.filter(({ scope }) => scope !== undefined && isPersonScope(scope))
  expect(people.length).toBe(7)
  for (const { method, url } of people) {
    const called = await shared().call(method, url, { token })
    expect(called.status, `${method} ${url}`).toBe(403)
    expect(called.at('code')).toBe('PERSON_REQUIRED')
  }
})

test('without a token no guarded route says more than that', async () => {
  for (const { method, url } of guarded) {
    const called = await shared().call(method, url, { token: null })
    expect(called.status, `${method} ${url}`).toBe(401)
    expect(called.at('code')).toBe('UNAUTHENTICATED')
    expect(called.headers['www-authenticate']).toBe('Bearer')
  }
})

test('an expired or a revoked token opens no route', async () => {
  const bench = await openBench()
  const body = { name: 'revoked', scopes: ['admin', 'commands:destructive'] }
  const made = await bench.call('POST', '/v1/api-tokens', { body })
  await bench.call('DELETE', `/v1/api-tokens/${String(made.at('id'))}`)
  const expired = await bench.token('admin')
  bench.advance(hourMs)
  for (const { method, url } of guarded) {
    for (const token of [expired, String(made.at('token'))]) {
      // Tokens that open nothing are limited; this is not about that.
      bench.advance(guessMs)
      expect((await bench.call(method, url, { token })).status, `${method} ${url}`).toBe(401)
    }
  }
})

test('a token with every scope but the needed one is refused, and told which', async () => {
  for (const { method, url, scope } of guarded) {
    const others = scopeNames.filter((name) => name !== scope && name !== 'admin')
    const called = await shared().call(method, url, { token: await shared().token(...others) })
    expect(called.status, `${method} ${url}`).toBe(403)
    expect(called.headers['content-type']).toContain('application/problem+json')
    expect(called.at('code')).toBe('FORBIDDEN')
    expect(called.at('detail')).toBe(`The token lacks the scope ${scope}.`)
  }
})

test('the needed scope alone opens each route', async () => {
  for (const { method, url, scope } of guarded) {
    const called = await shared().call(method, url, { token: await shared().token(scope) })
    expect([401, 403], `${method} ${url}`).not.toContain(called.status)
    expect(called.status, `${method} ${url} ${JSON.stringify(called.json)}`).toBeLessThan(500)
  }
})

const opens = (role: keyof typeof roles, scope: string): boolean => {
  const held: readonly string[] = roles[role]
  return held.includes(scope) || (held.includes('admin') && scope !== 'commands:destructive')
}

const tokenOf = async (bench: Bench, role: string): Promise<string> => {
  const body = { name: `a-${role}`, role }
  const made = await bench.call('POST', '/v1/api-tokens', { body })
  expect(made.status).toBe(201)
  expect(made.at('role')).toBe(role)
  return String(made.at('token'))
}

test.each(roleNames)('%s opens what the role is for and nothing else', async (role) => {
  const token = await tokenOf(shared(), role)
  for (const { method, url, scope } of guarded) {
    const { status } = await shared().call(method, url, { token })
    expect(status === 403, `${role}: ${method} ${url}`).toBe(!opens(role, scope))
    expect(status).not.toBe(401)
  }
})

test('an auditor reads every list and changes nothing', async () => {
  const bench = await openBench()
  const auditor = await tokenOf(bench, 'auditor')
  for (const { method, url } of guarded) {
    const { status } = await bench.call(method, url, { token: auditor })
    expect(status === 403, `${method} ${url}`).toBe(method !== 'GET')
  }
})

test('a role is given only by who holds all of it', async () => {
  const bench = await openBench()
  const administrator = await tokenOf(bench, 'administrator')
  const give = (token: string, grant: object) =>
    bench.call('POST', '/v1/api-tokens', { token, body: { name: 'new', ...grant } })
  const maker = await give(administrator, { role: 'maker' })
  expect(maker.status).toBe(403)
  expect(fieldsOf(maker)).toEqual(['role'])
  expect(maker.text).toContain('commands:destructive')
  expect(maker.text).not.toContain('commands:read')
  const poor = await bench.token('tokens:write', 'merchants:read')
  expect(fieldsOf(await give(poor, { role: 'auditor', scopes: ['commands:write'] }))).toEqual([
    'role',
    'scopes',
  ])
  expect((await give(administrator, { role: 'auditor' })).status).toBe(201)
})

test('a role and scopes add up, and are shown apart', async () => {
  const bench = await openBench()
  const body = { name: 'both', role: 'agent', scopes: ['commands:read', 'commands:write'] }
  const made = await bench.call('POST', '/v1/api-tokens', { body })
  const shown = await bench.call('GET', `/v1/api-tokens/${String(made.at('id'))}`)
  expect(shown.at('role')).toBe('agent')
  expect(shown.at('scopes')).toEqual([...roles.agent, 'commands:write'])
  const neither = await bench.call('POST', '/v1/api-tokens', { body: { name: 'neither' } })
  expect(fieldsOf(neither)).toEqual(['scopes'])
})

test.each(roleNames)('live events open to %s as their pages do', async (role) => {
  const live = await openLive()
  const token = await tokenOf(live.bench, role)
  const byHeader = connect(live, { token })
  const byMessage = connect(live, { token: null, firstMessage: JSON.stringify({ token }) })
  if (opens(role, 'events:read')) {
    for (const { socket } of [byHeader, byMessage]) {
      await new Promise<void>((resolve) => socket.once('message', () => resolve()))
    }
  } else {
    const refused = await byHeader.refused
    expect(refused.status).toBe(403)
    expect(refused.text).toContain('The token lacks the scope events:read.')
    expect((await byMessage.closed).code).toBe(4403)
  }
})
