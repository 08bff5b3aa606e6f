/** What bindings were reported to the registry with. One is never deleted: it is the history of a TID. */
import type { Migration } from '../../migration.js'

export const registrations: Migration = {
  version: 13,
  name: 'registrations',
  sql: `
create table registration (
  id integer primary key,
  uuid blob not null unique check (length(uuid) = 16),
  binding_id integer not null unique references binding (id),
  sealed_credit_code blob not null,
  shown_credit_code text not null,
  sealed_account blob not null,
  masked_account text not null,
  place_of_deployment text not null,
  payload blob not null,
  deliver_within_ms integer not null,
  state text not null check (state in ('REPORTING', 'ENABLED', 'REFUSED', 'CANCELLING', 'CANCELLED')),
  reference text,
  attempts integer not null,
  due_at_ms integer check ((due_at_ms is null) = (state in ('ENABLED', 'REFUSED', 'CANCELLED'))),
  created_at_ms integer not null,
  answered_at_ms integer
) strict;
create index registration_due on registration (due_at_ms) where due_at_ms is not null;
`,
}
