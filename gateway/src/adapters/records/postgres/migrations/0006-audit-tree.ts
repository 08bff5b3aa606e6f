/**
 * The tree that seals the ledger: its one head, its hashes in tiles of 256, the lines that were gone before
 * they were sealed, and the signed checkpoints.
 *
 * Ids of events have gaps here, so each connection that writes counts its lines: `writer` made the line as
 * its number `number`, and `event_writer` says how many it made, in the same transaction. A line that was
 * taken away leaves a gap in that count, and the last ones a count that is too high.
 */
import type { Migration } from '../../migration.js'

const kept = (table: string, words: string): string => `
create function ${table}_kept() returns trigger language plpgsql as
  $$ begin raise exception '${table}_kept: ${words} are never deleted' using errcode = '23001'; end $$;
create trigger ${table}_kept before delete on ${table} for each row execute function ${table}_kept();
`

const ids = ['audit_tree', 'audit_tile', 'audit_hole', 'audit_checkpoint', 'event_writer']
  .map((table) => `create sequence ${table}_ids cache 1;\n`)
  .join('')

export const auditTree: Migration = {
  version: 6,
  name: 'audit-tree',
  sql: `
create table audit_tree (
  id bigint primary key check (id = 1),
  size bigint not null,
  position bigint not null,
  root bytea not null check (length(root) = 32),
  writers text not null,
  sealed_at_ms bigint not null,
  checkpoint_size bigint not null
) with (fillfactor = 50);
create table audit_tile (
  id bigint primary key,
  first_event bigint,
  hashes bytea not null check (length(hashes) % 32 = 0 and length(hashes) between 32 and 8192),
  events bytea check (length(events) * 4 = length(hashes))
);
alter table audit_tile alter column hashes set storage external;
create index audit_tile_first on audit_tile (first_event) where first_event is not null;
create table audit_hole (
  id bigint primary key,
  place bigint not null unique,
  entry text not null
);
create table audit_checkpoint (
  id bigint primary key,
  size bigint not null unique,
  note text not null,
  at_ms bigint not null
);
create table event_writer (
  id bigint primary key,
  written bigint not null
) with (fillfactor = 10);
alter table event add column writer bigint;
alter table event add column number bigint;
${kept('audit_hole', 'holes')}${kept('audit_checkpoint', 'checkpoints')}${ids}`,
}
