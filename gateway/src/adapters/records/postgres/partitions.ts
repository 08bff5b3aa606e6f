/**
 * The partitions of the ledger and of the ended commands, for a person who looks after them. One is
 * detached only on an order, only once its month is over, and only when every reader of the ledger has
 * passed what it holds. Detached it is a table of its own in the same database, to be dumped and dropped;
 * Tillgate does neither. Bindings, proofs and certificates have no partitions.
 */
import type { Clock, Timers } from '../../../core/ports/system.js'
import { outletReaders } from '../../../core/loops/checkpoint-outlet.js'
import { sealingReader } from '../../../core/loops/sealing.js'
import { connect, checkServer, placeOf } from './connect.js'
import { lockKinds } from './locks.js'
import { monthOfNumber } from './months.js'
import { refusalOf } from './pg-error.js'
import type { Session } from './session.js'

export interface Partition {
  readonly name: string
  readonly of: 'event' | 'command'
  /** Rows, as far as the server has counted. */
  readonly rows: number
  readonly bytes: number
  /** Why it can't be detached now, in plain words; absent where it can. */
  readonly refused?: string
}

export type Detached = { readonly ok: true } | { readonly ok: false; readonly reason: string }

export interface Partitions {
  list(): Promise<readonly Partition[]>
  detach(name: string): Promise<Detached>
  close(): Promise<void>
}

export interface PartitionsOptions {
  readonly url: string
  readonly clock: Clock
  readonly timers: Timers
}

interface Reader {
  readonly reader: string
  readonly position: number
}

const monthNumber = (name: string): number | undefined => {
  const found = /^(?:event|command)_(\d{4})_(\d{2})$/.exec(name)
  return found === null ? undefined : Number(`${found[1] ?? ''}${found[2] ?? ''}`)
}

/** Who keeps a place in the ledger, sealing among them: what is not sealed stays, whether or not it ever ran. */
const readers = `
  select reader, position from cursor where reader not like '${outletReaders}%' union all
  select '${sealingReader}', coalesce((select position from audit_tree), 0)`

class OpenPartitions implements Partitions {
  readonly #session: Session
  readonly #clock: Clock

  constructor(session: Session, clock: Clock) {
    this.#session = session
    this.#clock = clock
  }

  async list(): Promise<readonly Partition[]> {
    const rows = await this.#session.rowsOf(
      `select c.relname, p.relname, greatest(c.reltuples, 0)::bigint, pg_total_relation_size(c.oid)
       from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
       where p.oid in ('event'::regclass, 'command'::regclass) order by p.relname desc, c.relname`,
    )
    const list: Partition[] = []
    for (const [name, of, count, bytes] of rows) {
      const found = { name, of, rows: count, bytes } as Partition
      const refused = await this.#obstacle(found)
      list.push(refused === undefined ? found : { ...found, refused })
    }
    return list
  }

  async detach(name: string): Promise<Detached> {
    const session = this.#session
    await session.run(`begin; select pg_advisory_xact_lock(${String(lockKinds.upkeep)}, 0)`)
    try {
      const found = (await this.list()).find((partition) => partition.name === name)
      const refused = found === undefined ? `there is no partition ${name}` : found.refused
      if (found === undefined || refused !== undefined) {
        await session.run('rollback')
        return { ok: false, reason: refused ?? 'it is not there' }
      }
      await session.run(`alter table ${found.of} detach partition ${found.name}; commit`)
      return { ok: true }
    } catch (error) {
      await session.run('rollback').catch(() => undefined)
      throw error
    }
  }

  close(): Promise<void> {
    return this.#session.end()
  }

  async #obstacle({ name, of }: Partition): Promise<string | undefined> {
    const number = monthNumber(name)
    if (number === undefined) return 'it is always in use'
    if (monthOfNumber(number).endsAtMs > this.#clock.now()) return 'its month is not over'
    const behind =
      of === 'event' ? await this.#behindEvents(name) : await this.#behindCommands(name)
    return behind === undefined
      ? undefined
      : `the reader ${behind.reader} has not passed it: it stands at ${String(behind.position)}`
  }

  /** A reader that has not passed the last of these events. */
  #behindEvents(table: string): Promise<Reader | undefined> {
    return this.#first(
      `select reader, position from (${readers}) r where position < (select max(id) from ${table}) limit 1`,
    )
  }

  /** A reader that has still to read an event about one of these commands. */
  #behindCommands(table: string): Promise<Reader | undefined> {
    return this.#first(
      `select reader, position from (${readers}) r where exists (
         select from event e join ${table} c on c.id = e.command_id where e.id > r.position) limit 1`,
    )
  }

  async #first(text: string): Promise<Reader | undefined> {
    const [row] = await this.#session.rowsOf(text)
    return row === undefined ? undefined : ({ reader: row[0], position: row[1] } as Reader)
  }
}

/** Throws RecordsRefused where the database can't be used. */
export const openPartitions = async ({
  url,
  clock,
  timers,
}: PartitionsOptions): Promise<Partitions> => {
  const where = placeOf(url)
  try {
    const session = await connect({ url, timers, nodeName: 'partitions' }, 'upkeep')
    await checkServer(session, where)
    return new OpenPartitions(session, clock)
  } catch (error) {
    throw refusalOf(error, where)
  }
}
