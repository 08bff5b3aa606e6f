import { expect, test } from 'vitest'
import { openBench } from './bench.js'

const csr = '-----BEGIN CERTIFICATE REQUEST-----\nMIH\n-----END CERTIFICATE REQUEST-----\n'
const open = { token: null } as const

test('a stranger with a token posts JSON and gets all that a terminal needs', async () => {
  const bench = await openBench()
  const called = await bench.call('POST', '/v1/enrolments', {
    ...open,
    body: { csr, token: 'good' },
  })
  expect(called.status).toBe(201)
  expect(called.at('topics')).toEqual({
    down: 'tg/1/SN-1/down',
    up: 'tg/1/SN-1/up',
    state: 'tg/1/SN-1/state',
  })
  expect(called.at('endpoint.mqtts')).toBe('mqtts://tillgate.test:8883')
  expect(called.at('clientId')).toBe('SN-1')
  expect(called.at('signerList')).toBe('AQID')
})

test('a form as curl posts it is answered in PEM to who asks for PEM', async () => {
  const bench = await openBench()
  const called = await bench.call('POST', '/v1/enrolments', {
    ...open,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/pem-certificate-chain',
    },
    body: new URLSearchParams({ csr, token: 'good' }).toString(),
  })
  expect(called.status).toBe(201)
  expect(called.headers['content-type']).toBe('application/pem-certificate-chain')
  expect(called.text.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
})

test('a form with a field sent twice is refused', async () => {
  const bench = await openBench()
  const body = `${new URLSearchParams({ csr, token: 'good' }).toString()}&token=other`
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const called = await bench.call('POST', '/v1/enrolments', { ...open, headers, body })
  expect(called.status).toBe(400)
  expect(called.at('errors.0.field')).toBe('token')
})

test('a bad token is refused by name, and an address that tries on and on is slowed down', async () => {
  const bench = await openBench()
  const attempt = () =>
    bench.call('POST', '/v1/enrolments', { ...open, body: { csr, token: 'bad' } })
  const first = await attempt()
  expect(first.status).toBe(401)
  expect(first.at('code')).toBe('ENROLMENT_TOKEN_INVALID')
  expect(first.at('errors.0.field')).toBe('token')
  let status = first.status
  for (let i = 0; i < 1_500 && status === 401; i++) status = (await attempt()).status
  expect(status).toBe(429)
  const slowed = await attempt()
  expect(slowed.at('code')).toBe('RATE_LIMITED')
  expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(0)
  expect((await bench.call('GET', '/v1/merchants')).status).toBe(200)
})

test('an enrolment token’s text is shown once and nowhere else', async () => {
  const bench = await openBench()
  await bench.call('POST', '/v1/terminals', { body: { sn: 'SN-1', vendor: 'V', model: 'M' } })
  const made = await bench.call('POST', '/v1/enrolment-tokens', { body: { sn: 'SN-1' } })
  expect(made.status).toBe(201)
  const text = String(made.at('token'))
  expect(text.length).toBeGreaterThan(20)
  const list = await bench.call('GET', '/v1/enrolment-tokens')
  expect(list.at('items.0.id')).toBe(made.at('id'))
  expect(list.text + JSON.stringify(bench.log)).not.toContain(text)
})

test('the CA is public', async () => {
  const bench = await openBench()
  const called = await bench.call('GET', '/ca.pem', open)
  expect(called.text).toContain('BEGIN CERTIFICATE')
})

test('what the PKI refuses is named as the request names it', async () => {
  const bench = await openBench()
  await bench.call('POST', '/v1/terminals', { body: { sn: 'SN-1', vendor: 'V', model: 'M' } })
  const url = '/v1/terminals/SN-1/certificates'
  const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
  const registered = await bench.call('POST', url, { body: { certificate } })
  expect(registered.status).toBe(400)
  expect(registered.at('errors')).toEqual([{ field: 'certificate', rule: 'is no good' }])
  const body = { reason: 'stolen' }
  const revoked = await bench.call('POST', `${url}/${'ab'.repeat(32)}/revoke`, { body })
  expect(revoked.status).toBe(404)
  expect(revoked.at('errors.0.field')).toBe('sha256')
})
