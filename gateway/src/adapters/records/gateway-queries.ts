/** What the gateway itself keeps: event ledger, readers' cursors, API tokens, idempotency, vault. */
import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { EventView } from '../../core/queries/queries.js'
import type {
  ApiTokenRow,
  CursorRow,
  EventRow,
  IdempotencyRow,
  VaultRow,
} from '../../core/records/tables.js'
import {
  asRows,
  builder,
  countParam,
  firstRow,
  limitParam,
  param,
  rowOf,
  type QueryTable,
} from './query.js'

type GatewayQueryName =
  | 'events'
  | 'event-head'
  | 'event-stretch'
  | 'event-views'
  | 'cursor'
  | 'api-token-by-hash'
  | 'api-token-by-uuid'
  | 'api-tokens'
  | 'idempotency-by-key'
  | 'vault-entries'

/** By code points, and without the letters that LIKE gives a meaning. */
const kindBegins: RawBuilder<SqlBool> = sql`
  substr(event.kind, 1, length(${param('kindPrefix')})) = ${param('kindPrefix')}`

export const gatewayQueries: Pick<QueryTable, GatewayQueryName> = {
  events: {
    build: (dialect) =>
      builder
        .selectFrom('event')
        .select(rowOf('event'))
        .where(dialect.isSettled)
        .where('id', '>', param<number>('afterId'))
        .orderBy('id')
        .limit(limitParam()),
    answer: (rows) => asRows<EventRow>(rows),
  },
  'event-head': {
    build: (dialect) =>
      builder
        .selectFrom('event')
        .select(sql<number | null>`max(id)`.as('position'))
        .where(dialect.isSettled),
    answer: (rows) => ({
      position: firstRow<{ readonly position: number | null }>(rows)?.position ?? 0,
    }),
  },
  'event-stretch': {
    build: (dialect) =>
      builder
        .selectFrom(
          builder
            .selectFrom('event')
            .select('id')
            .where('id', '>', param<number>('afterId'))
            .where(dialect.isSettled)
            .orderBy('id')
            .limit(countParam('linesMax'))
            .as('next'),
        )
        .select([
          sql<number | null>`max(next.id)`.as('throughId'),
          sql<number>`count(*)`.as('lines'),
        ]),
    answer: (rows) => {
      const next = firstRow<{ readonly throughId: number | null; readonly lines: number }>(rows)
      return { throughId: next?.throughId ?? 0, lines: next?.lines ?? 0 }
    },
  },
  'event-views': {
    filters: ['terminalId', 'commandId', 'kindPrefix'],
    build: (dialect, has) => {
      let query = builder
        .selectFrom('event')
        .leftJoin('terminal', 'terminal.id', 'event.terminal_id')
        .leftJoin(`${dialect.commandIds} as ordered`, 'ordered.id', 'event.command_id')
        .leftJoin('binding', 'binding.id', 'event.binding_id')
        .leftJoin('unbind_case', 'unbind_case.id', 'event.case_id')
        .select(rowOf('event'))
        .select(['terminal.sn as sn', 'ordered.uuid as commandUuid', 'binding.uuid as bindingUuid'])
        .select('unbind_case.uuid as caseUuid')
        .where(dialect.isSettled)
        .where('event.id', '>', param<number>('afterId'))
        .where('event.id', '<=', param<number>('throughId'))
        .orderBy('event.id')
        .limit(limitParam())
      if (has('terminalId'))
        query = query.where('event.terminal_id', '=', param<number>('terminalId'))
      if (has('commandId')) query = query.where('event.command_id', '=', param<number>('commandId'))
      return has('kindPrefix') ? query.where(kindBegins) : query
    },
    answer: (rows) => asRows<EventView>(rows),
  },
  cursor: {
    build: () =>
      builder
        .selectFrom('cursor')
        .select(rowOf('cursor'))
        .where('reader', '=', param<string>('reader')),
    answer: (rows) => ({ position: firstRow<CursorRow>(rows)?.position ?? 0 }),
  },
  'api-token-by-hash': {
    build: () =>
      builder
        .selectFrom('api_token')
        .select(rowOf('apiToken'))
        .where('token_hash', '=', param<Uint8Array>('tokenHash')),
    answer: (rows) => firstRow<ApiTokenRow>(rows),
  },
  'api-token-by-uuid': {
    build: () =>
      builder
        .selectFrom('api_token')
        .select(rowOf('apiToken'))
        .where('uuid', '=', param<Uint8Array>('uuid')),
    answer: (rows) => firstRow<ApiTokenRow>(rows),
  },
  'api-tokens': {
    build: () =>
      builder
        .selectFrom('api_token')
        .select(rowOf('apiToken'))
        .where('id', '>', param<number>('afterId'))
        .orderBy('id')
        .limit(limitParam()),
    answer: (rows) => asRows<ApiTokenRow>(rows),
  },
  'idempotency-by-key': {
    build: () =>
      builder
        .selectFrom('idempotency')
        .select(rowOf('idempotency'))
        .where('key_hash', '=', param<Uint8Array>('keyHash')),
    answer: (rows) => firstRow<IdempotencyRow>(rows),
  },
  'vault-entries': {
    filters: ['kind'],
    build: (_, has) => {
      const query = builder.selectFrom('vault').select(rowOf('vault')).orderBy('id')
      return has('kind') ? query.where('kind', '=', param<string>('kind')) : query
    },
    answer: (rows) => asRows<VaultRow>(rows),
  },
}
