import { request } from 'node:https'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RunningHost } from '@tillgate/device-sim'
import { tempFolder } from '../ground/index.js'
import { clientOf, nameOf, startTestHost, tillOf } from './test-host.js'

let host: RunningHost
let tids = 100

beforeAll(async () => {
  host = await startTestHost(tempFolder('host'))
})
afterAll(() => host.stop())

interface Reply {
  readonly status: number | undefined
  readonly body: Record<string, unknown>
}

interface Ask {
  readonly method?: string
  readonly path: string
  readonly body?: unknown
  readonly token?: string | undefined
}

const ask = ({ method = 'GET', path, body, ...rest }: Ask): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const token = 'token' in rest ? rest.token : host.token
    const asking = request(
      {
        host: '127.0.0.1',
        port: host.httpsPort,
        ca: host.certificatePem,
        agent: false,
        method,
        path,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (piece: string) => (text += piece))
        response.on('end', () => {
          resolve({ status: response.statusCode, body: JSON.parse(text) as Reply['body'] })
        })
      },
    )
    asking.on('error', reject)
    asking.end(typeof body === 'string' ? body : JSON.stringify(body))
  })

const pathOf = (i: number, more = ''): string => {
  const { acquirerCode, mid, tid } = nameOf(i)
  return `/v1/tids/${acquirerCode}/${mid}/${tid}${more}`
}

let i: number
beforeEach(() => {
  i = tids++
})

const register = (sn = `SN-${String(i)}`) => ask({ method: 'PUT', path: pathOf(i), body: { sn } })

describe('the back office', () => {
  it('registers a TID once, again without effect, and for another terminal', async () => {
    expect(await register()).toMatchObject({ status: 201, body: { state: 'open' } })
    expect(await register()).toMatchObject({ status: 200 })
    expect(await register('SN-X')).toMatchObject({ status: 200, body: { sn: 'SN-X' } })
    expect(await ask({ path: pathOf(i) })).toMatchObject({ status: 200, body: { sn: 'SN-X' } })
  })

  it('reads a TID’s ledger and the totals', async () => {
    await register()
    const client = clientOf(host)
    const till = tillOf(i, host, client)
    await till.signOn()
    await till.sell(1_234)
    client.close()
    const { body } = await ask({ path: pathOf(i, '/ledger') })
    expect(body).toMatchObject({
      isSignedOn: true,
      batches: [{ number: 1, totals: { count: 1, amountMinor: 1_234 } }],
    })
    expect((await ask({ path: '/v1/totals' })).body).toMatchObject({ sales: { count: 1 } })
    expect(JSON.stringify(body)).not.toContain('field62')
  })

  it('shows the calls of a TID and who met it blocked, oldest first', async () => {
    await register()
    for (const callNumber of [1, 2, 3]) {
      const verb = callNumber % 2 === 1 ? '/block' : '/unblock'
      const body = { callNumber, reason: `r${String(callNumber)}` }
      expect(await ask({ method: 'POST', path: pathOf(i, verb), body })).toMatchObject({
        status: 200,
      })
    }
    const client = clientOf(host)
    expect(await tillOf(i, host, client).signOn()).toMatchObject({ responseCode: '97' })
    client.close()
    expect((await ask({ path: pathOf(i) })).body).toMatchObject({
      state: 'blocked',
      callNumber: 3,
      calls: [{ reason: 'r1' }, { reason: 'r2' }, { reason: 'r3' }],
      attempts: [{ kind: 'signOn', mac: 'none', responseCode: '97' }],
    })
  })
})

describe('bad input of the back office', () => {
  it.each([undefined, '', 'wrong', '0'.repeat(64)])('is 401 with the token %s', async (token) => {
    expect(await ask({ path: pathOf(i), token })).toMatchObject({ status: 401 })
  })

  it.each([
    ['callNumber', {}],
    ['callNumber', { callNumber: '1' }],
    ['callNumber', { callNumber: 0 }],
    ['callNumber', { callNumber: 1.5 }],
    ['callNumber', { callNumber: 2 ** 53 }],
    ['reason', { callNumber: 1, reason: 5 }],
    ['reason', { callNumber: 1, reason: 'x'.repeat(257) }],
    ['body', '{'],
    ['body', '[]'],
    ['body', 'null'],
  ])('is 400 and names the field: %s %o', async (field, body) => {
    await register()
    const reply = await ask({ method: 'PUT', path: pathOf(i, '/block'), body })
    expect(reply).toMatchObject({ status: 400, body: { code: 'bad-field', field } })
    expect((await ask({ path: pathOf(i) })).body).toMatchObject({ state: 'open', callNumber: 0 })
  })

  it.each([
    ['GET', '/v1/tids/4802/M1', 404],
    ['GET', '/v1/tids/4802/M1/T%2F1', 400],
    ['GET', '/v1/tids/4802/M1/123456789', 400],
    ['GET', '/v1/tids/4802/M1/NOBODY', 404],
    ['DELETE', '/v1/tids/4802/M1/T1', 405],
    ['GET', '/v1/tids/4802/M1/T1/block', 405],
    ['POST', '/v1/totals', 405],
    ['GET', '/../../etc/passwd', 404],
  ])('%s %s is %i', async (method, path, status) => {
    expect(await ask({ method, path })).toMatchObject({ status })
  })

  it('is 413 when it is too long', async () => {
    const body = { callNumber: 1, reason: 'x'.repeat(5_000) }
    expect(await ask({ method: 'PUT', path: pathOf(i, '/block'), body })).toMatchObject({
      status: 413,
    })
  })

  it('needs no token to ask whether the host lives', async () => {
    expect(await ask({ path: '/healthz', token: undefined })).toMatchObject({ status: 200 })
  })
})
