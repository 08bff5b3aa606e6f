// kill -9 of the server in the middle of groups: what was answered is there, once, and the node goes on
// by itself when the server is back.
import { expect, test } from 'vitest'
import { ownCluster, pause, waitFor, withPostgres } from '../../ground/index.js'
import { createdLines, databaseOn, midsOf, openOn, startLoad, works } from './node-on.js'

const killing = (): void => {
  test('nothing answered is lost and nothing is doubled', { timeout: 120_000 }, async () => {
    const cluster = await ownCluster()
    const url = await databaseOn(cluster)
    const records = await openOn(url)
    const load = startLoad(records, 40)
    for (const afterMs of [300, 150, 500]) {
      const before = load.answered.size
      await waitFor(() => load.answered.size > before, { what: 'an answer', timeoutMs: 40_000 })
      await pause(afterMs)
      await cluster.kill()
      await waitFor(() => !records.health().ok, { what: 'the node to notice' })
      expect(records.health().reason).toMatch(/PostgreSQL/)
      await cluster.start()
      await works(records)
    }
    await load.stop()
    const mids = await midsOf(url)
    expect(new Set(mids).size).toBe(mids.length)
    expect(new Set(mids)).toEqual(load.answered)
    expect(await createdLines(url)).toBe(mids.length)
    expect(mids.length).toBeGreaterThan(100)
  })
}

withPostgres('a PostgreSQL server is killed', killing, true)
