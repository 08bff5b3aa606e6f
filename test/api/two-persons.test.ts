// People over the API: taking an account over, signing in, asking for approval, and deciding.
import { expect, test } from 'vitest'
import { fieldsOf, openBench, type Bench } from './bench.js'
import { letIn, password, type Person } from './a-person.js'

const stepMs = 30_000

const fixture = async (bench: Bench, terminals: number): Promise<readonly string[]> => {
  const body = { acquirerCode: '48020000', mid: '898440353110001', name: 'Corner' }
  const merchant = await bench.call('POST', '/v1/merchants', { body })
  const sns = Array.from({ length: terminals }, (_, n) => `SN-${String(n + 1)}`)
  for (const [n, sn] of sns.entries()) {
    await bench.call('POST', '/v1/terminals', { body: { sn, vendor: 'PAX', model: 'A920' } })
    const tid = String(10_000_000 + n)
    const bound = { sn, merchantId: merchant.at('id'), tid }
    expect((await bench.call('POST', '/v1/bindings', { body: bound })).status).toBe(201)
  }
  return sns
}

const ask = (bench: Bench, sns: readonly string[], token = bench.admin) =>
  bench.call('POST', '/v1/approvals', {
    token,
    body: { kind: 'unbind', sns, parameters: { reason: 'STORE_CLOSED' }, reason: 'it closes' },
  })

const voteOf = (bench: Bench, who: Person, asked: Awaited<ReturnType<typeof ask>>, more = {}) => {
  const subjectHash = asked.at('subjectHash')
  const body = { decision: 'approve', subjectHash, code: who.code(), reason: 'seen', ...more }
  const url = `/v1/approvals/${String(asked.at('id'))}/votes`
  return bench.call('POST', url, { token: who.token, body })
}

test('a second person grants what a token has asked for, and a code counts once', async () => {
  const bench = await openBench()
  const [first = '', second = ''] = await fixture(bench, 2)
  const maker = await bench.token('approvals:write')
  const approver = await letIn(bench, 'li.na', 'approver')
  const asked = await ask(bench, [first], maker)
  expect(asked.status).toBe(201)
  expect(JSON.parse(String(asked.at('subject')))).toMatchObject({
    command: 'Unbind',
    targets: [{ sn: first }],
  })
  const granted = await voteOf(bench, approver, asked)
  expect(granted.at('state')).toBe('GRANTED')
  expect(granted.at('votes.0.label')).toBe('one-time code checked by the server')
  const again = await ask(bench, [second], maker)
  const replayed = await voteOf(bench, approver, again)
  expect([replayed.status, replayed.at('code')]).toEqual([403, 'CODE_REFUSED'])
  bench.advance(stepMs)
  expect((await voteOf(bench, approver, again)).at('state')).toBe('GRANTED')
})

test('a code that signed in does not vote as well', async () => {
  const bench = await openBench()
  const [sn = ''] = await fixture(bench, 1)
  const approver = await letIn(bench, 'li.na', 'approver')
  const asked = await ask(bench, [sn], await bench.token('approvals:write'))
  const code = approver.code()
  const body = { login: 'li.na', password, code }
  expect((await bench.call('POST', '/v1/sessions', { token: null, body })).status).toBe(201)
  expect((await voteOf(bench, approver, asked, { code })).at('code')).toBe('CODE_REFUSED')
})

test('a list that changed by one terminal is refused, and the rule is named', async () => {
  const bench = await openBench()
  const [first = '', second = ''] = await fixture(bench, 2)
  const approver = await letIn(bench, 'li.na', 'approver')
  const maker = await bench.token('approvals:write')
  const small = await ask(bench, [first], maker)
  const large = await ask(bench, [first, second], maker)
  const voted = await voteOf(bench, approver, large, { subjectHash: small.at('subjectHash') })
  expect([voted.status, voted.at('code')]).toEqual([409, 'SUBJECT_CHANGED'])
  expect(fieldsOf(voted)).toEqual(['subjectHash'])
})

test('nobody approves an own request, by no token of his, and not for whom let him in', async () => {
  const bench = await openBench()
  const [sn = ''] = await fixture(bench, 1)
  const both = await letIn(bench, 'wang', 'approver', 'maker')
  const own = await ask(bench, [sn], both.token)
  expect((await voteOf(bench, both, own)).at('code')).toBe('OWN_REQUEST')
  const byWhoLetHimIn = await ask(bench, [sn])
  expect((await voteOf(bench, both, byWhoLetHimIn)).at('code')).toBe('OWN_REQUEST')
})

test('above ten terminals in a day two persons decide, however small the orders', async () => {
  const bench = await openBench()
  const sns = await fixture(bench, 12)
  const maker = await bench.token('approvals:write')
  const small = await ask(bench, sns.slice(0, 6), maker)
  const next = await ask(bench, sns.slice(6), maker)
  expect([small.at('approversNeeded'), next.at('approversNeeded')]).toEqual([1, 2])
  const [one, two] = [await letIn(bench, 'li', 'approver'), await letIn(bench, 'wu', 'approver')]
  expect((await voteOf(bench, one, next)).at('state')).toBe('PENDING')
  bench.advance(stepMs)
  expect((await voteOf(bench, one, next)).at('code')).toBe('ALREADY_VOTED')
  expect((await voteOf(bench, two, next)).at('state')).toBe('GRANTED')
  bench.advance(26 * 3_600_000)
  const later = await bench.token('approvals:write')
  expect((await ask(bench, sns.slice(0, 1), later)).at('approversNeeded')).toBe(1)
})

test('every line that can’t be asked for is named', async () => {
  const bench = await openBench()
  const [sn = ''] = await fixture(bench, 1)
  const asked = await ask(bench, [sn, 'NOWHERE', sn])
  expect([asked.status, asked.at('code')]).toEqual([409, 'CONFLICT'])
  expect(fieldsOf(asked)).toEqual(['sns.1', 'sns.2'])
})

test('alone is refused unless the policy says so, and then it is loud', async () => {
  const closed = await openBench()
  const sns = await fixture(closed, 1)
  const strict = await letIn(closed, 'chen', 'administrator')
  const glass = async (bench: Bench, who: Person, asked: Awaited<ReturnType<typeof ask>>) => {
    const body = { subjectHash: asked.at('subjectHash'), code: who.code(), reason: 'flood' }
    const url = `/v1/approvals/${String(asked.at('id'))}/break-glass`
    return bench.call('POST', url, { token: who.token, body })
  }
  const refused = await glass(closed, strict, await ask(closed, sns))
  expect(refused.at('code')).toBe('BREAK_GLASS_OFF')

  const bench = await openBench({ breakGlass: 'second' })
  await fixture(bench, 1)
  const admin = await letIn(bench, 'chen', 'administrator')
  const asked = await ask(bench, sns, await bench.token('approvals:write'))
  const granted = await glass(bench, admin, asked)
  expect([granted.at('state'), granted.at('breakGlass')]).toEqual(['GRANTED', true])
  const { text } = await bench.call('GET', '/v1/events?kind=alarm.')
  expect(text).toContain('alarm.BREAK_GLASS')
  bench.advance(stepMs)
  const own = await ask(bench, sns, admin.token)
  expect((await glass(bench, admin, own)).at('code')).toBe('OWN_REQUEST')
})

test('an unknown login, a wrong password and a waiting account are answered alike', async () => {
  const bench = await openBench()
  const person = await letIn(bench, 'li.na', 'maker')
  const attempt = async (login: string, secret: string) => {
    const body = { login, password: secret, code: person.code() }
    const { status, json } = await bench.call('POST', '/v1/sessions', { token: null, body })
    return { status, json: { ...(json as object), requestId: '' } }
  }
  const unknown = await attempt('nobody', password)
  for (let i = 0; i < 6; i++) expect(await attempt('li.na', 'wrong')).toEqual(unknown)
  expect(unknown.status).toBe(401)
  expect(await attempt('li.na', password)).toEqual(unknown)
  bench.advance(16 * 60_000)
  expect((await attempt('li.na', password)).status).toBe(201)
})

test('a session ends by silence, by age, by signing out, and by a lock', async () => {
  const bench = await openBench()
  const one = await letIn(bench, 'li.na', 'auditor')
  const look = async ({ token }: Person) =>
    (await bench.call('GET', '/v1/sessions/current', { token })).status
  expect(await look(one)).toBe(200)
  bench.advance(31 * 60_000)
  expect(await look(one)).toBe(401)
  const two = await letIn(bench, 'wu', 'auditor')
  expect((await bench.call('DELETE', '/v1/sessions/current', { token: two.token })).status).toBe(
    200,
  )
  expect(await look(two)).toBe(401)
  const three = await letIn(bench, 'sun', 'auditor')
  const id = (await bench.call('GET', '/v1/sessions/current', { token: three.token })).at('user.id')
  await bench.call('POST', `/v1/users/${String(id)}/change`, { body: { state: 'LOCKED' } })
  expect(await look(three)).toBe(401)
})

test('an agent is never an approver, and names are given once to people and tokens together', async () => {
  const bench = await openBench()
  const make = (body: object) => bench.call('POST', '/v1/users', { body: { name: 'n', ...body } })
  const both = await make({ login: 'a', roles: ['agent', 'approver'], agentId: 'A-1' })
  expect([both.status, fieldsOf(both)]).toEqual([400, ['roles']])
  expect((await make({ login: 'tester', roles: ['maker'] })).at('code')).toBe('DUPLICATE')
  expect((await make({ login: 'zhao', roles: ['maker'] })).status).toBe(201)
  const token = { name: 'zhao', scopes: ['merchants:read'] }
  expect((await bench.call('POST', '/v1/api-tokens', { body: token })).at('code')).toBe('DUPLICATE')
})
