/**
 * Where the ids of events begin. They are made from the server's transaction ids, which begin anew when a
 * dump is restored into another server: then the offset is set so that the next id is above all there are.
 */
import type { Log } from '../../../core/ports/log.js'
import type { Session } from './session.js'
import { eventsStride } from './write-statements.js'

const stride = String(eventsStride)

/** The id of the next transaction is not used up by asking for it. */
const isBehind = `
  select coalesce((select max(id) from event), 0) >=
    (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + xid_offset) * ${stride} from event_origin`

/** Before anything is written by this node, at each connection. */
export const holdOrigin = async (session: Session, log: Log, where: string): Promise<void> => {
  const [row] = await session.rowsOf(isBehind)
  if (row?.[0] !== 't') return
  await session.run(`begin;
    lock table event, event_origin in share row exclusive mode;
    update event_origin set xid_offset =
      (select max(id) / ${stride} + 1 from event) - pg_current_xact_id()::text::bigint + 1
      where (${isBehind});
    commit`)
  log.warn('events had ids above those to come: the database was restored; they go on above them', {
    where,
  })
}
