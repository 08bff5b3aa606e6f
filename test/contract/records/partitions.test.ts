// The partitions of a PostgreSQL database: made ahead, filled with what has ended, detached on an order.
import {
  openPartitions,
  openPostgresRecords,
  systemTimers,
  type Clock,
  type Partitions,
  type Records,
  type Timers,
} from '@tillgate/gateway'
import { expect, onTestFinished, test } from 'vitest'
import { freshDatabase, queryOnce, waitFor, withPostgres } from '../../ground/index.js'
import { merchant, terminal, uuid } from './inputs.js'
import { quietLog } from './quiet.js'

const ALL = { afterId: 0, limit: 1_000 }
const DAY_MS = 86_400_000
const MARCH_MS = Date.UTC(2026, 2, 10)
const JUNE_MS = Date.UTC(2026, 5, 10)

/** The upkeep's first turn comes a minute after opening; here when the test says so. */
const UPKEEP_MS = 60_000

const clockAt = (at: { ms: number }): Clock => ({ now: () => at.ms, monotonic: () => at.ms })

interface Opened {
  readonly records: Records
  readonly url: string
  readonly at: { ms: number }
  upkeep(): void
}

const openAt = async (ms: number, url?: string): Promise<Opened> => {
  const at = { ms }
  const due: (() => void)[] = []
  const timers: Timers = {
    after: (delayMs, action) => {
      if (delayMs !== UPKEEP_MS) return systemTimers.after(delayMs, action)
      due.push(action)
      return { cancel: () => undefined }
    },
  }
  const where = url ?? (await freshDatabase())
  const records = await openPostgresRecords({
    url: where,
    clock: clockAt(at),
    timers,
    log: quietLog(),
  })
  onTestFinished(() => records.close())
  return { records, url: where, at, upkeep: () => due.shift()?.() }
}

const partitionsAt = async (url: string, ms: number): Promise<Partitions> => {
  const partitions = await openPartitions({ url, clock: clockAt({ ms }), timers: systemTimers })
  onTestFinished(() => partitions.close())
  return partitions
}

const namesOf = async (partitions: Partitions): Promise<readonly string[]> =>
  (await partitions.list()).map(({ name }) => name)

/** A command that ended at this moment, by its uuid. */
const endedCommand = async (records: Records, atMs: number): Promise<Uint8Array> => {
  const [row] = await records.read('terminals', ALL)
  const commandUuid = uuid()
  const about = { actor: 'a test', atMs }
  await records.submit('order-command', {
    uuid: commandUuid,
    publicId: 'a command',
    terminalId: row?.id ?? 0,
    type: 5,
    destructive: 0,
    payload: new Uint8Array([1]),
    bindingId: null,
    notAfterMs: atMs + DAY_MS,
    ...about,
  })
  expect(await records.submit('cancel-command', { commandUuid, ...about })).toMatchObject({
    ok: true,
  })
  return commandUuid
}

const placesOf = async (url: string): Promise<readonly unknown[]> =>
  (await queryOnce(url, 'select tableoid::regclass::text as place from command order by id')).map(
    ({ place }) => place,
  )

/** One command that was put away after its month. */
const putAwayCommand = async (): Promise<Opened & { readonly commandUuid: Uint8Array }> => {
  const opened = await openAt(MARCH_MS)
  await opened.records.submit('register-terminal', terminal('SN1'))
  const commandUuid = await endedCommand(opened.records, MARCH_MS)
  opened.at.ms += 2 * DAY_MS
  opened.upkeep()
  await waitFor(async () => (await placesOf(opened.url)).includes('command_2026_03'), {
    what: 'the upkeep',
  })
  return { ...opened, commandUuid }
}

const keeping = (): void => {
  test('partitions of events stand ready for this month and the next ones', async () => {
    const { records, url } = await openAt(MARCH_MS)
    await records.submit('create-merchant', merchant('M1', { atMs: MARCH_MS }))
    expect(await namesOf(await partitionsAt(url, MARCH_MS))).toEqual([
      'event_2026_03',
      'event_2026_04',
      'event_2026_05',
      'event_elsewhen',
      'command_at_hand',
    ])
    const places = await queryOnce(url, 'select tableoid::regclass::text as place from event')
    expect(places).toEqual([{ place: 'event_2026_03' }])
  })

  test('an event of a month without a partition is kept all the same', async () => {
    const { records } = await openAt(MARCH_MS)
    await records.submit('create-merchant', merchant('M1', { atMs: 1 }))
    await records.submit('create-merchant', merchant('M2', { atMs: MARCH_MS + 400 * DAY_MS }))
    expect(await records.read('events', ALL)).toHaveLength(2)
  })

  test('what ended is put away after a day, and is still found and answered', async () => {
    const { records, commandUuid, url } = await putAwayCommand()
    expect(await records.read('command-by-uuid', { uuid: commandUuid })).toMatchObject({
      state: 'cancelled',
      sn: 'SN1',
    })
    const [listed] = await records.read('commands', ALL)
    expect(listed?.uuid).toEqual(commandUuid)
    const again = { commandUuid, actor: 'a', atMs: MARCH_MS }
    expect(await records.submit('cancel-command', again)).toMatchObject({ code: 'ALREADY_DONE' })
    expect(await placesOf(url)).toEqual(['command_2026_03'])
  })

  test('the uuid of a command that was put away is not given again', async () => {
    const { records, commandUuid } = await putAwayCommand()
    const [row] = await records.read('terminals', ALL)
    const again = await records.submit('order-command', {
      uuid: commandUuid,
      publicId: 'another',
      terminalId: row?.id ?? 0,
      type: 5,
      destructive: 0,
      payload: new Uint8Array([2]),
      bindingId: null,
      notAfterMs: MARCH_MS + DAY_MS,
      actor: 'a',
      atMs: MARCH_MS,
    })
    expect(again).toMatchObject({ ok: true, replayed: true })
    expect(await records.read('commands', ALL)).toHaveLength(1)
  })

  test('what ended lately, and what is open, stays at hand', async () => {
    const { records, at, url, upkeep } = await openAt(MARCH_MS)
    await records.submit('register-terminal', terminal('SN1'))
    await endedCommand(records, MARCH_MS - 3 * DAY_MS)
    await endedCommand(records, MARCH_MS)
    at.ms = MARCH_MS + 1
    upkeep()
    await waitFor(async () => (await placesOf(url)).includes('command_2026_03'), {
      what: 'the upkeep',
    })
    expect(await placesOf(url)).toEqual(['command_2026_03', 'command_at_hand'])
  })
}

/** As if the ledger were sealed up to there. */
const sealTo = async (records: Records, position: number): Promise<void> => {
  const tree = await records.read('audit-tree', {})
  const size = (tree?.size ?? 0) + 1
  const answer = await records.submit('seal-events', {
    from: { size: tree?.size ?? 0, position: tree?.position ?? 0 },
    to: { size, position, root: new Uint8Array(32).fill(size), writers: '{}' },
    ...{ tiles: [], holes: [], atMs: MARCH_MS },
  })
  expect(answer).toEqual({ ok: true, sealed: true })
}

const detaching = (): void => {
  test('a month of events is detached once every reader has passed it', async () => {
    const { records, url } = await openAt(MARCH_MS)
    await records.submit('create-merchant', merchant('M1', { atMs: MARCH_MS }))
    const { position } = await records.read('event-head', {})
    const reader = 'a-reader'
    await records.submit('advance-cursor', { reader, position })
    await sealTo(records, position - 1)
    const partitions = await partitionsAt(url, JUNE_MS)
    expect(await partitions.detach('event_2026_03')).toEqual({
      ok: false,
      reason: expect.stringContaining('the reader audit-sealing has not passed it'),
    })
    await sealTo(records, position)
    await records.submit('advance-cursor', { reader: 'b-reader', position: position - 1 })
    expect(await partitions.detach('event_2026_03')).toEqual({
      ok: false,
      reason: expect.stringContaining('the reader b-reader has not passed it'),
    })
    await records.submit('advance-cursor', { reader: 'b-reader', position })
    expect(await partitions.detach('event_2026_03')).toEqual({ ok: true })
    expect(await records.read('events', ALL)).toEqual([])
    expect(await queryOnce(url, 'select kind from event_2026_03')).toEqual([
      { kind: 'merchant.created' },
    ])
    await records.submit('create-merchant', merchant('M2', { atMs: MARCH_MS + 31 * DAY_MS }))
    const [next] = await records.read('events', ALL)
    expect(next?.id).toBeGreaterThan(position)
  })

  test('a month of commands is detached once every reader has passed what is about them', async () => {
    const { records, url, commandUuid } = await putAwayCommand()
    await sealTo(records, 1)
    const partitions = await partitionsAt(url, JUNE_MS)
    expect(await partitions.detach('command_2026_03')).toMatchObject({ ok: false })
    const { position } = await records.read('event-head', {})
    await sealTo(records, position)
    expect(await partitions.detach('command_2026_03')).toEqual({ ok: true })
    expect(await records.read('command-by-uuid', { uuid: commandUuid })).toBeUndefined()
    const views = await records.read('event-views', { ...ALL, throughId: position })
    expect(views.at(-1)?.commandUuid).toEqual(commandUuid)
  })

  test('what is in use, and what is not there, is not detached', async () => {
    const { url } = await openAt(MARCH_MS)
    const partitions = await partitionsAt(url, MARCH_MS)
    const reasons = await Promise.all(
      ['command_at_hand', 'event_elsewhen', 'event_2026_03', 'terminal', 'event; drop table x'].map(
        async (name) => {
          const answer = await (await partitionsAt(url, MARCH_MS)).detach(name)
          return answer.ok ? 'detached' : answer.reason
        },
      ),
    )
    expect(reasons).toEqual([
      'it is always in use',
      'it is always in use',
      'its month is not over',
      'there is no partition terminal',
      'there is no partition event; drop table x',
    ])
    expect(await namesOf(partitions)).toHaveLength(5)
  })

  test('a line of the ledger, and evidence, can’t be changed or deleted by any statement', async () => {
    const { records, url } = await openAt(MARCH_MS)
    await records.submit('create-merchant', merchant('M1', { atMs: MARCH_MS }))
    for (const text of [
      'delete from event',
      "update event set kind = 'x'",
      'delete from event_2026_03',
      'truncate event',
    ]) {
      await expect(queryOnce(url, text), text).rejects.toThrow('append-only')
    }
    for (const table of ['binding', 'proof', 'certificate']) {
      await expect(queryOnce(url, `truncate ${table} cascade`), table).rejects.toThrow(
        'never deleted',
      )
    }
  })
}

withPostgres('partitions on PostgreSQL', () => {
  keeping()
  detaching()
})
