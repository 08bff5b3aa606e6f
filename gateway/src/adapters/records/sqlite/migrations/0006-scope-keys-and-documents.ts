/**
 * A key for each scope (a case, a merchant), what lies sealed under it, and who forbids its destruction.
 * Rules that hold here whatever the program does: keys, holds and documents are never deleted; a key that
 * was destroyed is destroyed for ever; a document that was dropped never comes back.
 */
import type { Migration } from '../../migration.js'

export const scopeKeysAndDocuments: Migration = {
  version: 6,
  name: 'scope-keys-and-documents',
  sql: `
create table scope_key (
  id integer primary key,
  scope text not null unique,
  sealed_part blob,
  retain_until_ms integer,
  made_at_ms integer not null,
  destroyed_at_ms integer,
  destroyed_by text,
  destroyed_why text,
  check ((sealed_part is null) = (destroyed_at_ms is not null))
) strict;
create index scope_key_due on scope_key (retain_until_ms, id)
  where sealed_part is not null and retain_until_ms is not null;
create index scope_key_under on scope_key (substr(sealed_part, 2, 8), id) where sealed_part is not null;
create trigger scope_key_kept before delete on scope_key
begin select raise(abort, 'scope_key_kept: keys of scopes are never deleted'); end;
create trigger scope_key_destroyed before update on scope_key when old.destroyed_at_ms is not null
begin select raise(abort, 'scope_key_destroyed: a destroyed key stays destroyed'); end;

create table legal_hold (
  id integer primary key,
  uuid blob not null unique check (length(uuid) = 16),
  scope text not null,
  standing integer not null check (standing = 0 or standing = 1),
  reason text not null,
  placed_by text not null,
  placed_at_ms integer not null,
  ended_by text,
  ended_at_ms integer,
  end_reason text,
  check ((standing = 0) = (ended_at_ms is not null))
) strict;
create index legal_hold_of_scope on legal_hold (scope, standing, id);
create trigger legal_hold_kept before delete on legal_hold
begin select raise(abort, 'legal_hold_kept: legal holds are never deleted'); end;

create table document (
  id integer primary key,
  uuid blob not null unique check (length(uuid) = 16),
  scope text not null references scope_key (scope),
  merchant_id integer not null references merchant (id),
  kind text not null,
  media_type text not null,
  size_bytes integer not null,
  part_count integer not null,
  content_hash blob not null check (length(content_hash) = 32),
  sealed_name blob,
  sealed_salt blob,
  state text not null check (state = 'RECEIVING' or state = 'KEPT' or state = 'DROPPED'),
  retain_until_ms integer not null,
  uploaded_by text not null,
  uploaded_at_ms integer not null,
  drop_at_ms integer,
  dropped_at_ms integer,
  dropped_why text,
  check ((state = 'DROPPED') = (dropped_at_ms is not null)),
  check ((state = 'DROPPED') = (drop_at_ms is null))
) strict;
create index document_of_scope on document (scope, id);
create index document_of_merchant on document (merchant_id, id);
create index document_due on document (drop_at_ms, id) where drop_at_ms is not null;
create trigger document_kept before delete on document
begin select raise(abort, 'document_kept: documents are never deleted'); end;
create trigger document_dropped before update on document when old.state = 'DROPPED'
begin select raise(abort, 'document_dropped: a dropped document stays dropped'); end;

create table document_part (
  id integer primary key,
  document_id integer not null references document (id),
  place integer not null,
  sealed_part blob,
  unique (document_id, place)
) strict;

create index vault_under on vault (substr(sealed_part, 2, 8), id) where sealed_part is not null;
create index terminal_session_key_under on terminal (substr(session_key, 2, 8), id)
  where session_key is not null;
`,
}
