import { execFile } from 'node:child_process'
import { appendFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openPostgresRecords, systemClock, systemIds, systemTimers } from '@tillgate/gateway'
import type { Log } from '@tillgate/gateway'
import { uuidToText } from '@tillgate/protocol'
import { expect, onTestFinished, test } from 'vitest'

import { freshDatabase, requireProgram, tempFolder, withPostgres } from '../ground/index.js'
import type { Said } from './run-tillgate.js'

const patienceMs = 60_000
const quiet = (): void => undefined
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet }

const run = (script: string, ...words: readonly string[]): Promise<Said> =>
  new Promise((resolve) => {
    const file = fileURLToPath(
      new URL(`../../gateway/examples/operations/${script}`, import.meta.url),
    )
    execFile(file, words, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr })
    })
  })

const openOn = async (url: string) => {
  const records = await openPostgresRecords({ url, clock: systemClock, timers: systemTimers, log })
  onTestFinished(() => records.close())
  return records
}

const makeMerchant = async (records: Awaited<ReturnType<typeof openOn>>, number: number) => {
  const uuid = systemIds.next()
  await records.submit('create-merchant', {
    ...{ uuid, publicId: uuidToText(uuid), acquirerCode: '48020000', name: 'Corner Café' },
    ...{ mid: String(number).padStart(15, '0'), actor: 'test', atMs: systemClock.now() },
  })
}

const backedUp = async () => {
  const url = await freshDatabase()
  const records = await openOn(url)
  for (let i = 0; i < 5; i++) await makeMerchant(records, i)
  const folder = join(tempFolder('backup'), 'copy')
  const said = await run('backup-postgres.sh', url, folder)
  expect(said.stderr).toBe('')
  expect(said.code).toBe(0)
  return { url, folder, records }
}

const skipWithoutTools = (skip: (reason: string) => void): void => {
  const missing = ['pg_dump', 'pg_restore', 'psql'].filter((program) => !requireProgram(program))
  if (missing.length > 0) skip(`needs ${missing.join(', ')}, not on this machine`)
}

withPostgres('a dump', () => {
  test(
    'has what was committed before it, while a node runs, and opens elsewhere',
    { timeout: patienceMs },
    async ({ skip }) => {
      skipWithoutTools(skip)
      const { folder, records } = await backedUp()
      await makeMerchant(records, 99)
      const other = await freshDatabase()
      expect(await run('restore-postgres.sh', folder, other)).toMatchObject({ code: 0 })
      const restored = await openOn(other)
      const merchants = await restored.read('merchants', { afterId: 0, limit: 200 })
      expect(merchants.map(({ mid }) => Number(mid))).toEqual([0, 1, 2, 3, 4])
      // The next id is above the restored ones.
      await makeMerchant(restored, 100)
      expect(await restored.read('merchants', { afterId: 0, limit: 200 })).toHaveLength(6)
    },
  )

  test('is not put where there is something', { timeout: patienceMs }, async ({ skip }) => {
    skipWithoutTools(skip)
    const { url, folder, records } = await backedUp()
    const refused = await run('restore-postgres.sh', folder, url)
    expect(refused).toMatchObject({ code: 1 })
    expect(refused.stderr).toContain('the database is not empty')
    expect(await records.read('merchants', { afterId: 0, limit: 200 })).toHaveLength(5)
  })

  test('that was changed is not restored', { timeout: patienceMs }, async ({ skip }) => {
    skipWithoutTools(skip)
    const { folder } = await backedUp()
    appendFileSync(join(folder, 'records.dump'), 'x')
    const other = await freshDatabase()
    const refused = await run('restore-postgres.sh', folder, other)
    expect(refused.code).not.toBe(0)
    expect(
      await openOn(other).then((records) => records.read('merchants', { afterId: 0, limit: 9 })),
    ).toEqual([])
  })

  test(
    'that fails leaves nothing that looks like one',
    { timeout: patienceMs },
    async ({ skip }) => {
      skipWithoutTools(skip)
      const folder = join(tempFolder('backup'), 'copy')
      const url = new URL(await freshDatabase())
      url.pathname = '/nowhere_at_all'
      expect((await run('backup-postgres.sh', url.href, folder)).code).not.toBe(0)
      expect(existsSync(join(folder, 'records.dump'))).toBe(false)
    },
  )
})
