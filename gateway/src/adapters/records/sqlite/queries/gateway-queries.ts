/** What the gateway itself keeps: event ledger, readers' cursors, API tokens, idempotency, vault. */
import type {
  ApiTokenRow,
  CursorRow,
  EventRow,
  IdempotencyRow,
  VaultRow,
} from '../../../../core/records/tables.js'
import { asRows, builder, firstRow, limitParam, param, rowOf, type QueryTable } from './query.js'

type GatewayQueryName =
  | 'events'
  | 'cursor'
  | 'api-token-by-hash'
  | 'api-token-by-uuid'
  | 'api-tokens'
  | 'idempotency-by-key'
  | 'vault-entries'

export const gatewayQueries: Pick<QueryTable, GatewayQueryName> = {
  events: {
    build: () =>
      builder
        .selectFrom('event')
        .select(rowOf('event'))
        .where('id', '>', param<number>('afterId'))
        .orderBy('id')
        .limit(limitParam()),
    answer: (rows) => asRows<EventRow>(rows),
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
    build: (has) => {
      const query = builder.selectFrom('vault').select(rowOf('vault')).orderBy('id')
      return has('kind') ? query.where('kind', '=', param<string>('kind')) : query
    },
    answer: (rows) => asRows<VaultRow>(rows),
  },
}
