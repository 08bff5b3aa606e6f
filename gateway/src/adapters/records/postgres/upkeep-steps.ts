/**
 * What keeps the partitioned tables as they should be, one short transaction at a time, safe to do beside
 * working nodes and by several at once: partitions of the months to come are made ahead, and commands that
 * ended some time ago leave the partition at hand for that of the month in which they ended.
 */
import { lockKinds } from './locks.js'
import { postgresLimits } from './limits.js'
import { monthOf, monthOfNumber, type Month } from './months.js'
import type { Session } from './session.js'

/** Undone where it throws, so that the session can be used on. */
const inTransaction = async <T>(session: Session, body: () => Promise<T>): Promise<T> => {
  await session.run(`begin; select pg_advisory_xact_lock(${String(lockKinds.upkeep)}, 0)`)
  try {
    const done = await body()
    await session.run('commit')
    return done
  } catch (error) {
    await session.run('rollback').catch(() => undefined)
    throw error
  }
}

const exists = async (session: Session, table: string): Promise<boolean> =>
  (await session.rowsOf('select to_regclass($1) is not null', [table]))[0]?.[0] === 't'

/** Events of this month that came before their partition: they stay where they are. */
const isTaken = async (session: Session, { beginsAtMs, endsAtMs }: Month): Promise<boolean> => {
  const [row] = await session.rowsOf(
    'select exists (select from event_elsewhen where at_ms >= $1 and at_ms < $2)',
    [beginsAtMs, endsAtMs],
  )
  return row?.[0] === 't'
}

/** Attached, not made in place: that would lock out every reader and writer of the whole table. */
export const makeEventMonth = (session: Session, month: Month): Promise<boolean> =>
  inTransaction(session, async () => {
    const table = `event_${month.name}`
    if (await exists(session, table)) return false
    if (await isTaken(session, month)) return false
    const range = `for values from (${String(month.beginsAtMs)}) to (${String(month.endsAtMs)})`
    await session.run(`create table ${table} (like event including all);
      alter table event attach partition ${table} ${range}`)
    return true
  })

const makeCommandMonth = (session: Session, month: Month): Promise<boolean> =>
  inTransaction(session, async () => {
    const table = `command_${month.name}`
    if (await exists(session, table)) return false
    await session.run(`create table ${table} (like command including all);
      alter table command attach partition ${table} for values in (${String(month.number)})`)
    return true
  })

/** This month's partition of events, and those of the next ones. */
export const makeAhead = async (session: Session, nowMs: number): Promise<readonly string[]> => {
  const made: string[] = []
  for (let after = 0; after <= postgresLimits.monthsAhead; after += 1) {
    const month = monthOf(nowMs, after)
    if (await makeEventMonth(session, month)) made.push(`event_${month.name}`)
  }
  return made
}

/** `part` of a command that ended then: the number of the month, of UTC. */
const partOfEnd = `to_char(to_timestamp(final_at_ms / 1000) at time zone 'UTC', 'YYYYMM')::integer`

/** They are final, their outcome is known, and no TID is blocked for them. */
const mayGo = 'part = 0 and open = 0 and tid_may_be_blocked = 0 and final_at_ms < $1'

const monthsToGo = async (session: Session, beforeMs: number): Promise<readonly Month[]> => {
  const rows = await session.rowsOf(
    `select distinct ${partOfEnd} from
       (select final_at_ms from command where ${mayGo} order by final_at_ms limit $2) as next`,
    [beforeMs, postgresLimits.putAwayPerStep],
  )
  return rows.map(([number]) => monthOfNumber(number as number))
}

/** A batch of them; what somebody works on is left for the next time. Answers how many went. */
export const putAway = async (session: Session, nowMs: number): Promise<number> => {
  const beforeMs = nowMs - postgresLimits.atHandMs
  for (const month of await monthsToGo(session, beforeMs)) await makeCommandMonth(session, month)
  const [row] = await session.rowsOf(
    `with next as (
       select id, part, ${partOfEnd} as goes_to from command where ${mayGo}
       order by final_at_ms limit $2 for update skip locked),
     gone as (
       update command c set part = next.goes_to from next where c.part = next.part and c.id = next.id
       returning c.id, next.goes_to),
     known as (
       update command_key k set part = gone.goes_to from gone where k.id = gone.id returning 1)
     select count(*) from known`,
    [beforeMs, postgresLimits.putAwayPerStep],
  )
  return (row?.[0] as number | undefined) ?? 0
}
