import { copyFileSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { closeSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { ask, launch, readyOf, type Ready } from '../api/start-tillgate.js'
import { tempFolder } from '../ground/index.js'
import { runTillgate, type Said } from './run-tillgate.js'

const patienceMs = 60_000

const backupOf = async (data: string, to: string): Promise<Said> =>
  runTillgate(['backup', to], { TILLGATE_DATA: data })
const restoreTo = async (data: string, from: string): Promise<Said> =>
  runTillgate(['restore', from], { TILLGATE_DATA: data })

const merchant = (number: number) => ({
  ...{ acquirerCode: '48020000', mid: String(number).padStart(15, '0'), name: `Shop ${number}` },
})

const makeMerchant = async (ready: Ready, token: string, number: number): Promise<void> => {
  const made = await ask(ready, '/v1/merchants', { token, body: merchant(number) })
  expect(made.status).toBe(201)
}

const midsIn = async (ready: Ready, token: string): Promise<ReadonlySet<string>> => {
  const mids = new Set<string>()
  let cursor = ''
  do {
    const { text } = await ask(ready, `/v1/merchants?limit=200${cursor}`, { token })
    const page = JSON.parse(text) as { items: { mid: string }[]; nextCursor: string | null }
    for (const { mid } of page.items) mids.add(mid)
    cursor = page.nextCursor === null ? '' : `&cursor=${encodeURIComponent(page.nextCursor)}`
  } while (cursor !== '')
  return mids
}

/** A folder that Tillgate has been run on. */
const usedFolder = async (merchants = 3) => {
  const data = join(tempFolder('backup'), 'data')
  const child = launch({ TILLGATE_DATA: data })
  const ready = await readyOf(child)
  const token = ready.adminToken!
  for (let i = 0; i < merchants; i++) await makeMerchant(ready, token, i)
  child.process.kill('SIGTERM')
  await child.ended
  return { data, token }
}

test(
  'a backup taken under load has all that was answered before it, and starts elsewhere',
  async () => {
    const folder = tempFolder('backup')
    const [data, copy, other] = [join(folder, 'data'), join(folder, 'copy'), join(folder, 'other')]
    const child = launch({ TILLGATE_DATA: data })
    const ready = await readyOf(child)
    const token = ready.adminToken!
    let number = 0
    let ended = false
    const writing = (async () => {
      while (!ended) await makeMerchant(ready, token, number++)
    })()
    while (number < 20) await new Promise((later) => setTimeout(later, 5))
    const before = number
    const said = await backupOf(data, copy)
    const after = number
    ended = true
    await writing
    expect(said).toMatchObject({ code: 0, stderr: '' })
    expect(said.stdout).toContain('Not in it: the sealing key')
    expect(after).toBeGreaterThan(before)
    expect(readdirSync(copy).sort()).toEqual(['backup.json', 'records.sqlite'])

    mkdirSync(other)
    copyFileSync(join(data, 'sealing.key'), join(other, 'sealing.key'))
    const restored = await restoreTo(other, copy)
    expect(restored).toMatchObject({ code: 0, stderr: '' })
    expect(restored.stdout).toContain('SEQ_AHEAD')
    const again = await readyOf(launch({ TILLGATE_DATA: other }))
    expect(again.adminToken).toBeUndefined()
    const mids = await midsIn(again, token)
    for (let i = 0; i < before - 1; i++) expect(mids).toContain(merchant(i).mid)
    expect(mids.size).toBeLessThanOrEqual(after + 1)
    expect((await ask(ready, '/readyz')).status).toBe(200)
  },
  patienceMs,
)

test(
  'a restore refuses a folder in use, and one that has records',
  async () => {
    const { data } = await usedFolder()
    const copy = join(tempFolder('backup'), 'copy')
    expect((await backupOf(data, copy)).code).toBe(0)
    const refused = await restoreTo(data, copy)
    expect(refused.code).toBe(1)
    expect(refused.stderr).toMatch(
      /^tillgate: .*records\.sqlite is there\. Move the old records away/,
    )
    await readyOf(launch({ TILLGATE_DATA: data }))
    const inUse = await restoreTo(data, copy)
    expect(inUse.code).toBe(1)
    expect(inUse.stderr).toMatch(/^tillgate: .* is in use by another process/)
  },
  patienceMs,
)

const spoil: readonly [string, (copy: string) => void][] = [
  [
    'a byte of it is another',
    (copy) => {
      const file = join(copy, 'records.sqlite')
      const handle = openSync(file, 'r+')
      const at = readFileSync(file).length - 100
      writeSync(handle, Buffer.from([readFileSync(file)[at]! ^ 0x01]), 0, 1, at)
      closeSync(handle)
    },
  ],
  ['it is cut', (copy) => truncateSync(join(copy, 'records.sqlite'), 8_192)],
  ['its note is gone', (copy) => rmSync(join(copy, 'backup.json'))],
  [
    'its note is of another program',
    (copy) => writeFileSync(join(copy, 'backup.json'), '{"format":2}'),
  ],
]

test.each(spoil)(
  'a backup is not restored where %s',
  { timeout: patienceMs },
  async (_what, change) => {
    const { data } = await usedFolder(1)
    const copy = join(tempFolder('backup'), 'copy')
    expect((await backupOf(data, copy)).code).toBe(0)
    change(copy)
    const other = join(tempFolder('backup'), 'other')
    const refused = await restoreTo(other, copy)
    expect(refused.code).toBe(1)
    expect(refused.stderr.trim().split('\n')).toHaveLength(1)
    expect(readdirOf(other)).not.toContain('records.sqlite')
  },
)

const readdirOf = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

test(
  'a backup refuses a folder that is not new, and one that is no data folder',
  async () => {
    const full = tempFolder('backup')
    writeFileSync(join(full, 'something'), '')
    const { data } = await usedFolder(0)
    expect((await backupOf(data, full)).stderr).toMatch(
      /is not empty\. A backup goes into a new folder/,
    )
    const nowhere = await backupOf(join(full, 'nowhere'), join(full, 'copy'))
    expect(nowhere.stderr).toMatch(/is not there: name the data folder/)
    expect(nowhere.code).toBe(1)
  },
  patienceMs,
)
