/** What bindings were reported to the registry with. One is never deleted: it is the history of a TID. */
import type { Migration } from '../../migration.js'

export const registrations: Migration = {
  version: 11,
  name: 'registrations',
  sql: `
create table registration (
  id bigint primary key,
  uuid bytea not null unique check (length(uuid) = 16),
  binding_id bigint not null unique references binding (id),
  sealed_credit_code bytea not null,
  shown_credit_code text not null,
  sealed_account bytea not null,
  masked_account text not null,
  place_of_deployment text not null,
  payload bytea not null,
  deliver_within_ms bigint not null,
  state text not null check (state in ('REPORTING', 'ENABLED', 'REFUSED', 'CANCELLING', 'CANCELLED')),
  reference text,
  attempts bigint not null,
  due_at_ms bigint check ((due_at_ms is null) = (state in ('ENABLED', 'REFUSED', 'CANCELLED'))),
  created_at_ms bigint not null,
  answered_at_ms bigint
);
create index registration_due on registration (due_at_ms) where due_at_ms is not null;
create sequence registration_ids cache 1;
`,
}
