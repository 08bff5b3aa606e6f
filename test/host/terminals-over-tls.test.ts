import { connect } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPrng, hostFileName, hostLimits, readHostFile } from '@tillgate/device-sim'
import type { HostClient, HostClientOptions, PlainTill, RunningHost } from '@tillgate/device-sim'
import { pause, tempFolder, waitFor } from '../ground/index.js'
import { clientOf, nameOf, startTestHost, tillOf } from './test-host.js'

let host: RunningHost
let folder: string
const clients: HostClient[] = []
const sockets: TLSSocket[] = []

beforeEach(async () => {
  folder = tempFolder('host')
  host = await startTestHost(folder)
  await host.theSwitch.register(nameOf(1), 'SN-1')
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  for (const socket of sockets.splice(0)) socket.destroy()
  await host.stop()
})

const newClient = (more: Partial<HostClientOptions> = {}): HostClient => {
  const client = clientOf(host, more)
  clients.push(client)
  return client
}

const signedOn = async (more: Partial<HostClientOptions> = {}): Promise<PlainTill> => {
  const till = tillOf(1, host, newClient(more))
  expect(await till.signOn()).toMatchObject({ responseCode: '00' })
  return till
}

const salesInFile = async (): Promise<number> => {
  const file = await readHostFile(`${folder}/${hostFileName}`)
  const tids = [...(file?.state.tids.values() ?? [])]
  return tids.reduce((sum, tid) => sum + (tid.open?.entries.size ?? 0), 0)
}

describe('a terminal at the host', () => {
  it('signs on, sells, reverses, uploads, settles and signs off over one connection', async () => {
    const till = await signedOn()
    expect(await till.sell(1_000)).toMatchObject({ responseCode: '00', approval: { kind: 'sale' } })
    expect(await till.sell(2_500, 'offlineUpload')).toMatchObject({ responseCode: '00' })
    expect(await till.sell(70, 'sale', 900)).toMatchObject({ responseCode: '00' })
    expect(await till.reverse(900, 70)).toMatchObject({ responseCode: '00' })
    expect(await till.settle({ count: 0, amountMinor: 0 })).toMatchObject({
      responseCode: '95',
      hostTotals: { count: 2, amountMinor: 3_500 },
    })
    expect(await till.uploadBatch()).toMatchObject({ approval: { received: 2, closed: true } })
    expect(await till.signOff()).toMatchObject({ responseCode: '00' })
    expect(host.theSwitch.totals()).toMatchObject({ reversed: 1, settledBatches: 1 })
  })

  it('finds all it was promised after the host starts again, keys and batch too', async () => {
    const till = await signedOn()
    await till.sell(1_000)
    await host.stop()
    host = await startTestHost(folder)
    const again = tillOf(1, host, newClient())
    again.keys = till.keys
    again.batchNumber = till.batchNumber
    expect(await again.settle(till.totals)).toMatchObject({ responseCode: '00' })
  })

  it('has its sale in the synced file before it has the answer', async () => {
    const till = await signedOn()
    for (let sales = 1; sales <= 20; sales++) {
      await till.sell(sales)
      expect(await salesInFile()).toBe(sales)
    }
  })

  it('never trusts a host with another certificate', async () => {
    const other = await startTestHost(tempFolder('other'))
    const client = newClient({ certificatePem: other.certificatePem })
    const request = { kind: 'signOn', ...nameOf(1), sn: 'SN-1', trace: 1 } as const
    expect(await client.exchange(request)).toEqual({ ok: false, code: 'unreachable' })
    expect(host.theSwitch.ledger(nameOf(1))?.isSignedOn).toBe(false)
    await other.stop()
  })

  it('sells through a shared client with many requests waiting for few connections', async () => {
    const client = newClient({ connectionsMax: 3 })
    const tills = Array.from({ length: 20 }, (_, i) => tillOf(i, host, client))
    await Promise.all(
      tills.map(async (till, i) => {
        await host.theSwitch.register(nameOf(i), `SN-${String(i)}`)
        await till.signOn()
        await Promise.all([till.sell(10), till.sell(20), till.sell(30)])
      }),
    )
    expect(host.theSwitch.totals().sales).toEqual({ count: 60, amountMinor: 1_200 })
  })
})

describe('when something goes wrong on the way', () => {
  it('books a sale whose answer is lost once: repeated, it gets the same answer', async () => {
    const till = await signedOn()
    const body = { kind: 'sale', trace: 9, amountMinor: 5, currency: '156', takenAtMs: 1 } as const
    host.faults.terminals.plan.loseNextAnswers = 1
    expect(await till.send(body)).toEqual({ ok: false, code: 'unreachable' })
    expect(await till.send(body)).toMatchObject({ responseCode: '00' })
    expect(host.theSwitch.totals().sales.count).toBe(1)
  })

  it('gives up in time on a slow host and does not take the late answer for the next one’s', async () => {
    const till = await signedOn({ timeoutMs: 1_500 })
    host.faults.terminals.plan.answerDelayMs = 6_000
    expect(await till.sell(5, 'sale', 10)).toEqual({ ok: false, code: 'timeout' })
    host.faults.terminals.plan.answerDelayMs = 0
    expect(await till.sell(6, 'sale', 11)).toMatchObject({ responseCode: '00', trace: 11 })
    expect(await till.reverse(10, 5)).toMatchObject({ responseCode: '00' })
    expect(await till.settle()).toMatchObject({ responseCode: '00' })
  })

  it('refuses as often as it is told to, and books none of it', async () => {
    const till = await signedOn()
    host.faults.terminals.plan.refuseNext = 2
    expect(await till.sell(5)).toMatchObject({ responseCode: '05' })
    expect(await till.sell(5)).toMatchObject({ responseCode: '05' })
    expect(await till.sell(5)).toMatchObject({ responseCode: '00' })
    expect(host.theSwitch.totals().sales.count).toBe(1)
  })

  it('is unreachable while the host is away, and back by itself afterwards', async () => {
    const till = await signedOn()
    host.faults.terminals.plan.isUnavailable = true
    expect(await till.sell(5)).toEqual({ ok: false, code: 'unreachable' })
    host.faults.terminals.plan.isUnavailable = false
    expect(await till.sell(5)).toMatchObject({ responseCode: '00' })
  })

  it('answers every request in flight when the client closes', async () => {
    const till = await signedOn()
    host.faults.terminals.plan.answerDelayMs = 60
    const answers = [till.sell(1), till.sell(2), till.sell(3)]
    for (const client of clients) client.close()
    expect(await Promise.all(answers)).toEqual(
      Array.from({ length: 3 }, () => ({ ok: false, code: 'unreachable' })),
    )
  })
})

const dial = async (): Promise<TLSSocket> => {
  const socket = connect({ host: '127.0.0.1', port: host.tlsPort, ca: host.certificatePem })
  sockets.push(socket)
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('secureConnect', resolve))
  return socket
}

const framed = (text: string | Uint8Array): Buffer => {
  const body = Buffer.from(text)
  return Buffer.concat([Buffer.from([body.length >> 8, body.length & 0xff]), body])
}

const answerOn = (socket: TLSSocket): Promise<Record<string, string>> =>
  new Promise((resolve, reject) => {
    socket.once('data', (data) => {
      resolve(JSON.parse(data.subarray(2).toString('utf8')) as Record<string, string>)
    })
    socket.once('close', () => reject(new Error('closed without an answer')))
  })

const sale = {
  mti: '0200',
  f4: '000000000100',
  f11: '000001',
  f12: '1700000000000',
  f32: '48020000',
  f41: '00000001',
  f42: '898310148160568',
  f49: '156',
  f59: 'SN-1',
  f60: '22000001000',
  f64: '0000000000000000',
}

describe('bad input on the terminals’ port', () => {
  it.each([
    ['mti', { mti: '0999' }],
    ['mti', { mti: 200 }],
    ['f4', { f4: '000000000000' }],
    ['f4', { f4: '-00000000100' }],
    ['f11', { f11: '000000' }],
    ['f12', { f12: '99999999999999999999' }],
    ['f41', { f41: '000000001' }],
    ['f42', { f42: '89831|148160568' }],
    ['f49', { f49: 'CNY' }],
    ['f59', { f59: 'S'.repeat(51) }],
    ['f59', { f59: undefined }],
    ['f60', { f60: '22000000000' }],
    ['f60', { f60: '24000001000' }],
    ['f64', { f64: 'zz' }],
  ])('is answered 30 and names the field: %s %o', async (field, change) => {
    const socket = await dial()
    socket.write(framed(JSON.stringify({ ...sale, ...change })))
    expect(await answerOn(socket)).toMatchObject({ f39: '30', f44: `field ${field}` })
    // The connection is still good.
    socket.write(framed(JSON.stringify({ ...sale, mti: '0800' })))
    expect(await answerOn(socket)).toMatchObject({ mti: '0810', f39: '00' })
  })

  it.each(['', '{', '[]', 'null', '"0200"', '{"__proto__":{"mti":"0200"}}'])(
    'is answered 30 where it is no message at all: %s',
    async (text) => {
      const socket = await dial()
      socket.write(framed(text === '' ? Uint8Array.of(0xff, 0xfe) : text))
      expect(await answerOn(socket)).toMatchObject({ f39: '30' })
    },
  )

  it('survives noise, and goes on serving', async () => {
    const till = await signedOn()
    const prng = createPrng('noise')
    for (let round = 0; round < 30; round++) {
      const socket = await dial()
      socket.end(prng.bytes(prng.between(1, 40_000)))
      expect(await till.sell(round + 1)).toMatchObject({ responseCode: '00' })
    }
    expect(host.theSwitch.totals().sales.count).toBe(30)
  })

  it('cuts a connection that announces more than a message may have', async () => {
    const socket = await dial()
    const length = hostLimits.messageBytesMax + 1
    socket.write(Buffer.from([length >> 8, length & 0xff]))
    await waitFor(() => socket.destroyed, { what: 'the host to cut the connection' })
  })

  it('answers a burst in order, on one connection, and does not read without bound', async () => {
    const socket = await dial()
    const burst = 500
    const all = Array.from({ length: burst }, (_, i) =>
      framed(JSON.stringify({ ...sale, f11: String(i + 1).padStart(6, '0') })),
    )
    let received = Buffer.alloc(0)
    socket.on('data', (data) => {
      received = Buffer.concat([received, data])
    })
    socket.write(Buffer.concat(all))
    const traces: number[] = []
    await waitFor(
      () => {
        while (received.length > 2 && received.length >= 2 + received.readUInt16BE(0)) {
          const end = 2 + received.readUInt16BE(0)
          const answer = JSON.parse(received.subarray(2, end).toString()) as { f11: string }
          traces.push(Number(answer.f11))
          received = received.subarray(end)
        }
        return traces.length === burst
      },
      { what: 'all answers' },
    )
    expect(traces).toEqual(Array.from({ length: burst }, (_, i) => i + 1))
  })
})

it('cuts a message that drips in and a connection that says nothing', async () => {
  await host.stop()
  const { systemTimers } = await import('@tillgate/device-sim')
  const hurried = { after: (ms: number, f: () => void) => systemTimers.after(ms / 1_000, f) }
  host = await startTestHost(folder, { timers: hurried })
  const dripping = await dial()
  const bytes = framed(JSON.stringify(sale))
  let sent = 0
  while (!dripping.destroyed && sent < bytes.length - 1) {
    dripping.write(bytes.subarray(sent, ++sent))
    await pause(5)
  }
  expect(sent).toBeLessThan(bytes.length - 1)
  const silent = await dial()
  await waitFor(() => silent.destroyed, { what: 'the host to cut the silent connection' })
})
