// Two nodes on one PostgreSQL database: what both want at once, one gets, and nobody loses anything.
import {
  openPostgresRecords,
  systemClock,
  systemTimers,
  type OperationName,
  type Records,
} from '@tillgate/gateway'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { freshDatabase, pause, withPostgres } from '../../ground/index.js'
import { binding, hash, merchant, terminal, uuid } from './inputs.js'
import { quietLog } from './quiet.js'

const ALL = { afterId: 0, limit: 1_000 }

interface Nodes {
  readonly url: string
  readonly a: Records
  readonly b: Records
}

const openNode = async (url: string): Promise<Records> => {
  const records = await openPostgresRecords({
    url,
    clock: systemClock,
    timers: systemTimers,
    log: quietLog(),
  })
  onTestFinished(() => records.close())
  return records
}

const twoNodes = async (): Promise<Nodes> => {
  const url = await freshDatabase()
  return { url, a: await openNode(url), b: await openNode(url) }
}

/** A connection that is no node's. */
const stranger = async (url: string): Promise<Client> => {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

const each = <T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => make(n)))

const order = (records: Records, terminalId: number) =>
  records.submit('order-command', {
    uuid: uuid(),
    publicId: 'a command',
    terminalId,
    type: 5,
    destructive: 0,
    payload: new Uint8Array([1]),
    bindingId: null,
    notAfterMs: 2_000_000_000_000,
    actor: 'a test',
    atMs: 1_700_000_000_000,
  })

const races = (): void => {
  test('a number of a lane is given once, whoever asks', async () => {
    const { a, b } = await twoNodes()
    await a.submit('register-terminal', terminal('SN1'))
    const [row] = await a.read('terminals', ALL)
    const reserve = (records: Records) =>
      records.submit('reserve-sequences', { terminalId: row?.id ?? 0, fence: 0 })
    const answers = await each(120, (n) => reserve(n % 2 === 0 ? a : b))
    const lasts = answers.map((answer) => (answer.ok ? answer.seqLast : 0))
    expect(new Set(lasts).size).toBe(120)
    const [after] = await b.read('terminals', ALL)
    expect(after?.seqBlockEnd).toBe(Math.max(...lasts))
  })

  test('a lane is worked off in the order of its orders, whichever node took them', async () => {
    const { a, b } = await twoNodes()
    await a.submit('register-terminal', terminal('SN1'))
    const [row] = await a.read('terminals', ALL)
    const ordered: number[] = []
    for (const records of [b, a, b, b, a, a, b, a]) {
      const answer = await order(records, row?.id ?? 0)
      if (answer.ok) ordered.push(answer.commandId)
    }
    const lane = await a.read('open-commands', { terminalIds: [row?.id ?? 0], limit: 100 })
    expect(lane.map(({ id }) => id)).toEqual(ordered)
    const events = await a.read('events', ALL)
    const lines = events.filter(({ kind }) => kind === 'command.ordered')
    expect(lines.map(({ commandId }) => commandId)).toEqual(ordered)
  })

  test('an Idempotency-Key makes one thing, whoever is asked', async () => {
    const { a, b } = await twoNodes()
    for (let round = 1; round <= 10; round += 1) {
      const idempotency = { keyHash: hash(round), requestHash: hash(0) }
      const answers = await each(6, (n) => {
        const mid = `M${String(round)}`
        const input = merchant(mid, { idempotency, publicId: `${mid} ${String(n)}` })
        return (n % 2 === 0 ? a : b).submit('create-merchant', input)
      })
      const ids = answers.map((answer) => (answer.ok ? answer.publicId : answer.code))
      expect(new Set(ids).size).toBe(1)
    }
    expect(await a.read('merchants', ALL)).toHaveLength(10)
  })

  test('a TID has one live binding, and the loser is told so', async () => {
    const { a, b } = await twoNodes()
    await a.submit('create-merchant', merchant('M1'))
    await each(20, (n) => a.submit('register-terminal', terminal(`SN${String(n)}`)))
    const terminals = await b.read('terminals', ALL)
    const [shop] = await b.read('merchants', ALL)
    const answers = await Promise.all(
      terminals.map(({ id }, n) =>
        (n % 2 === 0 ? a : b).submit('order-binding', {
          ...binding(id, `T${String(Math.floor(n / 4))}`),
          merchantId: shop?.id ?? 0,
        }),
      ),
    )
    const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.code))
    expect(codes.filter((code) => code === 'ok')).toHaveLength(5)
    expect(codes.filter((code) => code === 'TID_IN_USE')).toHaveLength(15)
    expect(await a.read('bindings', { ...ALL, live: 1 })).toHaveLength(5)
  })
}

const locks = (): void => {
  test('a deadlock with a stranger costs a repetition, nothing else', async () => {
    const { url, a } = await twoNodes()
    await a.submit('create-merchant', merchant('M1'))
    await a.submit('register-terminal', terminal('SN1'))
    const [row] = await a.read('terminals', ALL)
    const other = await stranger(url)
    await other.query(
      "begin; set local deadlock_timeout = '30s'; lock table binding in exclusive mode",
    )
    const ordering = a.submit('order-binding', binding(row?.id ?? 0, 'T1'))
    await pause(100)
    // What the node holds while it waits for the table: its lane.
    const wanted = other.query(
      `select pg_advisory_xact_lock(classid::integer, objid::integer) from pg_locks
       where locktype = 'advisory' and granted and objsubid = 2 limit 1`,
    )
    await wanted
    await other.query('rollback')
    expect(await ordering).toMatchObject({ ok: true })
  })

  test('a lock that is held too long is tried again', { timeout: 60_000 }, async () => {
    const { url, a } = await twoNodes()
    const other = await stranger(url)
    await other.query('begin; lock table merchant in exclusive mode')
    const making = a.submit('create-merchant', merchant('M1'))
    await pause(4_500)
    await other.query('rollback')
    expect(await making).toMatchObject({ ok: true })
    expect(await a.read('merchants', ALL)).toHaveLength(1)
    expect(a.health()).toEqual({ ok: true })
  })

  test(
    'who waits for a lock that never comes free is refused in the end, and others pass',
    { timeout: 60_000 },
    async () => {
      const { url, a } = await twoNodes()
      const other = await stranger(url)
      await other.query('begin; lock table vault in exclusive mode')
      const vault = {
        kind: 'k',
        publicPart: null,
        sealedPart: null,
        retires: [],
        actor: 'a',
        atMs: 1,
      }
      const [stuck, free] = await Promise.allSettled([
        a.submit('store-vault-entry', { ...vault, name: 'n' }),
        a.submit('create-merchant', merchant('M1')),
      ])
      await other.query('rollback')
      expect(stuck).toMatchObject({ reason: { code: 'RECORDS_UNAVAILABLE' } })
      expect(free).toMatchObject({ value: { ok: true } })
      expect(await a.submit('store-vault-entry', { ...vault, name: 'n' })).toMatchObject({
        ok: true,
      })
    },
  )
}

const idsOf = async (records: Records, afterId: number): Promise<readonly number[]> =>
  (await records.read('events', { afterId, limit: 1_000 })).map(({ id }) => id)

const ledger = (): void => {
  test('a transaction that is open while others commit is not skipped by a reader', async () => {
    const { url, a, b } = await twoNodes()
    const late = await stranger(url)
    await late.query('begin')
    await late.query(
      `insert into event (id, at_ms, kind, actor, data)
       select (xid_offset + pg_current_xact_id()::text::bigint) * 8192 + 1, 1, 'late', 'a', '{}' from event_origin`,
    )
    for (const records of [a, b, a, b]) {
      await records.submit('create-merchant', merchant(`M${String(uuid()[15])}`))
    }
    expect(await idsOf(a, 0)).toEqual([])
    expect(await b.read('event-head', {})).toEqual({ position: 0 })
    await late.query('commit')
    const events = await a.read('events', ALL)
    expect(events.map(({ kind }) => kind)).toEqual(['late', ...Array(4).fill('merchant.created')])
    expect(await b.read('event-head', {})).toEqual({ position: events.at(-1)?.id })
  })

  test(
    'a reader beside four writers misses nothing and sees nothing twice',
    { timeout: 60_000 },
    async () => {
      const { a, b } = await twoNodes()
      const rounds = 60
      let open = true
      const writing = each(4, async (writer) => {
        for (let n = 0; n < rounds; n += 1) {
          const records = writer % 2 === 0 ? a : b
          await each(1 + (n % 5), (m) =>
            records.submit(
              'create-merchant',
              merchant(`${String(writer)}-${String(n)}-${String(m)}`),
            ),
          )
        }
      }).finally(() => (open = false))
      const seen: number[] = []
      let isLast = false
      while (!isLast) {
        isLast = !open
        const ids = await idsOf(b, seen.at(-1) ?? 0)
        seen.push(...ids)
        if (ids.length > 0) isLast = false
      }
      await writing
      const all: number[] = []
      for (let ids = await idsOf(a, 0); ids.length > 0; ids = await idsOf(a, all.at(-1) ?? 0)) {
        all.push(...ids)
      }
      expect(seen).toEqual(all)
      expect(all).toHaveLength(4 * (rounds / 5) * (1 + 2 + 3 + 4 + 5))
    },
  )

  test('a transaction of another database holds no event back', async () => {
    const { url, a } = await twoNodes()
    const elsewhere = await stranger(url.replace(/\/[^/]+$/, '/postgres'))
    await elsewhere.query('begin; select pg_current_xact_id()')
    await a.submit('create-merchant', merchant('M1'))
    expect(await idsOf(a, 0)).toHaveLength(1)
    await elsewhere.query('rollback')
  })

  test('a restored database goes on above the events that it holds', async () => {
    const url = await freshDatabase()
    const first = await openNode(url)
    await first.submit('create-merchant', merchant('M1'))
    await first.close()
    const other = await stranger(url)
    // As if this server had begun to count its transactions anew.
    await other.query('update event_origin set xid_offset = xid_offset - 1000')
    const again = await openNode(url)
    await again.submit('create-merchant', merchant('M2'))
    const events = await again.read('events', ALL)
    expect(events.map(({ kind }) => kind)).toEqual(['merchant.created', 'merchant.created'])
    expect(events[1]?.id).toBeGreaterThan(events[0]?.id ?? 0)
  })
}

const oddities = (): void => {
  test('an operation that no node knows, beside good ones, fails alone', async () => {
    const { a } = await twoNodes()
    const [odd, good] = await Promise.allSettled([
      a.submit('no-such-operation' as OperationName, {} as never),
      a.submit('create-merchant', merchant('M1')),
    ])
    expect(odd).toMatchObject({ status: 'rejected', reason: { code: 'SHAPE' } })
    expect(good).toMatchObject({ value: { ok: true } })
  })
}

withPostgres('two nodes on PostgreSQL', () => {
  races()
  locks()
  ledger()
  oddities()
})
