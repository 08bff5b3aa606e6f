// Data folders that are not opened: each with the code that says why, and left as they were.
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { RecordsRefused } from '@tillgate/gateway'
import { describe, expect, test } from 'vitest'
import { merchant } from '../../contract/records/inputs.js'
import { tempFolder } from '../../ground/index.js'
import { startChild } from './child.js'
import { midsIn, openHere } from './open-here.js'

const PAGE = 4_096

const fileOf = (folder: string): string => join(folder, 'records.sqlite')

/** A folder with some merchants, closed. */
const filled = async (): Promise<string> => {
  const folder = tempFolder('refused')
  const records = await openHere(folder)
  const mids = Array.from({ length: 200 }, (_, n) => `M${String(n)}`)
  await Promise.all(mids.map((mid) => records.submit('create-merchant', merchant(mid))))
  await records.close()
  return folder
}

const refusal = async (folder: string): Promise<RecordsRefused> => {
  try {
    await (await openHere(folder)).close()
  } catch (error) {
    if (error instanceof RecordsRefused) return error
    throw error
  }
  return expect.fail('it was opened')
}

const overwrite = (file: string, at: number, bytes: Uint8Array): void => {
  const content = readFileSync(file)
  content.set(bytes, at)
  writeFileSync(file, content)
}

describe('a folder is refused', () => {
  test('when the schema is newer', async () => {
    const folder = await filled()
    const { DatabaseSync } = await import('@photostructure/sqlite')
    const db = new DatabaseSync(fileOf(folder))
    db.exec("insert into migration values (999, 'of a later release', 'sum', 1)")
    db.close()
    const refused = await refusal(folder)
    expect(refused.code).toBe('NEWER')
    expect(refused.message).toContain('999')
  })

  test('when its pages are damaged, and the file is left as it was', async () => {
    const folder = await filled()
    const { size } = statSync(fileOf(folder))
    for (let at = PAGE; at < size; at += PAGE) {
      overwrite(fileOf(folder), at, new Uint8Array(PAGE / 2).fill(0x5a))
    }
    const before = readFileSync(fileOf(folder))
    expect((await refusal(folder)).code).toBe('CORRUPT')
    expect(readFileSync(fileOf(folder)).equals(before)).toBe(true)
  })

  test('when the file is cut short', async () => {
    const folder = await filled()
    truncateSync(fileOf(folder), 3 * PAGE)
    expect((await refusal(folder)).code).toBe('CORRUPT')
  })

  test('when the file is emptied beside its write-ahead log', async () => {
    const folder = tempFolder('refused')
    const child = startChild(folder)
    await child.heard('an opened folder', (one) => one.opened === true)
    await child.submit('M1')
    await child.kill()
    truncateSync(fileOf(folder), 0)
    expect((await refusal(folder)).code).toBe('CORRUPT')
    expect(statSync(`${fileOf(folder)}-wal`).size).toBeGreaterThan(0)
  })

  test.each([
    ['no database', Buffer.from('a letter, not a database\n'.repeat(500))],
    ['noise', Buffer.alloc(3 * PAGE, 0xa5)],
  ])('when it holds %s', async (_, content) => {
    const folder = tempFolder('refused')
    writeFileSync(fileOf(folder), content)
    expect((await refusal(folder)).code).toBe('FOREIGN')
    expect(readFileSync(fileOf(folder)).equals(content)).toBe(true)
  })

  test('when it holds the database of another program', async () => {
    const folder = tempFolder('refused')
    const { DatabaseSync } = await import('@photostructure/sqlite')
    const db = new DatabaseSync(fileOf(folder))
    db.exec('create table photos (id integer)')
    db.close()
    const before = readFileSync(fileOf(folder))
    expect((await refusal(folder)).code).toBe('FOREIGN')
    expect(readFileSync(fileOf(folder)).equals(before)).toBe(true)
  })

  test('when something stands in the place of the file', async () => {
    const folder = tempFolder('refused')
    mkdirSync(fileOf(folder))
    expect((await refusal(folder)).code).toBe('UNUSABLE')
  })

  test('when the folder is a file', async () => {
    const folder = join(tempFolder('refused'), 'file')
    writeFileSync(folder, '')
    expect((await refusal(folder)).code).toBe('UNUSABLE')
  })
})

describe('one folder has one gateway', () => {
  test('a second process is refused until the first has ended, even by a kill', async () => {
    const folder = tempFolder('shared')
    const child = startChild(folder)
    await child.heard('an opened folder', (one) => one.opened === true)
    await child.submit('M1')
    const refused = await refusal(folder)
    expect(refused.code).toBe('LOCKED')
    expect(refused.message).toContain('another process')
    expect((await child.submit('M2')).ok).toBe(true)
    await child.kill()
    expect(await midsIn(folder)).toEqual(new Set(['M1', 'M2']))
  })

  test('a second opening in one process is refused, and does the first no harm', async () => {
    const folder = tempFolder('shared')
    const records = await openHere(folder)
    expect((await refusal(folder)).code).toBe('LOCKED')
    const child = startChild(folder)
    expect(await child.heard('a refusal', (one) => one.refused !== undefined)).toMatchObject({
      refused: 'LOCKED',
    })
    await child.ended()
    expect(await records.submit('create-merchant', merchant('M1'))).toMatchObject({ ok: true })
    await records.close()
  })
})

test('a copy of a closed folder opens with everything in it', async () => {
  const folder = await filled()
  const copy = tempFolder('copy')
  copyFileSync(fileOf(folder), fileOf(copy))
  expect((await midsIn(copy)).size).toBe(200)
})
