import { appendFileSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tempFolder, waitFor } from '../../../test/ground/index.js'
import type { FlashChange } from './contents.js'
import { openFileFlash } from './file-flash.js'
import type { Flash } from './flash.js'
import { readFlash } from './read-flash.js'

/** Open files of this process; where the system does not tell, none. */
const descriptors = (): number =>
  existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0

const path = (): string => join(tempFolder('flash'), 'sn', 'flash.log')
const sequence = (value: number): FlashChange => ({ cell: 'sequence', value })
const log = (id: string, text: string): FlashChange => ({
  area: 'log',
  id,
  value: { order: 1, text },
})
const synced = (flash: Flash): Promise<void> =>
  new Promise((resolve, reject) => flash.sync((error) => (error ? reject(error) : resolve())))
const scrubbed = (flash: Flash): Promise<void> =>
  new Promise((resolve, reject) => flash.scrub((error) => (error ? reject(error) : resolve())))

describe('a flash file', () => {
  test('gives back cells, records and bytes as they were written', async () => {
    const file = path()
    const flash = openFileFlash(file)
    const secret = Uint8Array.of(0, 255, 7)
    flash.write([{ cell: 'sealKey', value: secret }, sequence(7), log('a', '中文')])
    await synced(flash)
    flash.write([{ area: 'log', id: 'a', value: undefined }, log('b', 'two')])
    await flash.close()
    const image = openFileFlash(file).read()
    expect(image.cells.sealKey).toEqual(secret)
    expect(image.cells.sequence).toBe(7)
    expect([...image.areas.log.keys()]).toEqual(['b'])
  })

  test('has everything synced on the disk before it says so', async () => {
    const file = path()
    const flash = openFileFlash(file)
    for (let value = 1; value <= 5; value++) {
      flash.write([sequence(value)])
      await synced(flash)
      expect(readFlash(file).cells.sequence).toBe(value)
    }
    await flash.close()
  })

  test('rests without a descriptor where thousands lie side by side, and keeps its word all the same', async () => {
    const before = descriptors()
    const files = Array.from({ length: 20 }, () => path())
    const flashes = files.map((file) => openFileFlash(file, { staysOpen: false }))
    for (const value of [1, 2, 3]) {
      for (const flash of flashes) flash.write([sequence(value)])
      await Promise.all(flashes.map(value === 2 ? scrubbed : synced))
      expect(files.map((file) => readFlash(file).cells.sequence)).toEqual(files.map(() => value))
    }
    await waitFor(() => descriptors() <= before, { what: 'closed files' })
    await Promise.all(flashes.map((flash) => flash.close()))
  })

  test('loses at a power loss what was not synced, and nothing else', async () => {
    const file = path()
    const flash = openFileFlash(file)
    flash.write([sequence(1)])
    await synced(flash)
    flash.write([sequence(2)])
    expect(flash.read().cells.sequence).toBe(2)
    flash.powerLoss()
    expect(flash.read().cells.sequence).toBe(1)
    await flash.close()
    expect(readFlash(file).cells.sequence).toBe(1)
  })

  test('cuts a tail that was torn at any byte, and goes on', async () => {
    const file = path()
    const flash = openFileFlash(file)
    flash.write([sequence(1)])
    await synced(flash)
    const good = statSync(file).size
    flash.write([sequence(2)])
    await flash.close()
    const whole = readFileSync(file)
    for (let size = good; size < whole.length; size++) {
      writeFileSync(file, whole.subarray(0, size))
      const again = openFileFlash(file)
      expect(again.read().cells.sequence).toBe(1)
      again.write([sequence(3)])
      await again.close()
      expect(readFlash(file).cells.sequence).toBe(3)
    }
  })

  test('cuts a last frame whose content is wrong', async () => {
    const file = path()
    const flash = openFileFlash(file)
    flash.write([sequence(1)])
    await synced(flash)
    flash.write([sequence(2)])
    await flash.close()
    const whole = readFileSync(file)
    whole.writeUInt8(whole.readUInt8(whole.length - 1) ^ 1, whole.length - 1)
    writeFileSync(file, whole)
    expect(openFileFlash(file).read().cells.sequence).toBe(1)
  })

  test('refuses to open when damage lies before what had been synced later', async () => {
    const file = path()
    const flash = openFileFlash(file)
    flash.write([sequence(1)])
    await synced(flash)
    const first = statSync(file).size
    flash.write([sequence(2)])
    await flash.close()
    const whole = readFileSync(file)
    whole.writeUInt8(whole.readUInt8(first - 1) ^ 1, first - 1)
    writeFileSync(file, whole)
    expect(() => openFileFlash(file)).toThrow('damaged')
    writeFileSync(file, 'something else entirely')
    expect(() => openFileFlash(file)).toThrow('not a flash file')
  })

  test('starts anew when not even its header was finished', () => {
    const file = path()
    openFileFlash(file)
    appendFileSync(file, 'TILLG')
    expect(openFileFlash(file).read().cells).toEqual({})
    truncateSync(file, 0)
    expect(openFileFlash(file).read().cells).toEqual({})
  })

  test('keeps nothing readable of what was erased before a scrub', async () => {
    const file = path()
    const flash = openFileFlash(file)
    flash.write([log('a', 'the merchant called'), sequence(4)])
    await synced(flash)
    flash.write([{ clear: 'log' }])
    await synced(flash)
    expect(readFileSync(file, 'utf8')).toContain('the merchant called')
    await scrubbed(flash)
    expect(readFileSync(file, 'utf8')).not.toContain('the merchant called')
    flash.write([sequence(5)])
    await flash.close()
    expect(readFlash(file).cells.sequence).toBe(5)
  })

  test('does not grow without bound', async () => {
    const file = path()
    const flash = openFileFlash(file)
    const text = 'x'.repeat(8000)
    for (let i = 0; i < 120; i++) {
      flash.write([log('only', text), sequence(i + 1)])
      await synced(flash)
    }
    expect(statSync(file).size).toBeLessThan(400 * 1024)
    await flash.close()
    expect(readFlash(file).cells.sequence).toBe(120)
  })

  test('answers every sync after a failure with that failure, and writes no more', async () => {
    const file = path()
    const flash = openFileFlash(file)
    flash.write([log('big', 'x'.repeat(5 * 1024 * 1024))])
    await expect(synced(flash)).rejects.toThrow('limit')
    flash.write([sequence(1)])
    await expect(synced(flash)).rejects.toThrow('limit')
    await flash.close()
    expect(readFlash(file).cells.sequence).toBeUndefined()
  })
})
