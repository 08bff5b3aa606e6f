import { expect, test } from 'vitest'
import { fieldsOf, openBench, sharedBench } from './bench.js'

const shared = sharedBench()

const hourMs = 3_600_000
test.each([
  ['no scheme', (token: string) => token],
  ['another scheme', (token: string) => `Basic ${token}`],
  ['a changed last character', (token: string) => `Bearer ${token.slice(0, -1)}!`],
  ['half of it', (token: string) => `Bearer ${token.slice(0, 20)}`],
  ['two spaces', (token: string) => `Bearer  ${token}`],
  ['nothing', () => 'Bearer '],
])('a header with %s opens nothing', async (_what, spell) => {
  const bench = shared()
  const headers = { authorization: spell(bench.admin) }
  const called = await bench.call('GET', '/v1/merchants', { token: null, headers })
  expect(called.status).toBe(401)
})

test('a token opens nothing from the moment of its expiry', async () => {
  const bench = await openBench()
  bench.advance(hourMs - 1)
  expect((await bench.call('GET', '/v1/merchants')).status).toBe(200)
  bench.advance(1)
  expect((await bench.call('GET', '/v1/merchants')).status).toBe(401)
})

test('a revoked token opens nothing from the answer of its revocation on', async () => {
  const bench = shared()
  const body = { name: 'back-office', scopes: ['merchants:read'] }
  const made = await bench.call('POST', '/v1/api-tokens', { body })
  const token = String(made.at('token'))
  expect((await bench.call('GET', '/v1/merchants', { token })).status).toBe(200)
  const url = `/v1/api-tokens/${String(made.at('id'))}`
  const revoked = await bench.call('DELETE', url)
  expect(revoked.status).toBe(200)
  expect((await bench.call('GET', '/v1/merchants', { token })).status).toBe(401)
  bench.advance(1_000)
  const again = await bench.call('DELETE', url)
  expect(again.at('revokedAt')).toBe(revoked.at('revokedAt'))
})

test('a token is made with at most the scopes of who makes it', async () => {
  const bench = shared()
  const token = await bench.token('tokens:write', 'merchants:read')
  const ask = (...scopes: string[]) =>
    bench.call('POST', '/v1/api-tokens', { token, body: { name: 'bounded', scopes } })
  expect((await ask('merchants:read')).status).toBe(201)
  const more = await ask('merchants:read', 'merchants:write')
  expect(more.status).toBe(403)
  expect(fieldsOf(more)).toEqual(['scopes'])
  expect((await ask('admin')).status).toBe(403)
})

test('an administrator without the destructive scope cannot grant it', async () => {
  const bench = shared()
  const token = await bench.token('admin')
  const grant = { name: 'b', scopes: ['commands:destructive'] }
  expect((await bench.call('POST', '/v1/api-tokens', { token, body: grant })).status).toBe(403)
})

test.each(['terminal', 'gateway', 'Gateway', 'a b', ''])(
  'no token may act under the name %s',
  async (name) => {
    const bench = shared()
    const body = { name, scopes: ['merchants:read'] }
    const called = await bench.call('POST', '/v1/api-tokens', { body })
    expect(called.status).toBe(400)
    expect(fieldsOf(called)).toEqual(['name'])
  },
)

test('the text of a token is answered once and never stored, shown again or logged', async () => {
  const bench = shared()
  const body = { name: 'shown-once', scopes: ['merchants:read'] }
  const made = await bench.call('POST', '/v1/api-tokens', { body, key: 'k' })
  const text = String(made.at('token'))
  expect(text).toMatch(/^tgat_[A-Za-z0-9_-]{43}$/)
  const replay = await bench.call('POST', '/v1/api-tokens', { body, key: 'k' })
  expect(replay.at('token')).toBeNull()
  const list = await bench.call('GET', '/v1/api-tokens')
  const one = await bench.call('GET', `/v1/api-tokens/${String(made.at('id'))}`)
  for (const shown of [replay.text, list.text, one.text, JSON.stringify(bench.log)]) {
    expect(shown).not.toContain(text)
    expect(shown).not.toContain(bench.admin)
    expect(shown).not.toContain('tokenHash')
  }
})

test('a name is given once, also after its token was revoked: nobody acts as somebody else', async () => {
  const bench = await openBench()
  const body = { name: 'auditor', scopes: ['merchants:read'] }
  const made = await bench.call('POST', '/v1/api-tokens', { body })
  for (let i = 0; i < 2; i++) {
    const again = await bench.call('POST', '/v1/api-tokens', { body })
    expect(again.status).toBe(409)
    expect(fieldsOf(again)).toEqual(['name'])
    await bench.call('DELETE', `/v1/api-tokens/${String(made.at('id'))}`)
  }
})
