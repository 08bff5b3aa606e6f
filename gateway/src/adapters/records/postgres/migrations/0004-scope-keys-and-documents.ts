/**
 * A key for each scope (a case, a merchant), what lies sealed under it, and who forbids its destruction.
 * Rules that hold here whatever the program does: keys, holds and documents are never deleted; a key that
 * was destroyed is destroyed for ever; a document that was dropped never comes back.
 */
import type { Migration } from '../../migration.js'

const forbidden = (name: string, words: string, when: string): string => `
create function ${name}() returns trigger language plpgsql as
  $$ begin raise exception '${name}: ${words}' using errcode = '23001'; end $$;
create trigger ${name} before ${when} execute function ${name}();
`

const kept = (table: string, words: string): string =>
  forbidden(`${table}_kept`, `${words} are never deleted`, `delete on ${table} for each row`)

const rules =
  kept('scope_key', 'keys of scopes') +
  kept('legal_hold', 'legal holds') +
  kept('document', 'documents') +
  forbidden(
    'scope_key_destroyed',
    'a destroyed key stays destroyed',
    'update on scope_key for each row when (old.destroyed_at_ms is not null)',
  ) +
  forbidden(
    'document_dropped',
    'a dropped document stays dropped',
    "update on document for each row when (old.state = 'DROPPED')",
  )

const ids = ['scope_key', 'legal_hold', 'document', 'document_part']
  .map((table) => `create sequence ${table}_ids cache 1;\n`)
  .join('')

export const scopeKeysAndDocuments: Migration = {
  version: 4,
  name: 'scope-keys-and-documents',
  sql: `
create table scope_key (
  id bigint primary key,
  scope text not null unique,
  sealed_part bytea,
  retain_until_ms bigint,
  made_at_ms bigint not null,
  destroyed_at_ms bigint,
  destroyed_by text,
  destroyed_why text,
  check ((sealed_part is null) = (destroyed_at_ms is not null))
);
create index scope_key_due on scope_key (retain_until_ms, id)
  where sealed_part is not null and retain_until_ms is not null;
create index scope_key_under on scope_key (substr(sealed_part, 2, 8), id) where sealed_part is not null;

create table legal_hold (
  id bigint primary key,
  uuid bytea not null unique check (length(uuid) = 16),
  scope text not null,
  standing smallint not null check (standing in (0, 1)),
  reason text not null,
  placed_by text not null,
  placed_at_ms bigint not null,
  ended_by text,
  ended_at_ms bigint,
  end_reason text,
  check ((standing = 0) = (ended_at_ms is not null))
);
create index legal_hold_of_scope on legal_hold (scope, standing, id);

create table document (
  id bigint primary key,
  uuid bytea not null unique check (length(uuid) = 16),
  scope text not null references scope_key (scope) deferrable initially deferred,
  merchant_id bigint not null references merchant (id),
  kind text not null,
  media_type text not null,
  size_bytes bigint not null,
  part_count bigint not null,
  content_hash bytea not null check (length(content_hash) = 32),
  sealed_name bytea,
  sealed_salt bytea,
  state text not null check (state in ('RECEIVING', 'KEPT', 'DROPPED')),
  retain_until_ms bigint not null,
  uploaded_by text not null,
  uploaded_at_ms bigint not null,
  drop_at_ms bigint,
  dropped_at_ms bigint,
  dropped_why text,
  check ((state = 'DROPPED') = (dropped_at_ms is not null)),
  check ((state = 'DROPPED') = (drop_at_ms is null))
);
create index document_of_scope on document (scope, id);
create index document_of_merchant on document (merchant_id, id);
create index document_due on document (drop_at_ms, id) where drop_at_ms is not null;

create table document_part (
  id bigint primary key,
  document_id bigint not null references document (id),
  place bigint not null,
  sealed_part bytea,
  unique (document_id, place)
);

create index vault_under on vault (substr(sealed_part, 2, 8), id) where sealed_part is not null;
create index terminal_session_key_under on terminal (substr(session_key, 2, 8), id)
  where session_key is not null;
${rules}${ids}`,
}
