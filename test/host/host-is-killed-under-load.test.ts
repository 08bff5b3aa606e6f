import { afterEach, expect, it } from 'vitest'
import { createPrng, hostFileName, readHostFile } from '@tillgate/device-sim'
import type { HostClient, PlainTill } from '@tillgate/device-sim'
import { createHttpsHost } from '../../gateway/src/adapters/host/https/https-host.js'
import type { HttpsHost } from '../../gateway/src/adapters/host/https/https-host.js'
import { systemTimers } from '../../gateway/src/adapters/system/index.js'
import { pause, tempFolder, waitFor } from '../ground/index.js'
import { spawnHost } from './host-process.js'
import type { HostProcess } from './host-process.js'
import { clientOf, nameOf, tillOf } from './test-host.js'

const tillCount = 6
/** TIDs beside the tills', which are blocked and opened all the time. */
const calledCount = 3
const tracesPerKill = 100_000
const kills = 5
const seed = process.env['TILLGATE_SEED'] ?? 'host-kill'

let host: HostProcess | undefined
afterEach(() => host?.end('SIGKILL'))

interface Promised {
  /** By till and trace: amounts that were answered 00. */
  readonly sales: Map<string, number>
  /** By till: the highest call that was answered with yes. */
  readonly calls: Map<number, { readonly callNumber: number; readonly state: string }>
}

const register = async (running: HostProcess): Promise<void> => {
  // Through the back office's door: this is another process.
  const { request } = await import('node:https')
  for (let i = 0; i < tillCount + calledCount; i++) {
    const { acquirerCode, mid, tid } = nameOf(i)
    const status = await new Promise((resolve, reject) => {
      const asking = request(
        {
          host: '127.0.0.1',
          port: running.httpsPort,
          ca: running.certificatePem,
          method: 'PUT',
          path: `/v1/tids/${acquirerCode}/${mid}/${tid}`,
          headers: { authorization: `Bearer ${running.token}` },
          agent: false,
        },
        (response) => {
          response.resume()
          response.on('end', () => resolve(response.statusCode))
        },
      )
      asking.on('error', reject)
      asking.end(JSON.stringify({ sn: `SN-${String(i)}` }))
    })
    expect(status).toBe(201)
  }
}

interface Selling {
  readonly till: PlainTill
  readonly i: number
  /** Above all that this till used before a kill: no two sales are meant to be one. */
  readonly firstTrace: number
}

const sellUntilDead = async (
  { till, i, firstTrace }: Selling,
  promised: Promised,
): Promise<string> => {
  const signedOn = await till.signOn()
  if (!signedOn.ok || signedOn.responseCode !== '00') return 'no sign-on'
  for (let trace = firstTrace; ; trace++) {
    const amountMinor = 1_000 * (i + 1) + trace
    const answer = await till.sell(amountMinor, 'sale', trace)
    if (!answer.ok) return 'dead'
    if (answer.responseCode !== '00') return answer.responseCode
    promised.sales.set(`${String(i)}/${String(trace)}`, amountMinor)
  }
}

const callUntilDead = async (
  host: HttpsHost,
  from: number,
  promised: Promised,
): Promise<number> => {
  for (let callNumber = from; ; callNumber++) {
    const i = tillCount + (callNumber % calledCount)
    const call = { ...nameOf(i), callNumber, reason: 'kill' }
    const answer = callNumber % 2 === 0 ? await host.unblock(call) : await host.block(call)
    if (!answer.ok) return callNumber
    promised.calls.set(i, { callNumber, state: answer.state })
  }
}

it(`has everything in its file that it answered, however it is killed (seed ${seed})`, async () => {
  const folder = tempFolder('host-kill')
  const prng = createPrng(seed)
  const promised: Promised = { sales: new Map(), calls: new Map() }
  let callNumber = 1
  for (let kill = 0; kill < kills; kill++) {
    const running = await spawnHost({ folder })
    host = running
    if (kill === 0) await register(running)
    const clients: HostClient[] = []
    const work = Array.from({ length: tillCount }, (_, i) => {
      const client = clientOf(running, { timeoutMs: 20_000 })
      clients.push(client)
      const till = tillOf(i, running, client)
      return sellUntilDead({ till, i, firstTrace: kill * tracesPerKill + 1 }, promised)
    })
    const backOffice = createHttpsHost({
      baseUrl: `https://127.0.0.1:${String(running.httpsPort)}`,
      token: running.token,
      caPem: running.certificatePem,
      timers: systemTimers,
    })
    const calling = callUntilDead(backOffice, callNumber, promised)
    const before = promised.sales.size
    await waitFor(() => promised.sales.size > before + 20, {
      what: 'sales under load',
      timeoutMs: 30_000,
    })
    await pause(prng.between(0, 120))
    await running.end('SIGKILL')
    const ends = new Set(await Promise.all(work))
    expect([...ends]).toEqual(['dead'])
    callNumber = await calling
    backOffice.close()
    for (const client of clients) client.close()

    const file = await readHostFile(`${folder}/${hostFileName}`)
    for (const [key, amountMinor] of promised.sales) {
      const [i = '', trace = ''] = key.split('/')
      const { acquirerCode, mid, tid } = nameOf(Number(i))
      const record = file?.state.tids.get(`${acquirerCode}/${mid}/${tid}`)
      expect(record?.open?.entries.get(Number(trace))?.amountMinor, key).toBe(amountMinor)
    }
    for (const [i, { callNumber: answered, state }] of promised.calls) {
      const { acquirerCode, mid, tid } = nameOf(i)
      const record = file?.state.tids.get(`${acquirerCode}/${mid}/${tid}`)
      expect(record?.callNumber).toBeGreaterThanOrEqual(answered)
      if (record?.callNumber === answered) expect(record.state).toBe(state)
    }
  }
  expect(promised.sales.size).toBeGreaterThan(20 * kills)
  expect(promised.calls.size).toBe(calledCount)
}, 150_000)

it('stops answering when the disk is full, and holds all that it had answered', async () => {
  const folder = tempFolder('host-full')
  // 64 blocks of 512 bytes: room to start in, soon used up.
  const running = await spawnHost({ folder, shell: 'ulimit -f 64' })
  host = running
  await register(running)
  const client = clientOf(running)
  const promised: Promised = { sales: new Map(), calls: new Map() }
  const till = tillOf(0, running, client)
  expect(await sellUntilDead({ till, i: 0, firstTrace: 1 }, promised)).toBe('dead')
  expect(promised.sales.size).toBeGreaterThan(10)
  const request = till.prepare({ kind: 'signOff', trace: till.nextTrace() })
  expect(await client.exchange(request)).toEqual({ ok: false, code: 'unreachable' })
  const backOffice = createHttpsHost({
    baseUrl: `https://127.0.0.1:${String(running.httpsPort)}`,
    token: running.token,
    caPem: running.certificatePem,
    timers: systemTimers,
  })
  const answer = await backOffice.block({ ...nameOf(0), callNumber: 1, reason: '' })
  expect(answer).toMatchObject({ ok: false, code: 'unavailable', detail: /503/ })
  backOffice.close()
  client.close()
  await running.end('SIGTERM')
  const file = await readHostFile(`${folder}/${hostFileName}`)
  const { acquirerCode, mid, tid } = nameOf(0)
  const record = file?.state.tids.get(`${acquirerCode}/${mid}/${tid}`)
  expect(record?.callNumber).toBe(0)
  for (const [key, amountMinor] of promised.sales) {
    const trace = Number(key.split('/')[1])
    expect(record?.open?.entries.get(trace)?.amountMinor).toBe(amountMinor)
  }
})
