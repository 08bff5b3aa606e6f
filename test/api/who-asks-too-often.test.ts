import { expect, test } from 'vitest'
import { openBench, type Bench, type Called } from './bench.js'

// As the limits of the API name them.
const perToken = 12_000
const perAddress = 3_000
const guesses = 30
const minuteMs = 60_000

const times = async (count: number, ask: () => Promise<Called>): Promise<Called> => {
  let last = await ask()
  for (let i = 1; i < count; i++) last = await ask()
  return last
}

const guess = (bench: Bench, remoteAddress?: string) =>
  bench.call('GET', '/v1/merchants', {
    token: 'tgat_wrong',
    ...(remoteAddress === undefined ? {} : { remoteAddress }),
  })

const leftIn = (called: Called): number =>
  Number(/;r=(\d+);/.exec(String(called.headers['ratelimit']))?.[1])

test('each answer says the quota, what is left of it and when it is full again', async () => {
  const bench = await openBench()
  const first = await bench.call('GET', '/v1/merchants')
  expect(first.headers['ratelimit-policy']).toBe(`"token";q=${String(perToken)};w=60`)
  expect(first.headers['ratelimit']).toBe(`"token";r=${String(perToken - 1)};t=1`)
  const open = await bench.call('GET', '/ca.pem', { token: null })
  expect(open.headers['ratelimit-policy']).toBe(`"address";q=${String(perAddress)};w=60`)
})

test('a token that asks too often waits, and is told how long; another is not touched', async () => {
  const bench = await openBench()
  const token = await bench.token('merchants:read')
  const ask = () => bench.call('GET', '/v1/merchants', { token })
  expect((await times(perToken, ask)).status).toBe(200)
  const refused = await ask()
  expect(refused.status).toBe(429)
  expect(refused.at('code')).toBe('RATE_LIMITED')
  expect(refused.headers['retry-after']).toBe('1')
  expect(leftIn(refused)).toBe(0)
  expect((await bench.call('GET', '/v1/merchants')).status).toBe(200)
  bench.advance(minuteMs / perToken)
  expect((await ask()).status).toBe(200)
  expect((await ask()).status).toBe(429)
  bench.advance(minuteMs)
  expect(leftIn(await ask())).toBe(perToken - 1)
}, 60_000)

test('who has no token is counted by address, on unknown paths too, and health is never refused', async () => {
  const bench = await openBench()
  const nowhere = () => bench.call('GET', '/nowhere', { token: null })
  expect((await times(perAddress, nowhere)).status).toBe(404)
  expect((await nowhere()).status).toBe(429)
  expect((await bench.call('GET', '/ca.pem', { token: null })).status).toBe(429)
  expect((await bench.call('GET', '/v1/merchants', { token: null })).status).toBe(429)
  for (const url of ['/healthz', '/readyz']) {
    const called = await bench.call('GET', url, { token: null })
    expect(called.status).toBe(200)
    expect(called.headers['ratelimit']).toBeUndefined()
  }
  const remoteAddress = '198.51.100.7'
  expect((await bench.call('GET', '/ca.pem', { token: null, remoteAddress })).status).toBe(200)
  expect((await bench.call('GET', '/v1/merchants')).status).toBe(200)
})

test('an address that tries tokens is slowed down; a right one from there still opens', async () => {
  const bench = await openBench()
  expect((await times(guesses, () => guess(bench))).status).toBe(401)
  const refused = await guess(bench)
  expect(refused.status).toBe(429)
  expect(refused.headers['retry-after']).toBe(String(minuteMs / guesses / 1_000))
  expect((await bench.call('GET', '/v1/merchants')).status).toBe(200)
  expect((await guess(bench, '198.51.100.7')).status).toBe(401)
  bench.advance(minuteMs / guesses)
  expect((await guess(bench)).status).toBe(401)
  expect((await guess(bench)).status).toBe(429)
})

test('many addresses of one IPv6 network are one', async () => {
  const bench = await openBench()
  for (let i = 0; i < guesses; i++) await guess(bench, `2001:db8::${i.toString(16)}`)
  expect((await guess(bench, '2001:db8::ffff:1')).status).toBe(429)
  expect((await guess(bench, '2001:db8:0:1::1')).status).toBe(401)
})

test('enrolments have a quota of their own', async () => {
  const bench = await openBench()
  const called = await bench.call('POST', '/v1/enrolments', { token: null, body: {} })
  expect(called.status).toBe(400)
  expect(called.headers['ratelimit-policy']).toBe('"enrolments";q=1200;w=60')
})
