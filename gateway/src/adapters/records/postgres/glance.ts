/** A look at the records of a database, as one reader among others. Throws RecordsRefused. */
import type { Timers } from '../../../core/ports/system.js'
import { sealedSince, type RecordsGlance } from '../glance.js'
import { QueryShapes } from '../query-shapes.js'
import { refuseUnknown } from '../migration.js'
import { checkServer, connect, placeOf } from './connect.js'
import { appliedOf } from './migrate.js'
import { migrations } from './migrations/catalogue.js'
import { refusalOf } from './pg-error.js'
import { postgresDialect } from './postgres-dialect.js'
import type { Session } from './session.js'

const vaultText = `select name, kind, public_part as "publicPart", sealed_part as "sealedPart",
  created_at_ms as "createdAtMs" from vault where retired_at_ms is null order by id`
const nowText = `select (extract(epoch from clock_timestamp()) * 1000)::bigint as "nowMs"`

const noFsync =
  'fsync is off in the server: what it has confirmed is lost when its machine crashes. Set fsync = on'

const sealedIn = async (session: Session): Promise<RecordsGlance['sealed']> => {
  const { text } = new QueryShapes(postgresDialect).of('sealed-kids', {})
  const rows = await session.objects({ name: 'glance-sealed', text, values: [] })
  return rows as unknown as RecordsGlance['sealed']
}

const look = async (session: Session, where: string): Promise<RecordsGlance> => {
  const { fsync } = await checkServer(session, where)
  const applied = (await appliedOf(session, where)) ?? []
  refuseUnknown(applied, migrations, where)
  const vault =
    applied.length === 0
      ? []
      : await session.objects({ name: 'glance-vault', text: vaultText, values: [] })
  const [time] = await session.objects({ name: 'glance-now', text: nowText, values: [] })
  return {
    pending: migrations.slice(applied.length).map(({ name }) => name),
    vault: vault as unknown as RecordsGlance['vault'],
    sealed: applied.some(({ name }) => name === sealedSince) ? await sealedIn(session) : [],
    serverNowMs: Number(time?.['nowMs']),
    warnings: fsync ? [] : [noFsync],
  }
}

export const glanceAtDatabase = async (url: string, timers: Timers): Promise<RecordsGlance> => {
  const where = placeOf(url)
  try {
    const session = await connect({ url, timers, nodeName: 'doctor' }, 'reader')
    try {
      return await look(session, where)
    } finally {
      await session.end()
    }
  } catch (error) {
    throw refusalOf(error, where)
  }
}
