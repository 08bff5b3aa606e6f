/** Pages of merchants, by the hash of their address. One is never deleted: the ledger names it. */
import type { Migration } from '../../migration.js'

export const merchantLinks: Migration = {
  version: 9,
  name: 'merchant-links',
  sql: `
create table merchant_link (
  id bigint primary key,
  uuid bytea not null unique check (length(uuid) = 16),
  merchant_id bigint not null references merchant (id),
  case_id bigint references unbind_case (id),
  token_hash bytea not null unique check (length(token_hash) = 32),
  language text not null check (language in ('en', 'zh')),
  expires_at_ms bigint not null,
  created_by text not null,
  created_at_ms bigint not null,
  revoked_by text,
  revoked_at_ms bigint
);
create index merchant_link_of_merchant on merchant_link (merchant_id, id);
create sequence merchant_link_ids cache 1;
`,
}
