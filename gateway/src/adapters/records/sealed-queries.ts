/** Scopes' keys, legal holds, documents, and what lies under which sealing key. */
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { DocumentView, SealedCount, SealedRow } from '../../core/queries/queries.js'
import { sealedColumnNames, sealedColumns } from '../../core/records/sealed-columns.js'
import type {
  DocumentPartRow,
  DocumentRow,
  LegalHoldRow,
  ScopeKeyRow,
} from '../../core/records/tables.js'
import { asRows, builder, firstRow, limitParam, param, rowOf, type QueryTable } from './query.js'
import { snakeCase } from './sql-names.js'

type SealedQueryName =
  | 'scope-key'
  | 'scope-keys-due'
  | 'legal-hold-by-uuid'
  | 'legal-holds'
  | 'document-by-uuid'
  | 'documents'
  | 'documents-due'
  | 'document-part'
  | 'sealed-under'
  | 'sealed-kids'

const documentView = () =>
  builder
    .selectFrom('document')
    .innerJoin('merchant', 'merchant.id', 'document.merchant_id')
    .select(rowOf('document'))
    .select('merchant.uuid as merchantUuid')

const isHeld = (table: 'scope_key' | 'document'): RawBuilder<SqlBool> => sql`exists (
  select 1 from legal_hold
  where legal_hold.scope = ${sql.ref(`${table}.scope`)} and legal_hold.standing = 1)`

const isPlace = (text: string): text is keyof typeof sealedColumns =>
  Object.hasOwn(sealedColumns, text)

/** As the index of each column says it: the key id stands behind the version of the header. */
const kidIn = (column: string): RawBuilder<Uint8Array> => sql`substr(${sql.ref(column)}, 2, 8)`

export const sealedQueries: Pick<QueryTable, SealedQueryName> = {
  'scope-key': {
    build: () =>
      builder
        .selectFrom('scope_key')
        .select(rowOf('scopeKey'))
        .where('scope', '=', param<string>('scope')),
    answer: (rows) => firstRow<ScopeKeyRow>(rows),
  },
  'scope-keys-due': {
    build: () =>
      builder
        .selectFrom('scope_key')
        .select(rowOf('scopeKey'))
        .where('sealed_part', 'is not', null)
        .where('retain_until_ms', '<=', param<number>('nowMs'))
        .where('id', '>', param<number>('afterId'))
        .where(sql<SqlBool>`not ${isHeld('scope_key')}`)
        .orderBy('id')
        .limit(limitParam()),
    answer: (rows) => asRows<ScopeKeyRow>(rows),
  },
  'legal-hold-by-uuid': {
    build: () =>
      builder
        .selectFrom('legal_hold')
        .select(rowOf('legalHold'))
        .where('uuid', '=', param<Uint8Array>('uuid')),
    answer: (rows) => firstRow<LegalHoldRow>(rows),
  },
  'legal-holds': {
    filters: ['scope'],
    build: (_, has) => {
      const query = builder
        .selectFrom('legal_hold')
        .select(rowOf('legalHold'))
        .where('id', '>', param<number>('afterId'))
        .orderBy('id')
        .limit(limitParam())
      return has('scope') ? query.where('scope', '=', param<string>('scope')) : query
    },
    answer: (rows) => asRows<LegalHoldRow>(rows),
  },
  'document-by-uuid': {
    build: () => documentView().where('document.uuid', '=', param<Uint8Array>('uuid')),
    answer: (rows) => firstRow<DocumentView>(rows),
  },
  documents: {
    filters: ['scope', 'merchantId'],
    build: (_, has) => {
      let query = documentView()
        .where('document.state', '!=', 'RECEIVING')
        .where('document.id', '>', param<number>('afterId'))
        .orderBy('document.id')
        .limit(limitParam())
      if (has('scope')) query = query.where('document.scope', '=', param<string>('scope'))
      return has('merchantId')
        ? query.where('document.merchant_id', '=', param<number>('merchantId'))
        : query
    },
    answer: (rows) => asRows<DocumentView>(rows),
  },
  'documents-due': {
    build: () =>
      builder
        .selectFrom('document')
        .select(rowOf('document'))
        .where('drop_at_ms', '<=', param<number>('nowMs'))
        .where('id', '>', param<number>('afterId'))
        .where(sql<SqlBool>`(document.state = 'RECEIVING' or not ${isHeld('document')})`)
        .orderBy('id')
        .limit(limitParam()),
    answer: (rows) => asRows<DocumentRow>(rows),
  },
  'document-part': {
    build: () =>
      builder
        .selectFrom('document_part')
        .select(rowOf('documentPart'))
        .where('document_id', '=', param<number>('documentId'))
        .where('place', '=', param<number>('place')),
    answer: (rows) => firstRow<DocumentPartRow>(rows),
  },
  'sealed-under': {
    choice: ({ place }) => place,
    build: (_, __, place) => {
      if (!isPlace(place)) throw new Error('no such sealed column')
      const { table, column } = sealedColumns[place]
      return sql`select ${sql.join(rowOf(table))} from ${sql.table(snakeCase(table))}
        where ${sql.ref(snakeCase(column))} is not null
          and ${kidIn(snakeCase(column))} = ${param<Uint8Array>('kid')}
          and id > ${param<number>('afterId')}
        order by id limit ${limitParam()}`
    },
    answer: (rows) => asRows<SealedRow>(rows),
  },
  'sealed-kids': {
    build: () => {
      const each = sealedColumnNames.map((place) => {
        const { table, column } = sealedColumns[place]
        const name = snakeCase(column)
        return sql`select ${sql.lit(place)} as place, ${kidIn(name)} as kid, count(*) as "values"
          from ${sql.table(snakeCase(table))} where ${sql.ref(name)} is not null group by 2`
      })
      return sql`${sql.join(each, sql` union all `)}`
    },
    answer: (rows) => asRows<SealedCount>(rows),
  },
}
