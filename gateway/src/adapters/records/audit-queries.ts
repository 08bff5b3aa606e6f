/** The tree that seals the ledger, and the lines that it has still to take. */
import { sql, type RawBuilder } from 'kysely'
import type { UnsealedEvents } from '../../core/queries/queries.js'
import type {
  AuditCheckpointRow,
  AuditHoleRow,
  AuditTileRow,
  AuditTreeRow,
} from '../../core/records/tables.js'
import {
  asRows,
  builder,
  firstRow,
  limitParam,
  param,
  rowOf,
  type Dialect,
  type QueryTable,
} from './query.js'

type AuditQueryName =
  | 'unsealed-events'
  | 'writer-ends'
  | 'audit-tree'
  | 'audit-tiles'
  | 'audit-tile-of-event'
  | 'audit-holes'
  | 'audit-checkpoint'

type Text = RawBuilder<unknown>

const orNull = (value: Text, text: Text): Text =>
  sql`case when ${value} is null then 'null' else ${text} end`

const inQuotes = (text: Text): Text => sql`concat('"', ${text}, '"')`

/** Canonical JSON, member by member in their order. `data` is canonical since it was written. */
const lineOf = ({ jsonText, hexText, sha256Text }: Dialect): Text => {
  const idOf = (uuid: Text): Text => orNull(uuid, inQuotes(hexText(uuid)))
  const evidence = sql`event.evidence`
  const sn = sql`terminal.sn`
  return sql`concat(
    '{"actor":', ${jsonText(sql`event.actor`)},
    ',"atMs":', event.at_ms,
    ',"bindingId":', ${idOf(sql`binding.uuid`)},
    ',"caseId":', ${idOf(sql`unbind_case.uuid`)},
    ',"commandId":', ${idOf(sql`ordered.uuid`)},
    ',"data":', event.data,
    ',"evidenceSha256":', ${orNull(evidence, inQuotes(sha256Text(evidence)))},
    ',"id":', event.id,
    ',"kind":', ${jsonText(sql`event.kind`)},
    ',"sn":', ${orNull(sn, jsonText(sn))},
    '}')`
}

interface PageOfLines {
  readonly ids: string | null
  readonly writers: string | null
  readonly numbers: string | null
  readonly lines: string | null
}

const listOf = (text: string | null): readonly (number | null)[] | undefined =>
  text === null ? undefined : (JSON.parse(text) as readonly (number | null)[])

const newline = '\n'

const bytesOf = (text: string): Uint8Array => {
  // Not out of Node's pool: it goes from thread to thread as it is.
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text))
  bytes.write(text)
  return bytes
}

const pageOf = (row: PageOfLines | undefined): UnsealedEvents => ({
  ids: (listOf(row?.ids ?? null) ?? []) as readonly number[],
  writers: listOf(row?.writers ?? null),
  numbers: listOf(row?.numbers ?? null),
  lines: bytesOf(`${newline}${row?.lines ?? ''}${newline}`),
})

export const auditQueries: Pick<QueryTable, AuditQueryName> = {
  'unsealed-events': {
    isPlain: true,
    build: (dialect) => {
      const numbers = dialect.lineNumbers ?? { writer: sql`null`, number: sql`null` }
      const lines = builder
        .selectFrom('event')
        .leftJoin('terminal', 'terminal.id', 'event.terminal_id')
        .leftJoin(`${dialect.commandIds} as ordered`, 'ordered.id', 'event.command_id')
        .leftJoin('binding', 'binding.id', 'event.binding_id')
        .leftJoin('unbind_case', 'unbind_case.id', 'event.case_id')
        .select([
          'event.id as id',
          numbers.writer.as('writer'),
          numbers.number.as('number'),
          lineOf(dialect).as('line'),
        ])
        .where(dialect.isSettled)
        .where('event.id', '>', param<number>('afterId'))
        .orderBy('event.id')
        .limit(limitParam())
        .as('next')
      const { jsonList } = dialect
      const listed = (value: Text): Text =>
        dialect.lineNumbers === undefined ? sql`null` : jsonList(value)
      return builder
        .selectFrom(lines)
        .select([
          jsonList(sql`next.id`).as('ids'),
          listed(sql`next.writer`).as('writers'),
          listed(sql`next.number`).as('numbers'),
          dialect.lines(sql`next.line`).as('lines'),
        ])
    },
    answer: (rows) => pageOf(firstRow<PageOfLines>(rows)),
  },
  'writer-ends': {
    build: (dialect) => dialect.writerEnds,
    answer: (rows) => asRows<{ readonly writer: number; readonly written: number }>(rows),
  },
  'audit-tree': {
    build: () => builder.selectFrom('audit_tree').select(rowOf('auditTree')).where('id', '=', 1),
    answer: (rows) => firstRow<AuditTreeRow>(rows),
  },
  'audit-tiles': {
    build: (dialect) =>
      builder
        .selectFrom('audit_tile')
        .select(rowOf('auditTile'))
        .where('id', 'in', dialect.listParam('ids')),
    answer: (rows) => asRows<AuditTileRow>(rows),
  },
  'audit-tile-of-event': {
    build: () =>
      builder
        .selectFrom('audit_tile')
        .select(rowOf('auditTile'))
        .where('first_event', '<=', param<number>('eventId'))
        .orderBy('first_event', 'desc')
        .orderBy('id', 'desc')
        .limit(1),
    answer: (rows) => firstRow<AuditTileRow>(rows),
  },
  'audit-holes': {
    build: () =>
      builder
        .selectFrom('audit_hole')
        .select(rowOf('auditHole'))
        .where('id', '>', param<number>('afterId'))
        .orderBy('id')
        .limit(limitParam()),
    answer: (rows) => asRows<AuditHoleRow>(rows),
  },
  'audit-checkpoint': {
    build: () =>
      builder
        .selectFrom('audit_checkpoint')
        .select(rowOf('auditCheckpoint'))
        .where('id', '>', 0)
        .orderBy('id', 'desc')
        .limit(1),
    answer: (rows) => firstRow<AuditCheckpointRow>(rows),
  },
}
