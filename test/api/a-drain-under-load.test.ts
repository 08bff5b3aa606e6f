import { Agent, request } from 'node:https'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { tempFolder, waitFor } from '../ground/index.js'
import { ask, launch, readyOf, type Ready } from './start-tillgate.js'

const clients = 8

interface Outcome {
  readonly sn: string
  /** 0 where the connection ended before any of the answer. */
  readonly status: number
  /** An answer that began and did not end. */
  readonly torn: boolean
}

/** One request of a client that keeps its connection. */
const register = (ready: Ready, agent: Agent, sn: string): Promise<Outcome> =>
  new Promise((resolve) => {
    const body = JSON.stringify({ sn, vendor: 'V', model: 'M' })
    const sent = request(
      {
        host: '127.0.0.1',
        port: ready.ports.api,
        path: '/v1/terminals',
        method: 'POST',
        agent,
        rejectUnauthorized: false,
        headers: {
          authorization: `Bearer ${ready.adminToken!}`,
          'content-type': 'application/json',
          'content-length': String(body.length),
        },
      },
      (answer) => {
        const status = answer.statusCode ?? 0
        answer.resume()
        answer.on('close', () => resolve({ sn, status, torn: !answer.complete }))
      },
    )
    sent.on('error', () => resolve({ sn, status: 0, torn: false }))
    sent.end(body)
  })

/** Registers one terminal after another, until nothing is answered any more. */
const client = async (ready: Ready, name: number, outcomes: Outcome[]): Promise<void> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  for (let n = 0; ; n++) {
    const outcome = await register(ready, agent, `SN-${String(name)}-${String(n)}`)
    outcomes.push(outcome)
    if (outcome.status === 0) break
  }
  agent.destroy()
}

const kept = async (ready: Ready, token: string): Promise<ReadonlySet<string>> => {
  const found = new Set<string>()
  let cursor = ''
  do {
    const { text } = await ask(ready, `/v1/terminals?limit=200${cursor}`, { token })
    const page = JSON.parse(text) as { items: { sn: string }[]; nextCursor: string | null }
    for (const { sn } of page.items) found.add(sn)
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
  } while (cursor !== '')
  return found
}

const follow = (ready: Ready) => {
  const socket = new WebSocket(`wss://127.0.0.1:${String(ready.ports.api)}/v1/events`, {
    rejectUnauthorized: false,
    headers: { authorization: `Bearer ${ready.adminToken!}` },
  })
  let cursor = ''
  socket.on('message', (data: Buffer) => {
    cursor = (JSON.parse(data.toString()) as { cursor: string }).cursor
  })
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  })
  onTestFinished(() => socket.terminate())
  return { cursor: () => cursor, closed }
}

test('a node that is told to go under load loses nothing that it answered, and ends well', async () => {
  const settings = { TILLGATE_DATA: tempFolder('drain') }
  const child = launch(settings)
  const ready = await readyOf(child)
  const token = ready.adminToken!
  const follower = follow(ready)
  const outcomes: Outcome[] = []
  const loading = Promise.all(
    Array.from({ length: clients }, (_, name) => client(ready, name, outcomes)),
  )
  const made = (): readonly Outcome[] => outcomes.filter(({ status }) => status === 201)
  await waitFor(() => made().length >= 200 && follower.cursor() !== '', {
    what: 'load',
    timeoutMs: 60_000,
  })
  const metrics = await ask(ready, '/metrics', { token })
  expect(metrics.text).toMatch(/tillgate_records_operations_total\{outcome="ok"\} [1-9]/)
  child.process.kill('SIGTERM')
  const { code, reason } = await follower.closed
  expect(code).toBe(1012)
  expect(reason).toBe(`DRAINING ${follower.cursor()}`)
  expect(await child.ended).toEqual({ code: 0, signal: null })
  await loading
  expect(outcomes.filter(({ torn }) => torn)).toEqual([])
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([201, 503, 0]))
  // A client stops at its first connection without an answer: none was left without one before.
  expect(outcomes.filter(({ status }) => status === 0)).toHaveLength(clients)

  const again = await readyOf(launch(settings))
  const found = await kept(again, token)
  expect(made().filter(({ sn }) => !found.has(sn))).toEqual([])
}, 180_000)
