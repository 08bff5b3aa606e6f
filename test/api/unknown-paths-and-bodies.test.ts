import { expect, test } from 'vitest'
import { fieldsOf, sharedBench, type Method } from './bench.js'

const shared = sharedBench()

const json = { 'content-type': 'application/json' }

test.each(['/v1', '/v1/merchant', '/admin', '/V1/merchants', '//v1/merchants'])(
  'the unknown path %s is a 404 problem, token or not',
  async (url) => {
    const bench = shared()
    for (const token of [null, bench.admin]) {
      const called = await bench.call('GET', url, { token })
      expect(called.status).toBe(404)
      expect(called.at('code')).toBe('NOT_FOUND')
      expect(called.headers['content-type']).toContain('application/problem+json')
    }
  },
)

const methods: readonly [Method, string, string][] = [
  ['DELETE', '/v1/merchants', 'GET, HEAD, POST'],
  ['PUT', '/v1/terminals/SN-1', 'GET, HEAD'],
  ['PATCH', '/v1/commands', 'GET, HEAD, POST'],
  ['GET', '/v1/enrolments', 'POST'],
  ['POST', '/healthz', 'GET, HEAD'],
  ['OPTIONS', '/v1/api-tokens/1', 'DELETE, GET, HEAD'],
]

test.each(methods)('%s %s is a 405 problem that allows %s', async (method, url, allow) => {
  const bench = shared()
  const called = await bench.call(method, url)
  expect(called.status).toBe(405)
  expect(called.at('code')).toBe('METHOD_NOT_ALLOWED')
  expect(called.headers['allow']).toBe(allow)
})

test('HEAD answers like GET, without a body, and wants the same scope', async () => {
  const bench = shared()
  expect((await bench.call('HEAD', '/v1/merchants')).status).toBe(200)
  expect((await bench.call('HEAD', '/v1/merchants', { token: null })).status).toBe(401)
})

test.each([
  '{',
  '',
  '{"a":1}x',
  'NaN',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{}}}',
])('the body %j is a 400 problem', async (body) => {
  const bench = shared()
  const called = await bench.call('POST', '/v1/merchants', { body, headers: json })
  expect(called.status).toBe(400)
  expect(fieldsOf(called)).toEqual(['body'])
})

const somebody = '01a20869-c9bf-7617-8ff2-c6e2b0c4a92c'

test.each<[Method, string]>([
  ['POST', `/v1/commands/${somebody}/cancel`],
  ['DELETE', `/v1/api-tokens/${somebody}`],
])('%s %s takes no body, also from who names JSON and sends nothing', async (method, url) => {
  const called = await shared().call(method, url, { body: '', headers: json })
  expect(called.status).toBe(404)
  expect(fieldsOf(called)).toEqual(['id'])
})

test.each([
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'nonsense',
])('the content type %s is a 415 problem', async (type) => {
  const bench = shared()
  const headers = { 'content-type': type }
  const called = await bench.call('POST', '/v1/merchants', { body: 'mid=1', headers })
  expect(called.status).toBe(415)
  expect(called.at('code')).toBe('UNSUPPORTED_MEDIA_TYPE')
  expect(fieldsOf(called)).toEqual(['Content-Type'])
})

test('a body above 64 KiB is a 413 problem', async () => {
  const bench = shared()
  const body = JSON.stringify({ name: 'x'.repeat(64 * 1024) })
  const called = await bench.call('POST', '/v1/merchants', { body, headers: json })
  expect(called.status).toBe(413)
  expect(called.at('code')).toBe('TOO_LARGE')
})

test('every answer carries a request id of ours, also in its problem', async () => {
  const bench = shared()
  const headers = { 'x-request-id': 'theirs' }
  const called = await bench.call('GET', '/nowhere', { headers })
  expect(called.headers['x-request-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
  expect(called.at('requestId')).toBe(called.headers['x-request-id'])
})

test('answers carry the security headers', async () => {
  const bench = shared()
  const { headers } = await bench.call('GET', '/healthz', { token: null })
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['strict-transport-security']).toBeDefined()
  expect(headers['content-security-policy']).toBeDefined()
  expect(headers['x-powered-by']).toBeUndefined()
})
