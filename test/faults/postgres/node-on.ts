/** Nodes on a server that something befalls, and the load that they carry meanwhile. */
import {
  openPostgresRecords,
  RecordsUnavailable,
  systemClock,
  systemTimers,
  type InputOf,
  type Records,
} from '@tillgate/gateway'
import { onTestFinished } from 'vitest'
import { hash, merchant } from '../../contract/records/inputs.js'
import { quietLog } from '../../contract/records/quiet.js'
import { pause, queryOnce, waitFor, type Cluster } from '../../ground/index.js'

export const databaseOn = async (cluster: Cluster): Promise<string> => {
  await queryOnce(cluster.url('postgres'), 'create database tillgate')
  return cluster.url('tillgate')
}

export const openOn = async (url: string, lines: string[] = []): Promise<Records> => {
  const log = quietLog(lines)
  const records = await openPostgresRecords({
    url,
    clock: systemClock,
    timers: systemTimers,
    log,
  })
  onTestFinished(() => records.close())
  return records
}

export const works = (records: Records): Promise<unknown> =>
  waitFor(() => records.health().ok, { what: 'the records to work again', timeoutMs: 40_000 })

/** Submitted again, as it is, until it is answered: what a caller does that was told nothing. */
const insist = async (records: Records, input: InputOf<'create-merchant'>): Promise<void> => {
  for (;;) {
    try {
      await records.submit('create-merchant', input)
      return
    } catch (error) {
      if (!(error instanceof RecordsUnavailable)) throw error
      await pause(20)
    }
  }
}

export interface Load {
  /** MIDs whose making was answered. */
  readonly answered: ReadonlySet<string>
  /** Resolves when every loop has had its last answer. */
  stop(): Promise<void>
}

let keys = 0

/** Loops that make merchants, each under a key of its own. */
export const startLoad = (records: Records, loops: number): Load => {
  const answered = new Set<string>()
  let open = true
  const loop = async (number: number): Promise<void> => {
    for (let n = 0; open; n += 1) {
      const mid = `${String(number)}-${String(n)}`
      const keyHash = hash(0)
      new DataView(keyHash.buffer).setUint32(0, (keys += 1))
      await insist(records, merchant(mid, { idempotency: { keyHash, requestHash: hash(1) } }))
      answered.add(mid)
    }
  }
  const running = Promise.all(Array.from({ length: loops }, (_, number) => loop(number)))
  running.catch(() => undefined)
  return {
    answered,
    stop: async () => {
      open = false
      await running
    },
  }
}

/** All MIDs, in order; a doubled one would be here twice. */
export const midsOf = async (url: string): Promise<readonly string[]> =>
  (await queryOnce(url, 'select mid from merchant order by id')).map(({ mid }) => String(mid))

/** A line in the ledger for each, no more and no fewer. */
export const createdLines = async (url: string): Promise<number> => {
  const text = `select count(*)::integer as n from event where kind = 'merchant.created'`
  const [row] = await queryOnce(url, text)
  return Number(row?.['n'])
}
