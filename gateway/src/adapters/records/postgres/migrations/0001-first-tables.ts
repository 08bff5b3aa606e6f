/**
 * The first tables, as the core names them, with what only this dialect needs: `command_key`, where every
 * command's id and uuid stay unique for ever while the rows themselves move to monthly partitions;
 * `event_origin`, from which events get their ids; a sequence of ids for each table.
 *
 * Rules that hold here whatever the program does: events are append-only; events, bindings, proofs and
 * certificates are never deleted; a terminal, and a TID, has one live binding at most (B1); the flags
 * `live` and `open` agree with the state; a phase stands only inside `running` of a destructive command;
 * an open command lies in the partition at hand.
 */
import type { Migration } from '../../migration.js'

const people = `
create table merchant (
  id bigint primary key,
  uuid bytea not null unique check (length(uuid) = 16),
  acquirer_code text not null,
  mid text not null,
  name text not null,
  created_at_ms bigint not null,
  unique (acquirer_code, mid)
);

create table store (
  id bigint primary key,
  uuid bytea not null unique check (length(uuid) = 16),
  merchant_id bigint not null references merchant (id),
  name text not null,
  address text not null,
  created_at_ms bigint not null
);
create index store_of_merchant on store (merchant_id);

create table api_token (
  id bigint primary key,
  uuid bytea not null unique check (length(uuid) = 16),
  name text not null unique,
  token_hash bytea not null unique check (length(token_hash) = 32),
  scopes text not null,
  expires_at_ms bigint not null,
  revoked_at_ms bigint,
  created_by text not null,
  created_at_ms bigint not null
);

create table idempotency (
  id bigint primary key,
  key_hash bytea not null unique check (length(key_hash) = 32),
  request_hash bytea not null check (length(request_hash) = 32),
  made_kind text not null,
  made_id text not null,
  created_at_ms bigint not null
);
`

const terminals = `
create table terminal (
  id bigint primary key,
  sn text not null unique,
  vendor text not null,
  model text not null,
  tusn text,
  state text not null check (state in ('REGISTERED', 'PROVISIONED', 'IN_SERVICE', 'SUSPENDED', 'UNBINDING',
    'UNPROVEN', 'IN_STOCK', 'WIPING', 'WIPED', 'IN_REPAIR', 'LOST', 'TAMPERED', 'DECOMMISSIONED')),
  asset_epoch bigint not null,
  binding_epoch bigint not null,
  issued_epoch bigint not null,
  locked smallint not null check (locked in (0, 1)),
  fence bigint not null,
  seq_block_end bigint not null,
  seq_device bigint not null,
  uplink_seq bigint not null,
  boot_id bytea,
  session_nonce bytea,
  session_id bytea,
  session_since_ms bigint,
  session_ended_ms bigint,
  firmware text,
  signer_list_version bigint not null,
  key_slots text,
  created_at_ms bigint not null
) with (fillfactor = 80);
create index terminal_by_state on terminal (state);

create table certificate (
  id bigint primary key,
  terminal_id bigint not null references terminal (id),
  sha256 bytea not null unique check (length(sha256) = 32),
  der bytea not null,
  spki bytea not null,
  issuer text not null check (issuer in ('tillgate', 'vendor')),
  not_before_ms bigint not null,
  not_after_ms bigint not null,
  registered_at_ms bigint not null,
  revoked smallint not null check (revoked in (0, 1)),
  revoked_at_ms bigint,
  revoke_reason text
);
create index certificate_of_terminal on certificate (terminal_id);
create index certificate_revoked on certificate (revoked_at_ms) where revoked = 1;

create table enrolment_token (
  id bigint primary key,
  uuid bytea not null unique check (length(uuid) = 16),
  sn text not null,
  token_hash bytea not null unique check (length(token_hash) = 32),
  reenrol smallint not null check (reenrol in (0, 1)),
  expires_at_ms bigint not null,
  used_at_ms bigint,
  csr_hash bytea,
  certificate_id bigint references certificate (id),
  created_by text not null,
  created_at_ms bigint not null
);
create index enrolment_token_of_sn on enrolment_token (sn);

create table earlier_boots (
  id bigint primary key,
  terminal_id bigint not null unique references terminal (id),
  boot_ids bytea not null check (length(boot_ids) % 16 = 0)
);
`

const bindings = `
create table binding (
  id bigint primary key,
  uuid bytea not null unique check (length(uuid) = 16),
  terminal_id bigint not null references terminal (id),
  merchant_id bigint not null references merchant (id),
  store_id bigint references store (id),
  acquirer_code text not null,
  mid text not null,
  tid text not null,
  epoch bigint not null,
  state text not null check (state in ('REPORTING', 'DELIVERING', 'WITHDRAWING', 'ACTIVE', 'RELEASING',
    'DRAFT', 'RELEASED', 'RELEASED_UNPROVEN', 'REJECTED', 'CANCELLED')),
  live smallint not null check (live in (0, 1) and (live = 1) =
    (state in ('REPORTING', 'DELIVERING', 'WITHDRAWING', 'ACTIVE', 'RELEASING'))),
  bind_command_id bigint,
  params_hash bytea not null,
  created_by text not null,
  created_at_ms bigint not null,
  active_at_ms bigint,
  ended_at_ms bigint
);
create index binding_of_terminal on binding (terminal_id);
create index binding_of_merchant on binding (merchant_id);
create unique index binding_live_terminal on binding (terminal_id) where live = 1;
create unique index binding_live_tid on binding (acquirer_code, mid, tid) where live = 1;

create table tid (
  id bigint primary key,
  acquirer_code text not null,
  mid text not null,
  tid text not null,
  call_number bigint not null,
  unique (acquirer_code, mid, tid)
);
`

const commands = `
create table command_key (
  id bigint primary key,
  uuid bytea not null unique check (length(uuid) = 16),
  terminal_id bigint not null references terminal (id),
  part integer not null default 0
);

create table command (
  id bigint not null,
  uuid bytea not null,
  terminal_id bigint not null,
  binding_id bigint references binding (id),
  type integer not null,
  destructive smallint not null check (destructive in (0, 1)),
  payload bytea not null,
  approval_hash bytea,
  asset_epoch bigint not null,
  binding_epoch bigint not null,
  created_by text not null,
  created_at_ms bigint not null,
  not_after_ms bigint not null,
  state text not null check (state in ('queued', 'published', 'accepted', 'running', 'parked',
    'done', 'failed', 'refused', 'cancelled', 'expired', 'superseded')),
  phase text check (phase is null or (destructive = 1 and state = 'running' and phase in ('preparing', 'ready',
    'tid_blocking', 'proceed_sent', 'proceed_unknown', 'erasing', 'aborting', 'tid_unblocking'))),
  open smallint not null check (
    open in (0, 1)
    and (open = 1 or state not in ('queued', 'published', 'accepted', 'running', 'parked'))
    and (open = 0 or outcome_unknown = 1 or state in ('queued', 'published', 'accepted', 'running', 'parked'))),
  outcome_unknown smallint not null check (outcome_unknown in (0, 1)),
  attempts bigint not null,
  seq bigint,
  fence bigint,
  body bytea,
  body_hash bytea,
  attempt_nonce bytea,
  published_at_ms bigint,
  delivered_at_ms bigint,
  accepted_at_ms bigint,
  ready_nonce bytea,
  ready_at_ms bigint,
  lease_ms bigint,
  host_call_number bigint,
  host_answer text check (host_answer in ('blocked', 'open', 'refused')),
  tid_may_be_blocked smallint not null check (tid_may_be_blocked in (0, 1)),
  proceed_body bytea,
  proceed_hash bytea,
  proceed_seq bigint,
  proceed_at_ms bigint,
  after_release text check (after_release in ('queued', 'cancelled', 'expired', 'refused')),
  result_code integer,
  result_payload bytea,
  final_at_ms bigint,
  part integer not null default 0 check (part = 0 or open = 0),
  primary key (id, part)
) partition by list (part);
create index command_of_terminal on command (terminal_id, id);
create index command_of_binding on command (binding_id) where binding_id is not null;
create index command_open on command (terminal_id, id) where open = 1;
create index command_overdue on command (not_after_ms) where open = 1;
create index command_host_work on command (phase)
  where phase in ('ready', 'tid_blocking', 'tid_unblocking');
create index command_rare_end on command (state, id)
  where state in ('failed', 'refused', 'cancelled', 'expired', 'superseded', 'parked');
create table command_at_hand partition of command for values in (0) with (fillfactor = 70);
create index command_ended on command_at_hand (final_at_ms) where open = 0;

create table proof (
  id bigint primary key,
  command_id bigint not null references command_key (id),
  terminal_id bigint not null references terminal (id),
  binding_id bigint references binding (id),
  binding_epoch bigint not null,
  certificate_id bigint not null references certificate (id),
  envelope bytea not null,
  body_hash bytea not null check (length(body_hash) = 32),
  partial smallint not null check (partial in (0, 1)),
  received_at_ms bigint not null
);
create index proof_of_command on proof (command_id);
`

const ledger = `
create table event (
  id bigint not null,
  at_ms bigint not null,
  kind text not null,
  terminal_id bigint,
  command_id bigint,
  binding_id bigint,
  actor text not null,
  data text not null,
  evidence bytea,
  primary key (id, at_ms)
) partition by range (at_ms);
create index event_of_command on event (command_id, id) where command_id is not null;
create table event_elsewhen partition of event default;

create table event_origin (
  one boolean primary key default true check (one),
  xid_offset bigint not null
);
insert into event_origin (xid_offset) values (1 - pg_current_xact_id()::text::bigint);

-- The first id that a transaction still at work may write. The server counts transactions of all its
-- databases together; one that is seen at work in another of them writes nothing here. One that has
-- ended since the snapshot was taken is not seen at work anywhere, and so still counts.
create function events_settled_below() returns bigint language sql stable as $$
  select (coalesce(
    (select min(x::text::bigint) from pg_snapshot_xip(pg_current_snapshot()) as at_work (x)
     where not exists (
       select from pg_stat_get_activity(null) a
       where a.backend_xid = x::xid
         and a.datid <> (select oid from pg_database where datname = current_database()))),
    pg_snapshot_xmax(pg_current_snapshot())::text::bigint) + xid_offset) * 8192
  from event_origin
$$;

create table cursor (
  id bigint primary key,
  reader text not null unique,
  position bigint not null
);

create table vault (
  id bigint primary key,
  name text not null unique,
  kind text not null,
  public_part bytea,
  sealed_part bytea,
  created_at_ms bigint not null,
  retired_at_ms bigint
);
create index vault_by_kind on vault (kind);
`

const kept = (table: string, name: string, words: string, when = 'delete'): string => `
create function ${name}() returns trigger language plpgsql as
  $$ begin raise exception '${name}: ${words}' using errcode = '23001'; end $$;
create trigger ${name} before ${when} on ${table} for each row execute function ${name}();
create trigger ${name}_whole before truncate on ${table} for each statement execute function ${name}();
`

const rules =
  kept('certificate', 'certificate_kept', 'certificates are never deleted') +
  kept('binding', 'binding_kept', 'bindings are never deleted') +
  kept('proof', 'proof_kept', 'proofs are never deleted') +
  kept('event', 'event_kept', 'events are append-only', 'delete or update') +
  `
create function expect_rows(what text, changed bigint, wanted bigint) returns void language plpgsql as
  $$ begin
    if changed <> wanted then
      raise exception '% of % rows of % are as they were read', changed, wanted, what using errcode = 'TG001';
    end if;
  end $$;
`

const ids = [
  'merchant',
  'store',
  'terminal',
  'certificate',
  'enrolment_token',
  'api_token',
  'binding',
  'command',
  'tid',
  'proof',
  'cursor',
  'idempotency',
  'vault',
  'earlier_boots',
]
  .map((table) => `create sequence ${table}_ids cache 1;\n`)
  .join('')

export const firstTables: Migration = {
  version: 1,
  name: 'first-tables',
  sql: people + terminals + bindings + commands + ledger + rules + ids,
}
