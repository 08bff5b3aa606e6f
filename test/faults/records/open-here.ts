/** Opens the records of a folder in this process, for looking at what others left there. */
import { openSqliteRecords, systemClock, systemTimers, type Records } from '@tillgate/gateway'

const silent = (): void => undefined

export const openHere = (folder: string): Promise<Records> =>
  openSqliteRecords({
    folder,
    clock: systemClock,
    timers: systemTimers,
    log: { debug: silent, info: silent, warn: silent, error: silent },
  })

/** The MIDs of all merchants in the folder, read page by page. */
export const midsIn = async (folder: string): Promise<Set<string>> => {
  const records = await openHere(folder)
  const mids = new Set<string>()
  let afterId = 0
  for (;;) {
    const page = await records.read('merchants', { afterId, limit: 1_000 })
    for (const row of page) mids.add(row.mid)
    const last = page.at(-1)
    if (last === undefined) break
    afterId = last.id
  }
  await records.close()
  return mids
}
