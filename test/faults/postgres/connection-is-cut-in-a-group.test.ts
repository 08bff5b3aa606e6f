// The server ends connections of a node while it works: groups break off, reads break off, and nothing of
// it is answered wrongly.
import { expect, test } from 'vitest'
import { ownCluster, pause, queryOnce, waitFor, withPostgres } from '../../ground/index.js'
import { createdLines, databaseOn, midsOf, openOn, startLoad, works } from './node-on.js'

const cutAll = (url: string, role: string): Promise<unknown> =>
  queryOnce(
    url,
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name like 'tillgate % ' || $1`,
    [role],
  )

const cutting = (): void => {
  test(
    'a group that breaks off is answered as unknown, and may be repeated',
    { timeout: 60_000 },
    async () => {
      const url = await databaseOn(await ownCluster())
      const lines: string[] = []
      const records = await openOn(url, lines)
      const load = startLoad(records, 40)
      for (let cut = 0; cut < 5; cut += 1) {
        const before = load.answered.size
        await waitFor(() => load.answered.size > before, { what: 'an answer' })
        await pause(cut * 7)
        await cutAll(url, 'writer')
        await waitFor(() => lines.filter((line) => line === 'records unavailable').length > cut, {
          what: 'the node to notice',
        })
        await works(records)
      }
      await load.stop()
      const mids = await midsOf(url)
      expect(new Set(mids)).toEqual(load.answered)
      expect(new Set(mids).size).toBe(mids.length)
      expect(await createdLines(url)).toBe(mids.length)
    },
  )

  test('reads go on when their connections come back', { timeout: 60_000 }, async () => {
    const url = await databaseOn(await ownCluster())
    const records = await openOn(url)
    await cutAll(url, 'reader')
    await waitFor(() => !records.health().ok, { what: 'the node to notice' })
    await expect(records.read('terminals', { afterId: 0, limit: 1 })).rejects.toMatchObject({
      code: 'RECORDS_UNAVAILABLE',
    })
    await works(records)
    expect(await records.read('terminals', { afterId: 0, limit: 1 })).toEqual([])
  })

  test('a server that has become read-only is waited for', { timeout: 60_000 }, async () => {
    const cluster = await ownCluster()
    const url = await databaseOn(cluster)
    const records = await openOn(url)
    const load = startLoad(records, 5)
    await waitFor(() => load.answered.size > 0, { what: 'an answer' })
    const setting = 'alter database tillgate set default_transaction_read_only'
    await queryOnce(cluster.url('postgres'), `${setting} = on`)
    await cutAll(url, '')
    await cutAll(url, 'writer')
    await waitFor(() => /read-only/.test(records.health().reason ?? ''), {
      what: 'the node to say that the server is read-only',
    })
    await queryOnce(cluster.url('postgres'), `${setting} = off`)
    await works(records)
    await load.stop()
    expect(new Set(await midsOf(url))).toEqual(load.answered)
  })
}

withPostgres('connections to PostgreSQL are cut', cutting, true)
