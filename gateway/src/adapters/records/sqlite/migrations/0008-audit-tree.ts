/**
 * The tree that seals the ledger: its one head, its hashes in tiles of 256, the lines that were gone before
 * they were sealed, and the signed checkpoints.
 */
import type { Migration } from '../../migration.js'

export const auditTree: Migration = {
  version: 8,
  name: 'audit-tree',
  sql: `
create table audit_tree (
  id integer primary key check (id = 1),
  size integer not null,
  position integer not null,
  root blob not null check (length(root) = 32),
  writers text not null,
  sealed_at_ms integer not null,
  checkpoint_size integer not null
) strict;
create table audit_tile (
  id integer primary key,
  first_event integer,
  hashes blob not null check (length(hashes) % 32 = 0 and length(hashes) between 32 and 8192),
  events blob check (length(events) * 4 = length(hashes))
) strict;
create index audit_tile_first on audit_tile (first_event) where first_event is not null;
create table audit_hole (
  id integer primary key,
  place integer not null unique,
  entry text not null
) strict;
create table audit_checkpoint (
  id integer primary key,
  size integer not null unique,
  note text not null,
  at_ms integer not null
) strict;
create trigger audit_hole_kept before delete on audit_hole
begin select raise(abort, 'audit_hole_kept: holes are never deleted'); end;
create trigger audit_checkpoint_kept before delete on audit_checkpoint
begin select raise(abort, 'audit_checkpoint_kept: checkpoints are never deleted'); end;
`,
}
