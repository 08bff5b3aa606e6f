/** Pages of merchants, by the hash of their address. One is never deleted: the ledger names it. */
import type { Migration } from '../../migration.js'

export const merchantLinks: Migration = {
  version: 11,
  name: 'merchant-links',
  sql: `
create table merchant_link (
  id integer primary key,
  uuid blob not null unique check (length(uuid) = 16),
  merchant_id integer not null references merchant (id),
  case_id integer references unbind_case (id),
  token_hash blob not null unique check (length(token_hash) = 32),
  language text not null check (language in ('en', 'zh')),
  expires_at_ms integer not null,
  created_by text not null,
  created_at_ms integer not null,
  revoked_by text,
  revoked_at_ms integer
) strict;
create index merchant_link_of_merchant on merchant_link (merchant_id, id);
`,
}
