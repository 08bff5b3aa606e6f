import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { RunningHost } from '@tillgate/device-sim'
import { createHttpsHost } from '../../gateway/src/adapters/host/https/https-host.js'
import type {
  HttpsHost,
  HttpsHostOptions,
} from '../../gateway/src/adapters/host/https/https-host.js'
import { systemTimers } from '../../gateway/src/adapters/system/index.js'
import { freePort, tempFolder, waitFor } from '../ground/index.js'
import { nameOf, startTestHost } from './test-host.js'

let running: RunningHost
let identity: string
const opened: HttpsHost[] = []

beforeAll(async () => {
  const folder = tempFolder('host')
  running = await startTestHost(folder)
  identity = readFileSync(`${folder}/host-identity.pem`, 'utf8')
  await running.theSwitch.register(nameOf(1), 'SN-1')
})
afterAll(() => running.stop())
afterEach(() => {
  for (const host of opened.splice(0)) host.close()
})

const newHost = (more: Partial<HttpsHostOptions> = {}): HttpsHost => {
  const host = createHttpsHost({
    baseUrl: `https://127.0.0.1:${String(running.httpsPort)}`,
    token: running.token,
    caPem: running.certificatePem,
    timers: systemTimers,
    ...more,
  })
  opened.push(host)
  return host
}

let calls = 0
const call = () => ({ ...nameOf(1), callNumber: ++calls, reason: 'test' })
const unavailable = { ok: false, code: 'unavailable' }

describe('a host that cannot be asked', () => {
  it('is unavailable where nobody listens', async () => {
    const host = newHost({ baseUrl: `https://127.0.0.1:${String(await freePort())}` })
    expect(await host.block(call())).toMatchObject(unavailable)
    expect(await host.show(nameOf(1))).toMatchObject(unavailable)
  })

  it('is unavailable with another certificate than the pinned one, and hears no token', async () => {
    const other = await startTestHost(tempFolder('other'))
    const host = newHost({ caPem: other.certificatePem })
    expect(await host.block(call())).toMatchObject({ ...unavailable, detail: /self-signed/i })
    await other.stop()
  })

  it('is unavailable, not unknown, with a wrong token', async () => {
    expect(await newHost({ token: 'wrong' }).show(nameOf(1))).toMatchObject({
      ...unavailable,
      detail: /^401/,
    })
  })

  it('refuses at start what is not https, or a token that no header can carry', () => {
    expect(() => newHost({ baseUrl: 'http://127.0.0.1' })).toThrow(TypeError)
    expect(() => newHost({ token: 'a\r\nx: y' })).toThrow(TypeError)
  })
})

describe('an answer that is lost or late', () => {
  it('is unavailable; asked again with the same number, the host says what it did', async () => {
    const host = newHost()
    const lost = call()
    running.faults.api.plan.loseNextAnswers = 1
    expect(await host.block(lost)).toMatchObject(unavailable)
    expect(running.theSwitch.ledger(nameOf(1))).toMatchObject({ state: 'blocked' })
    expect(await host.block(lost)).toEqual({ ok: true, state: 'blocked' })
    const { calls: kept } = running.theSwitch.ledger(nameOf(1)) ?? expect.fail('no ledger')
    expect(kept.filter(({ callNumber }) => callNumber === lost.callNumber)).toHaveLength(1)
  })

  it('is unavailable at the deadline, and the next call is answered', async () => {
    const host = newHost({ callMsMax: 1_000 })
    running.faults.api.plan.answerDelayMs = 5_000
    expect(await host.unblock(call())).toMatchObject({ ...unavailable, detail: /in time/ })
    running.faults.api.plan.answerDelayMs = 0
    expect(await host.unblock(call())).toEqual({ ok: true, state: 'open' })
  })

  it('is unavailable for every call in flight when the adapter closes, and after', async () => {
    const host = newHost()
    running.faults.api.plan.answerDelayMs = 300
    const answers = [host.block(call()), host.show(nameOf(1))]
    host.close()
    for (const answer of await Promise.all(answers)) expect(answer).toMatchObject(unavailable)
    expect(await host.show(nameOf(1))).toMatchObject({ ...unavailable, detail: 'closed' })
    running.faults.api.plan.answerDelayMs = 0
  })

  it('is unavailable on a refusal that says nothing of the call', async () => {
    running.faults.api.plan.refuseNext = 1
    expect(await newHost().block(call())).toMatchObject({ ...unavailable, detail: /^503/ })
  })
})

describe('something else on the host’s address', () => {
  const servers: Server[] = []
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })

  const facing = async (
    answer: (response: ServerResponse) => void,
    callMsMax = 2_000,
  ): Promise<HttpsHost> => {
    const server = createServer({ key: identity, cert: identity }, (request, response) => {
      request.resume()
      answer(response)
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    return newHost({ baseUrl: `https://127.0.0.1:${String(port)}/switch/`, callMsMax })
  }

  const yes = JSON.stringify({ ...nameOf(1), state: 'blocked', callNumber: 1 })

  it.each<[string, (response: ServerResponse) => void]>([
    ['a page', (response) => response.end('<html>welcome</html>')],
    ['an empty answer', (response) => response.end()],
    ['a redirect', (response) => response.writeHead(302, { location: 'https://127.0.0.1/' }).end()],
    ['a 404 of its own', (response) => response.writeHead(404).end('not found')],
    ['an answer for another call', (response) => response.end(yes)],
    ['an endless answer', (response) => response.end('x'.repeat(10_000_000))],
    ['endless headers', (response) => response.setHeader('x', 'x'.repeat(30_000)).end(yes)],
    [
      'an answer that breaks off',
      (response) => {
        response.writeHead(200, { 'content-length': 100_000 })
        response.write(yes, () => response.destroy())
      },
    ],
    ['no answer at all', (response) => response.destroy()],
  ])('is unavailable: %s', async (_, answer) => {
    const host = await facing(answer)
    const second = { ...nameOf(1), callNumber: 2, reason: '' }
    expect(await host.block(second)).toMatchObject(unavailable)
    expect(await host.show(nameOf(2))).toMatchObject(unavailable)
  })

  it('takes the path of the base URL along', async () => {
    const paths: (string | undefined)[] = []
    const host = await facing((response) => {
      paths.push(response.req.url)
      response.end(yes)
    })
    expect(await host.block({ ...nameOf(1), callNumber: 1, reason: '' })).toMatchObject({
      ok: true,
    })
    expect(paths).toEqual(['/switch/v1/tids/48020000/898310148160568/00000001/block'])
  })

  it('never has more calls in flight than it may', async () => {
    const held: ServerResponse[] = []
    // Long enough that no call ends by itself while the others are looked at.
    const host = await facing((response) => void held.push(response), 25_000)
    const answers = Array.from({ length: 600 }, (_, i) =>
      host.block({ ...nameOf(1), callNumber: i + 1, reason: '' }),
    )
    await waitFor(() => held.length >= 32, { what: 'as many calls as there are connections' })
    host.close()
    const refused = (await Promise.all(answers)).filter(
      (answer) => !answer.ok && answer.detail === 'too many calls in flight',
    )
    expect(refused).toHaveLength(600 - 512)
    expect(held).toHaveLength(32)
  })
})
