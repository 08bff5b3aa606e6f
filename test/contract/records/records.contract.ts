/**
 * What every adapter of the records must hold, whatever the dialect. An adapter's test is a file that
 * calls this with a way to open an empty store; each test gets one of its own.
 */
import {
  OperationBug,
  RecordsUnavailable,
  type Queries,
  type QueryName,
  type Records,
} from '@tillgate/gateway'
import { afterEach, describe, expect, test } from 'vitest'
import { binding, hash, merchant, terminal, uuid } from './inputs.js'
import { samples } from './query-samples.js'

export interface OpenedRecords {
  readonly records: Records
  /** Opens the same store anew, after `records` has been closed; absent where nothing outlives it. */
  readonly reopen?: () => Promise<Records>
}

const ALL = { afterId: 0, limit: 1_000 }

/** What a query answers where there is nothing. */
const nothingOf = (query: QueryName, answer: unknown): unknown => {
  if (query === 'cursor' || query === 'event-head') return { position: 0 }
  if (query === 'brake-held' || query === 'bindings-in-service') return 0
  if (query === 'unsealed-events') return { ...(answer as object), ids: [] }
  if (query === 'event-stretch') return { throughId: 0, lines: 0 }
  return Array.isArray(answer) ? [] : undefined
}

const merchants = async (records: Records): Promise<readonly string[]> =>
  (await records.read('merchants', ALL)).map((row) => row.mid)

const eventKinds = async (records: Records): Promise<readonly string[]> =>
  (await records.read('events', ALL)).map((row) => row.kind)

const rejection = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail('it was answered'),
    (error: unknown) => error,
  )

export const recordsContract = (name: string, open: () => Promise<OpenedRecords>): void => {
  describe(`records: ${name}`, () => {
    const opened: Records[] = []
    const openStore = async (): Promise<OpenedRecords> => {
      const store = await open()
      opened.push(store.records)
      return store
    }
    const openRecords = async (): Promise<Records> => (await openStore()).records
    afterEach(async () => {
      for (const records of opened.splice(0)) await records.close()
    })

    answering(openRecords)
    grouping(openRecords)
    constraints(openRecords)
    reading(openRecords)
    ending(openStore)
  })
}

type Open = () => Promise<Records>

const answering = (openRecords: Open): void => {
  test('what was answered can be read at once', async () => {
    const records = await openRecords()
    expect(await records.submit('create-merchant', merchant('M1'))).toMatchObject({ ok: true })
    expect(await merchants(records)).toEqual(['M1'])
    expect(await eventKinds(records)).toEqual(['merchant.created'])
  })

  test('a repetition under the same Idempotency-Key is answered alike and changes nothing', async () => {
    const records = await openRecords()
    const idempotency = { keyHash: hash(1), requestHash: hash(2) }
    const first = merchant('M1', { idempotency })
    const again = merchant('M1', { idempotency, publicId: 'another' })
    const [one, two] = await Promise.all([
      records.submit('create-merchant', first),
      records.submit('create-merchant', again),
    ])
    expect(one).toMatchObject({ ok: true, publicId: first.publicId })
    expect(two).toMatchObject({ ok: true, publicId: first.publicId })
    expect(await records.submit('create-merchant', again)).toMatchObject({
      publicId: first.publicId,
    })
    expect(await merchants(records)).toEqual(['M1'])
    expect(await eventKinds(records)).toHaveLength(1)
  })

  test('another request under a used Idempotency-Key is refused', async () => {
    const records = await openRecords()
    const used = { keyHash: hash(1), requestHash: hash(2) }
    await records.submit('create-merchant', merchant('M1', { idempotency: used }))
    const other = merchant('M2', { idempotency: { keyHash: hash(1), requestHash: hash(3) } })
    expect(await records.submit('create-merchant', other)).toEqual({
      ok: false,
      code: 'IDEMPOTENCY_MISMATCH',
    })
    expect(await merchants(records)).toEqual(['M1'])
  })

  test('bytes that are a window on a bigger buffer are stored as the window shows them', async () => {
    const records = await openRecords()
    const pool = new Uint8Array(8_192).fill(0xee)
    pool.set(uuid(), 100)
    const window = pool.subarray(100, 116)
    await records.submit('create-merchant', merchant('M1', { uuid: window }))
    const [row] = await records.read('merchants', ALL)
    expect(row?.uuid).toEqual(new Uint8Array(window))
    expect(row?.uuid.buffer.byteLength).toBe(16)
  })
}

const grouping = (openRecords: Open): void => {
  test('an operation of a group sees the writes of those before it', async () => {
    const records = await openRecords()
    const answers = await Promise.all([
      records.submit('create-merchant', merchant('M1')),
      records.submit('create-merchant', merchant('M1')),
    ])
    expect(answers).toMatchObject([{ ok: true }, { ok: false, code: 'DUPLICATE' }])
  })

  test('one that throws in a group fails alone, and nothing of it stays', async () => {
    const records = await openRecords()
    const bad = merchant('bad', { uuid: new Uint8Array(15) })
    const inputs = Array.from({ length: 20 }, (_, n) => (n === 7 ? bad : merchant(`M${String(n)}`)))
    const outcomes = await Promise.allSettled(
      inputs.map((input) => records.submit('create-merchant', input)),
    )
    const failed = outcomes.flatMap((one, n) => (one.status === 'rejected' ? [n] : []))
    expect(failed).toEqual([7])
    const stored = inputs.filter((input) => input !== bad).map((input) => input.mid)
    expect(await merchants(records)).toEqual(stored)
    expect(await eventKinds(records)).toHaveLength(19)
    expect(records.health()).toEqual({ ok: true })
  })

  test('every operation of a long queue is answered once', async () => {
    const records = await openRecords()
    const count = 1_000
    const answers = await Promise.all(
      Array.from({ length: count }, (_, n) =>
        records.submit('create-merchant', merchant(`M${String(n)}`)),
      ),
    )
    expect(answers.every((answer) => answer.ok)).toBe(true)
    expect(await merchants(records)).toHaveLength(count)
  })

  test('more than the queue holds is refused at once, the rest is answered', async () => {
    const records = await openRecords()
    const holds = 10_000
    const outcomes = await Promise.allSettled(
      Array.from({ length: holds + 5 }, (_, n) =>
        records.submit('create-merchant', merchant(`M${String(n)}`)),
      ),
    )
    const refused = outcomes.filter((one) => one.status === 'rejected')
    expect(refused).toHaveLength(5)
    for (const one of refused) expect(one.reason).toBeInstanceOf(RecordsUnavailable)
    const last = await records.read('merchants', { afterId: holds - 1, limit: 10 })
    expect(last.map((row) => row.id)).toEqual([holds])
  })
}

const constraints = (openRecords: Open): void => {
  test('a broken unique constraint is a bug that names it', async () => {
    const records = await openRecords()
    const taken = merchant('M1')
    await records.submit('create-merchant', taken)
    const bug = await rejection(
      records.submit('create-merchant', merchant('M2', { uuid: taken.uuid })),
    )
    expect(bug).toBeInstanceOf(OperationBug)
    expect(bug).toMatchObject({
      code: 'CONSTRAINT',
      operation: 'create-merchant',
      constraint: 'merchant.uuid',
    })
  })

  test('an operation that nobody wrote is a bug, not a crash', async () => {
    const records = await openRecords()
    const unknown = 'no-such-operation' as 'create-merchant'
    expect(await rejection(records.submit(unknown, merchant('M1')))).toBeInstanceOf(OperationBug)
    expect(records.health()).toEqual({ ok: true })
  })

  test('an input that is no plain data fails its own caller only', async () => {
    const records = await openRecords()
    const odd = merchant('M1', { name: (() => 'x') as unknown as string })
    const [bug, good] = await Promise.allSettled([
      records.submit('create-merchant', odd),
      records.submit('create-merchant', merchant('M2')),
    ])
    expect(bug.status === 'rejected' && bug.reason).toBeInstanceOf(OperationBug)
    expect(good).toMatchObject({ value: { ok: true } })
  })

  test('a terminal, and a TID, has one live binding', async () => {
    const records = await openRecords()
    await records.submit('create-merchant', merchant('M1'))
    await records.submit('register-terminal', terminal('SN1'))
    await records.submit('register-terminal', terminal('SN2'))
    const [first, ...others] = await Promise.all([
      records.submit('order-binding', binding(1, 'T1')),
      records.submit('order-binding', binding(1, 'T2')),
      records.submit('order-binding', binding(2, 'T1')),
    ])
    const live = await records.read('bindings', { ...ALL, live: 1 })
    expect(first).toMatchObject({ ok: true })
    expect(others).toMatchObject([
      { ok: false, code: 'SN_BOUND_ELSEWHERE' },
      { ok: false, code: 'TID_IN_USE' },
    ])
    expect(live.map((row) => [row.sn, row.tid])).toEqual([['SN1', 'T1']])
  })
}

const reading = (openRecords: Open): void => {
  test('every query answers on an empty store', async () => {
    const records = await openRecords()
    for (const [query, input] of Object.entries(samples)) {
      const answer = await records.read(query as keyof Queries, input as never)
      expect(answer, query).toEqual(nothingOf(query as QueryName, answer))
    }
  })

  test('pages show every row once, in order, and never more than was asked for', async () => {
    const records = await openRecords()
    const mids = Array.from({ length: 25 }, (_, n) => `M${String(n)}`)
    await Promise.all(mids.map((mid) => records.submit('create-merchant', merchant(mid))))
    const seen: string[] = []
    let afterId = 0
    for (;;) {
      const page = await records.read('merchants', { afterId, limit: 7 })
      expect(page.length).toBeLessThanOrEqual(7)
      seen.push(...page.map((row) => row.mid))
      const last = page.at(-1)
      if (last === undefined) break
      afterId = last.id
    }
    expect(seen).toEqual(mids)
  })

  test('a page has a largest size, whatever is asked for', async () => {
    const records = await openRecords()
    await Promise.all(
      Array.from({ length: 1_001 }, (_, n) =>
        records.submit('create-merchant', merchant(`M${String(n)}`)),
      ),
    )
    expect(await records.read('merchants', { afterId: 0, limit: 1_000_000 })).toHaveLength(1_000)
    expect(await records.read('merchants', { afterId: 0, limit: 0 })).toEqual([])
  })

  test('a read never sees half a group', async () => {
    const records = await openRecords()
    await records.submit('create-merchant', merchant('M1'))
    const count = 60
    for (let n = 1; n <= count; n += 1) {
      await records.submit('register-terminal', terminal(`SN${String(n)}`))
    }
    const ordering = Promise.all(
      Array.from({ length: count }, (_, n) =>
        records.submit('order-binding', binding(n + 1, `T${String(n)}`)),
      ),
    )
    let seen = 0
    while (seen < count) {
      const bindings = await records.read('bindings', ALL)
      const commands = await records.read('commands', ALL)
      const bound = new Set(commands.map((row) => row.bindingId))
      expect(bindings.filter((row) => !bound.has(row.id))).toEqual([])
      seen = bindings.length
    }
    await ordering
  })
}

const ending = (openStore: () => Promise<OpenedRecords>): void => {
  test('closing answers everything that waits, and keeps it', async () => {
    const { records, reopen } = await openStore()
    const waiting = Array.from({ length: 700 }, (_, n) =>
      records.submit('create-merchant', merchant(`M${String(n)}`)),
    )
    const looking = records.read('merchants', ALL)
    const closed = records.close()
    const late = await rejection(records.submit('create-merchant', merchant('late')))
    expect(late).toBeInstanceOf(RecordsUnavailable)
    expect((await Promise.all(waiting)).every((answer) => answer.ok)).toBe(true)
    expect(Array.isArray(await looking)).toBe(true)
    await closed
    expect(records.health().ok).toBe(false)
    expect(await rejection(records.read('merchants', ALL))).toBeInstanceOf(RecordsUnavailable)
    if (reopen === undefined) return
    const again = await reopen()
    expect(await merchants(again)).toHaveLength(700)
    await again.close()
  })

  test('closing twice is closing once', async () => {
    const { records } = await openStore()
    await Promise.all([records.close(), records.close()])
    expect(records.health().ok).toBe(false)
  })
}
