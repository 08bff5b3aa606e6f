// Where checkpoints go: what is said to have arrived has arrived whole, and what has not is an error.
import {
  createFileOutlet,
  createSyslogOutlet,
  createWebhookOutlet,
  systemClock,
  systemTimers,
  type CheckpointOutlet,
} from '@tillgate/gateway'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { tempFolder } from '../../ground/index.js'

const note = 'example.com/log\n5\nroot=\n\n\u2014 example.com/log signature=\n'
const checkpoint = { id: 3, size: 5, note, atMs: 1_700_000_000_000 }
const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`

interface Place {
  readonly outlet: CheckpointOutlet
  /** All that has arrived there. */
  received(): string
  /** It is out of reach from now on. */
  shut(): void
}

const listening = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

const places: Readonly<Record<string, () => Promise<Place>>> = {
  file() {
    const folder = tempFolder('outlet')
    let path = join(folder, 'made', 'checkpoints')
    const outlet = (): CheckpointOutlet => createFileOutlet(path)
    return Promise.resolve({
      outlet: { name: 'file', send: (one) => outlet().send(one), close: () => Promise.resolve() },
      received: () => readFileSync(join(folder, 'made', 'checkpoints'), 'utf8'),
      shut: () => void (path = join(path, 'below-a-file')),
    })
  },
  async syslog() {
    let received = ''
    const server = createServer((socket) => {
      socket.on('data', (piece: Buffer) => (received += piece.toString('utf8')))
      socket.on('error', () => undefined)
    })
    const port = await listening(server)
    const target = { transport: 'tcp' as const, host: '127.0.0.1', port }
    const outlet = createSyslogOutlet(target, { timers: systemTimers, hostName: 'node 1' })
    return { outlet, received: () => received, shut: () => void server.close() }
  },
  async webhook() {
    let received = ''
    const server = createHttpServer((request, response) => {
      expect(request.headers['webhook-signature']).toMatch(/^v1,/)
      request.on('data', (piece: Buffer) => (received += piece.toString('utf8')))
      request.on('end', () => response.writeHead(204).end())
    })
    const url = `http://127.0.0.1:${String(await listening(server))}/`
    const parts = { clock: systemClock, timers: systemTimers }
    const outlet = createWebhookOutlet({ url, secret }, parts)
    return { outlet, received: () => received, shut: () => void server.close() }
  },
}

for (const [name, open] of Object.entries(places)) {
  test(`${name}: what was sent arrives whole, twice where it is sent twice`, async () => {
    const { outlet, received } = await open()
    expect(outlet.name).toBe(name)
    await outlet.send(checkpoint)
    await outlet.send(checkpoint)
    expect(received().split('example.com/log signature=')).toHaveLength(3)
  })

  test(`${name}: out of reach is an error`, async () => {
    const { outlet, shut } = await open()
    await outlet.send(checkpoint)
    shut()
    await expect(outlet.send(checkpoint)).rejects.toThrow()
  })
}

test('a message of syslog is one of RFC 5424, with its length before it', async () => {
  const place = await places['syslog']?.()
  await place?.outlet.send(checkpoint)
  const [length = '', ...rest] = (place?.received() ?? '').split(' ')
  const message = rest.join(' ')
  expect(Buffer.byteLength(message)).toBe(Number(length))
  expect(message).toContain('<109>1 2023-11-14T22:13:20.000Z node_1 tillgate - CHECKPOINT [')
})
