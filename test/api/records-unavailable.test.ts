import { expect, test } from 'vitest'
import { openBench } from './bench.js'

test('while the records are unavailable every guarded route answers 503 and when to come again', async () => {
  const bench = await openBench()
  bench.breakRecords()
  const body = { acquirerCode: 'A', mid: '1', name: 'N' }
  for (const called of [
    await bench.call('GET', '/v1/merchants'),
    await bench.call('POST', '/v1/merchants', { body }),
    await bench.call('GET', '/v1/merchants', { token: 'tgat_unknown' }),
  ]) {
    expect(called.status).toBe(503)
    expect(called.at('code')).toBe('RECORDS_UNAVAILABLE')
    expect(called.headers['retry-after']).toBe('1')
  }
})

test('the process is alive and not ready, and says what is not well', async () => {
  const bench = await openBench()
  expect((await bench.call('GET', '/readyz', { token: null })).status).toBe(200)
  bench.breakRecords()
  expect((await bench.call('GET', '/healthz', { token: null })).status).toBe(200)
  const ready = await bench.call('GET', '/readyz', { token: null })
  expect(ready.status).toBe(503)
  expect(ready.at('reasons')).toEqual(['records: disk full'])
})

test('a draining node takes nothing new, and says so', async () => {
  const bench = await openBench()
  bench.drain()
  const called = await bench.call('GET', '/v1/merchants')
  expect(called.status).toBe(503)
  expect(called.at('code')).toBe('DRAINING')
  expect(called.headers['connection']).toBe('close')
  expect((await bench.call('GET', '/healthz')).status).toBe(200)
  const ready = await bench.call('GET', '/readyz')
  expect(ready.at('reasons')).toEqual(['draining'])
})

test('a fault of ours is a 500 that says nothing of its insides, and is logged with its request', async () => {
  const bench = await openBench()
  const secret = 'select * from api_token at /srv/tillgate/data'
  Object.assign(bench.services.records, { read: () => Promise.reject(new Error(secret)) })
  const called = await bench.call('GET', '/v1/merchants')
  expect(called.status).toBe(500)
  expect(called.at('code')).toBe('INTERNAL')
  expect(called.text).not.toContain('select')
  expect(called.text).not.toContain('/srv')
  const line = bench.log.find(({ level }) => level === 'error')
  expect(line?.fields['requestId']).toBe(called.at('requestId'))
})
