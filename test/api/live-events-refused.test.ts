import { connect as openTcp } from 'node:net'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { EventFeed, EventView } from '@tillgate/gateway'
import { waitFor } from '../ground/index.js'
import { commit, connect, named, namesIn, openLive } from './live-client.js'

const anyId = '0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69'
const hourMs = 3_600_000

const live = { beatMs: 10, tokenLookMs: 10 } as const

const isOpen = (client: ReturnType<typeof connect>) =>
  waitFor(() => client.messages.length > 0, { what: 'the client to be served' })

const saying = (token: string): string => JSON.stringify({ token })

test('a handshake that is refused is answered as any request, with a problem', async () => {
  const bench = await openLive()
  const refusals: readonly [Parameters<typeof connect>[1], number, string][] = [
    [{ token: 'tgat_wrong' }, 401, 'UNAUTHENTICATED'],
    [{ token: await bench.bench.token('commands:read') }, 403, 'events:read'],
    [{ query: '?after=nonsense' }, 400, 'BAD_CURSOR'],
    [{ query: '?cursor=ZXZlbnRzOjE' }, 400, 'cursor'],
    [{ query: '?limit=5' }, 400, 'limit'],
    [{ query: '?unknown=1' }, 400, 'unknown'],
    [{ query: '?terminal=NONE' }, 404, 'terminal'],
    [{ query: `?command=${anyId}` }, 404, 'command'],
  ]
  for (const [connecting, status, words] of refusals) {
    const refused = await connect(bench, connecting).refused
    expect(refused.status, words).toBe(status)
    expect(refused.text).toContain(words)
    expect(refused.text).toContain('urn:tillgate:problem:')
  }
})

test('a cursor from beyond the end of these records is refused, in a page too', async () => {
  const bench = await openLive()
  const beyond = Buffer.from('events:999').toString('base64url')
  expect((await connect(bench, { query: `?after=${beyond}` }).refused).status).toBe(400)
  const page = await bench.bench.call('GET', `/v1/events?cursor=${beyond}`)
  expect(page.at('code')).toBe('BAD_CURSOR')
})

test('a browser says its token first, and is served from the moment of its handshake', async () => {
  const bench = await openLive()
  const client = connect(bench, { token: null })
  await new Promise<void>((resolve) => client.socket.on('open', () => resolve()))
  await commit(bench, ['M1'])
  client.socket.send(saying(bench.bench.admin))
  await waitFor(() => namesIn(client.messages).length === 1, { what: 'the event' })
})

test('a first message that opens nothing closes with the code of its reason', async () => {
  const bench = await openLive()
  const poor = await bench.bench.token('commands:read')
  const closings: readonly [string, number, string][] = [
    [saying('tgat_wrong'), 4401, 'UNAUTHENTICATED'],
    [saying(poor), 4403, 'FORBIDDEN'],
    ['{"token":7}', 4400, 'VALIDATION'],
    ['null', 4400, 'VALIDATION'],
    ['hello', 4400, 'VALIDATION'],
  ]
  for (const [firstMessage, code, reason] of closings) {
    const { closed } = connect(bench, { token: null, firstMessage })
    expect(await closed, firstMessage).toEqual({ code, reason })
  }
  const badQuery = connect(bench, {
    token: null,
    query: '?terminal=NONE',
    firstMessage: saying(bench.bench.admin),
  })
  expect((await badQuery.closed).code).toBe(4404)
  const large = connect(bench, { token: null, firstMessage: 'x'.repeat(2_000) })
  expect((await large.closed).code).toBe(1009)
})

test('who says no token in time is closed, and only so many may wait', async () => {
  const slow = await openLive({ live: { tokenMsMax: 30 } })
  expect((await connect(slow, { token: null }).closed).code).toBe(4401)
  const bench = await openLive({ live: { waitingPerAddressMax: 2 } })
  const waiting = [connect(bench, { token: null }), connect(bench, { token: null })]
  for (const { socket } of waiting) {
    await waitFor(() => socket.readyState === WebSocket.OPEN, { what: 'a socket that waits' })
  }
  expect((await connect(bench, { token: null }).refused).status).toBe(429)
  await isOpen(connect(bench))
  waiting[0]?.socket.terminate()
  await waitFor(
    async () => {
      const next = connect(bench, { token: null, firstMessage: saying(bench.bench.admin) })
      await Promise.race([isOpen(next), next.refused])
      return next.messages.length > 0
    },
    { what: 'the place to be free' },
  )
})

test('a ping is answered; a connection whose upgrade was refused is not kept', async () => {
  const bench = await openLive()
  const client = connect(bench)
  await isOpen(client)
  const answered = new Promise<string>((resolve) => {
    client.socket.on('pong', (data) => resolve(data.toString()))
  })
  client.socket.ping('still there?')
  expect(await answered).toBe('still there?')
  for (const head of ['GET /nowhere', 'POST /v1/terminals', 'GET /v1/events']) {
    const { port } = bench.server
    const socket = openTcp({ port, host: '127.0.0.1', allowHalfOpen: true })
    let said = ''
    socket.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const ended = new Promise((resolve) => socket.on('end', resolve))
    socket.on('error', () => undefined)
    socket.write(`${head} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
    await ended
    expect(said).toMatch(/^HTTP\/1.1 40[014] /)
    // Half open from this side: what is written finds nobody there.
    await waitFor(
      () => {
        if (!socket.destroyed) socket.write('x')
        return socket.destroyed
      },
      { what: `the connection of ${head} to be let go` },
    )
  }
})

test('a client that talks on is closed', async () => {
  const client = connect(await openLive())
  await isOpen(client)
  client.socket.send('more')
  expect((await client.closed).code).toBe(4400)
})

test('tokens that are guessed here count as guesses anywhere', async () => {
  const bench = await openLive()
  for (let i = 0; i < 30; i++) await connect(bench, { token: 'tgat_wrong' }).refused
  expect((await connect(bench, { token: 'tgat_wrong' }).refused).status).toBe(429)
  const said = connect(bench, { token: null, firstMessage: saying('tgat_wrong') })
  expect(await said.closed).toEqual({ code: 4429, reason: 'RATE_LIMITED' })
  await isOpen(connect(bench))
})

test('only so many sockets are open for a token, and in all', async () => {
  const bench = await openLive({ live: { socketsPerTokenMax: 2, socketsMax: 3 } })
  const first = connect(bench)
  await isOpen(first)
  await isOpen(connect(bench))
  expect((await connect(bench).refused).status).toBe(429)
  const token = await bench.bench.token('events:read')
  await isOpen(connect(bench, { token }))
  expect((await connect(bench, { token }).refused).status).toBe(429)
  first.socket.close()
  await first.closed
  await waitFor(
    async () => {
      const next = connect(bench, { token })
      await Promise.race([isOpen(next), next.refused])
      return next.messages.length > 0
    },
    { what: 'the place to be free' },
  )
})

test('a socket is closed soon after its token was revoked, and the others stay', async () => {
  const bench = await openLive({ live })
  const body = { name: 'follower', scopes: ['events:read'] }
  const made = await bench.bench.call('POST', '/v1/api-tokens', { body })
  const revoked = connect(bench, { token: String(made.at('token')) })
  const staying = connect(bench)
  await isOpen(revoked)
  await isOpen(staying)
  await bench.bench.call('DELETE', `/v1/api-tokens/${String(made.at('id'))}`)
  const { code, reason } = await revoked.closed
  expect({ code, word: reason.split(' ')[0] }).toEqual({ code: 4401, word: 'UNAUTHENTICATED' })
  await commit(bench, ['M1'])
  await waitFor(() => namesIn(staying.messages).length === 1, { what: 'the event' })
})

test('a socket is closed soon after its token has expired', async () => {
  const bench = await openLive({ live })
  const client = connect(bench)
  await isOpen(client)
  bench.bench.advance(hourMs)
  expect((await client.closed).code).toBe(4401)
})

test('a client that is gone without a word is found out', async () => {
  const bench = await openLive({ live: { beatMs: 10, pingMs: 30 } })
  const client = connect(bench)
  await isOpen(client)
  client.socket.pause()
  await waitFor(() => bench.bench.services.events.counts().followers === 0, {
    what: 'the socket to be given up',
  })
})

/** A feed that never ends: what it gives out is counted. */
const endlessFeed = (bytes: number) => {
  let given = 0
  let left = false
  const event = (id: number): EventView => ({
    id,
    atMs: 0,
    kind: 'command.done',
    terminalId: null,
    commandId: null,
    bindingId: null,
    actor: 'terminal',
    data: JSON.stringify({ filler: 'x'.repeat(bytes) }),
    evidence: null,
    caseId: null,
    sn: null,
    commandUuid: null,
    bindingUuid: null,
    caseUuid: null,
  })
  const feed: EventFeed = {
    head: () => Promise.resolve(0),
    read: ({ after, limit }) => {
      const events = Array.from({ length: limit }, (_, i) => event(after + i + 1))
      given = after + limit
      return Promise.resolve({ events, position: after + limit, more: true })
    },
    follow: () => ({ stop: () => void (left = true) }),
    nudge: () => undefined,
    counts: () => ({ followers: 0, head: given, kept: 0, catchUpReads: 0 }),
    stop: () => Promise.resolve(),
  }
  return { feed, given: () => given, isLeft: () => left }
}

test('for a client that does not read nothing is read on, and in the end it is closed where it can go on', async () => {
  const eventBytes = 16 * 1024
  const { feed, given, isLeft } = endlessFeed(eventBytes)
  const bench = await openLive(
    { live: { untakenMsMax: 400, closeMsMax: 20_000 } },
    { events: feed },
  )
  const client = connect(bench)
  await isOpen(client)
  client.socket.pause()
  let before = -1
  await waitFor(
    () => {
      const still = given() === before
      before = given()
      return still
    },
    { what: 'the server to read no more' },
  )
  // What the kernel takes on both sides is not ours; beyond it there is a named limit.
  expect(given() * eventBytes).toBeLessThan(64 * 1024 * 1024)
  await waitFor(isLeft, { what: 'the server to give it up' })
  const stopped = given()
  client.socket.resume()
  const { code, reason } = await client.closed
  expect(code).toBe(4408)
  expect(given()).toBe(stopped)
  expect(reason).toBe(`TOO_SLOW ${client.messages.at(-1)?.cursor ?? ''}`)
  const ids = client.messages.map(({ cursor }) =>
    Number(Buffer.from(cursor, 'base64url').toString().split(':')[1]),
  )
  expect(ids).toEqual(ids.map((_, i) => i + 1))
})

test('a page and a socket are filled from the same places', async () => {
  const bench = await openLive()
  await commit(bench, named(0, 120))
  const seen: unknown[] = []
  let cursor: unknown
  do {
    const query = cursor === undefined ? '' : `&cursor=${String(cursor)}`
    const page = await bench.bench.call('GET', `/v1/events?limit=50${query}`)
    const items = page.at('items') as readonly { cursor: string }[]
    seen.push(...items.map((one) => one.cursor))
    cursor = page.at('nextCursor')
  } while (cursor !== null)
  const client = connect(bench, { query: '?after=start' })
  await waitFor(() => client.messages.some((one) => one.caughtUp), { what: 'the end' })
  expect(client.events().map((one) => one.cursor)).toEqual(seen)
  expect(seen).toHaveLength(121)
})
