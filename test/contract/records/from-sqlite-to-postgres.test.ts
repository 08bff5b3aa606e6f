// A data folder's records, copied into a PostgreSQL database: all of them or none, and checked.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import {
  copyRecords,
  openPostgresRecords,
  openSqliteRecords,
  systemClock,
  systemTimers,
  type CopyProgress,
  type Records,
} from '@tillgate/gateway'
import { expect, onTestFinished, test } from 'vitest'
import { freshDatabase, queryOnce, tempFolder, withPostgres } from '../../ground/index.js'
import { binding, hash, merchant, terminal } from './inputs.js'
import { quietLog } from './quiet.js'

const ALL = { afterId: 0, limit: 1_000 }
const ports = { clock: systemClock, timers: systemTimers, log: quietLog() }
const bin = fileURLToPath(new URL('../../../admin-api/bin/tillgate.js', import.meta.url))

const openFolder = (folder: string): Promise<Records> => openSqliteRecords({ folder, ...ports })

const openDatabase = async (url: string): Promise<Records> => {
  const records = await openPostgresRecords({ url, ...ports })
  onTestFinished(() => records.close())
  return records
}

const odd = `a "name" with \\ and 'quotes', {braces}, NULL, €, 終, a tab\t and a line\nbreak`

/** Something in nearly every table; more than one page of merchants. */
const fill = async (records: Records): Promise<void> => {
  const count = 1_200
  await Promise.all(
    Array.from({ length: count }, (_, n) =>
      records.submit(
        'create-merchant',
        merchant(`M${String(n)}`, { name: n === 7 ? odd : 'A shop' }),
      ),
    ),
  )
  await records.submit('register-terminal', terminal('SN1'))
  await records.submit('order-binding', binding(1, 'T1'))
  await records.submit('advance-cursor', { reader: 'audit', position: 3 })
  const vault = { kind: 'k', retires: [], actor: 'a', atMs: 1 }
  const secret = { publicPart: new Uint8Array(0), sealedPart: new Uint8Array([0, 255, 92, 34]) }
  await records.submit('store-vault-entry', { ...vault, name: 'n', ...secret })
  const idempotency = { keyHash: hash(1), requestHash: hash(2) }
  await records.submit('create-merchant', merchant('keyed', { idempotency }))
}

const filledFolder = async (): Promise<string> => {
  const folder = tempFolder('records')
  const records = await openFolder(folder)
  await fill(records)
  await records.close()
  return folder
}

const everything = async (records: Records): Promise<unknown> => ({
  merchants: await records.read('merchants', ALL),
  more: await records.read('merchants', { ...ALL, afterId: 1_000 }),
  terminals: await records.read('terminals', ALL),
  bindings: await records.read('bindings', ALL),
  commands: await records.read('commands', ALL),
  events: await records.read('events', { ...ALL, afterId: 900 }),
  cursor: await records.read('cursor', { reader: 'audit' }),
  vault: await records.read('vault-entries', {}),
  key: await records.read('idempotency-by-key', { keyHash: hash(1) }),
})

const copying = (): void => {
  test('every row is the same afterwards, and new ones come behind them', async () => {
    const [folder, url] = [await filledFolder(), await freshDatabase()]
    const progress: CopyProgress[] = []
    const onProgress = (one: CopyProgress): void => void progress.push(one)
    const report = await copyRecords({ from: folder, to: url, ...ports, onProgress })
    expect(report.ok).toBe(true)
    expect(report.tables.find(({ table }) => table === 'merchant')?.rows).toBe(1_201)
    expect(progress).toContainEqual({ table: 'merchant', copied: 1_000, of: 1_201 })
    const before = await openFolder(folder)
    onTestFinished(() => before.close())
    const after = await openDatabase(url)
    expect(await everything(after)).toEqual(await everything(before))
    const head = await before.read('event-head', {})
    expect(await after.submit('create-merchant', merchant('new'))).toMatchObject({ ok: true })
    const fresh = await after.read('events', { ...ALL, afterId: head.position })
    expect(fresh.map(({ kind }) => kind)).toEqual(['merchant.created'])
    const [shop] = await after.read('merchants', { ...ALL, afterId: 1_201 })
    expect(shop?.mid).toBe('new')
  })

  test('a copy that breaks off leaves nothing, and can begin anew', async () => {
    const [folder, url] = [await filledFolder(), await freshDatabase()]
    const breaking = copyRecords({
      from: folder,
      to: url,
      ...ports,
      onProgress: ({ table }) => {
        if (table === 'binding') throw new Error('the power went')
      },
    })
    await expect(breaking).rejects.toThrow('the power went')
    const [row] = await queryOnce(url, 'select count(*)::integer as n from merchant')
    expect(row).toEqual({ n: 0 })
    expect(await copyRecords({ from: folder, to: url, ...ports })).toMatchObject({ ok: true })
  })

  // Three processes start in it, which takes its time beside other work.
  test('tillgate migrate prints what it copied', { timeout: 120_000 }, async () => {
    const [folder, url] = [await filledFolder(), await freshDatabase()]
    const args = [bin, 'migrate', '--from', folder, '--to', url]
    const { stdout } = await promisify(execFile)(process.execPath, [...args, '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ ok: true })
    const again = promisify(execFile)(process.execPath, args)
    await expect(again).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('holds records already'),
    })
    const { stdout: list } = await promisify(execFile)(process.execPath, [
      ...[bin, 'partitions', 'list', '--database-url', url],
    ])
    expect(list).toContain('command_at_hand')
  })
}

const refusing = (): void => {
  test('a folder that is in use is refused, and so is one without records', async () => {
    const [folder, url] = [tempFolder('records'), await freshDatabase()]
    const to = { to: url, ...ports }
    await expect(copyRecords({ from: folder, ...to })).rejects.toMatchObject({ code: 'UNUSABLE' })
    const records = await openFolder(folder)
    onTestFinished(() => records.close())
    await expect(copyRecords({ from: folder, ...to })).rejects.toMatchObject({ code: 'LOCKED' })
  })

  test('a database that holds records is refused, and keeps them', async () => {
    const [folder, url] = [await filledFolder(), await freshDatabase()]
    const records = await openDatabase(url)
    await records.submit('create-merchant', merchant('mine'))
    const copy = copyRecords({ from: folder, to: url, ...ports })
    await expect(copy).rejects.toMatchObject({ code: 'NOT_EMPTY' })
    expect(await records.read('merchants', ALL)).toHaveLength(1)
  })
}

withPostgres('from SQLite to PostgreSQL', () => {
  copying()
  refusing()
})
