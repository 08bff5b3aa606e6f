/**
 * The first tables: merchants, terminals, bindings, commands with their evidence, the event ledger,
 * the doors (tokens, idempotency) and the vault.
 *
 * Rules that hold here whatever the program does: events are append-only; events, bindings, proofs
 * and certificates are never deleted; a terminal, and a TID, has one live binding at most (B1); the
 * flags `live` and `open` agree with the state; a phase stands only inside `running` of a destructive
 * command. State lists are chains of `or`, which cost nothing measurable; `in (…)` doubles the price
 * of an update.
 */
import type { Migration } from '../../migration.js'

const oneOf = (column: string, values: readonly string[]): string =>
  values.map((value) => `${column} = '${value}'`).join(' or ')

const terminalStates = [
  'REGISTERED',
  'PROVISIONED',
  'IN_SERVICE',
  'SUSPENDED',
  'UNBINDING',
  'UNPROVEN',
  'IN_STOCK',
  'WIPING',
  'WIPED',
  'IN_REPAIR',
  'LOST',
  'TAMPERED',
  'DECOMMISSIONED',
]
const liveBindingStates = ['REPORTING', 'DELIVERING', 'WITHDRAWING', 'ACTIVE', 'RELEASING']
const endedBindingStates = ['DRAFT', 'RELEASED', 'RELEASED_UNPROVEN', 'REJECTED', 'CANCELLED']
const finalCommandStates = ['done', 'failed', 'refused', 'cancelled', 'expired', 'superseded']
const movingCommandStates = ['queued', 'published', 'accepted', 'running', 'parked']
const phases = [
  'preparing',
  'ready',
  'tid_blocking',
  'proceed_sent',
  'proceed_unknown',
  'erasing',
  'aborting',
  'tid_unblocking',
]

const people = `
create table merchant (
  id integer primary key,
  uuid blob not null unique check (length(uuid) = 16),
  acquirer_code text not null,
  mid text not null,
  name text not null,
  created_at_ms integer not null,
  unique (acquirer_code, mid)
) strict;

create table store (
  id integer primary key,
  uuid blob not null unique check (length(uuid) = 16),
  merchant_id integer not null references merchant (id),
  name text not null,
  address text not null,
  created_at_ms integer not null
) strict;
create index store_of_merchant on store (merchant_id);

create table api_token (
  id integer primary key,
  uuid blob not null unique check (length(uuid) = 16),
  name text not null unique,
  token_hash blob not null unique check (length(token_hash) = 32),
  scopes text not null,
  expires_at_ms integer not null,
  revoked_at_ms integer,
  created_by text not null,
  created_at_ms integer not null
) strict;

create table idempotency (
  id integer primary key,
  key_hash blob not null unique check (length(key_hash) = 32),
  request_hash blob not null check (length(request_hash) = 32),
  made_kind text not null,
  made_id text not null,
  created_at_ms integer not null
) strict;
`

const terminals = `
create table terminal (
  id integer primary key,
  sn text not null unique,
  vendor text not null,
  model text not null,
  tusn text,
  state text not null check (${oneOf('state', terminalStates)}),
  asset_epoch integer not null,
  binding_epoch integer not null,
  issued_epoch integer not null,
  locked integer not null check (locked in (0, 1)),
  fence integer not null,
  seq_block_end integer not null,
  seq_device integer not null,
  uplink_seq integer not null,
  boot_id blob,
  session_nonce blob,
  session_id blob,
  session_since_ms integer,
  session_ended_ms integer,
  firmware text,
  signer_list_version integer not null,
  key_slots text,
  created_at_ms integer not null
) strict;
create index terminal_by_state on terminal (state);

create table certificate (
  id integer primary key,
  terminal_id integer not null references terminal (id),
  sha256 blob not null unique check (length(sha256) = 32),
  der blob not null,
  spki blob not null,
  issuer text not null check (issuer in ('tillgate', 'vendor')),
  not_before_ms integer not null,
  not_after_ms integer not null,
  registered_at_ms integer not null,
  revoked integer not null check (revoked in (0, 1)),
  revoked_at_ms integer,
  revoke_reason text
) strict;
create index certificate_of_terminal on certificate (terminal_id);
create trigger certificate_kept before delete on certificate
begin select raise(abort, 'certificate_kept: certificates are never deleted'); end;

create table enrolment_token (
  id integer primary key,
  uuid blob not null unique check (length(uuid) = 16),
  sn text not null,
  token_hash blob not null unique check (length(token_hash) = 32),
  reenrol integer not null check (reenrol in (0, 1)),
  expires_at_ms integer not null,
  used_at_ms integer,
  csr_hash blob,
  certificate_id integer references certificate (id),
  created_by text not null,
  created_at_ms integer not null
) strict;
create index enrolment_token_of_sn on enrolment_token (sn);
`

const bindings = `
create table binding (
  id integer primary key,
  uuid blob not null unique check (length(uuid) = 16),
  terminal_id integer not null references terminal (id),
  merchant_id integer not null references merchant (id),
  store_id integer references store (id),
  acquirer_code text not null,
  mid text not null,
  tid text not null,
  epoch integer not null,
  state text not null check (${oneOf('state', [...liveBindingStates, ...endedBindingStates])}),
  live integer not null check (live = (${oneOf('state', liveBindingStates)})),
  bind_command_id integer,
  params_hash blob not null,
  created_by text not null,
  created_at_ms integer not null,
  active_at_ms integer,
  ended_at_ms integer
) strict;
create index binding_of_terminal on binding (terminal_id);
create index binding_of_merchant on binding (merchant_id);
create unique index binding_live_terminal on binding (terminal_id) where live = 1;
create unique index binding_live_tid on binding (acquirer_code, mid, tid) where live = 1;
create trigger binding_kept before delete on binding
begin select raise(abort, 'binding_kept: bindings are never deleted'); end;

create table tid (
  id integer primary key,
  acquirer_code text not null,
  mid text not null,
  tid text not null,
  call_number integer not null,
  unique (acquirer_code, mid, tid)
) strict;
`

const commands = `
create table command (
  id integer primary key,
  uuid blob not null unique check (length(uuid) = 16),
  terminal_id integer not null references terminal (id),
  binding_id integer references binding (id),
  type integer not null,
  destructive integer not null check (destructive in (0, 1)),
  payload blob not null,
  approval_hash blob,
  asset_epoch integer not null,
  binding_epoch integer not null,
  created_by text not null,
  created_at_ms integer not null,
  not_after_ms integer not null,
  state text not null check (${oneOf('state', [...movingCommandStates, ...finalCommandStates])}),
  phase text check (phase is null or (destructive = 1 and state = 'running' and (${oneOf('phase', phases)}))),
  open integer not null check (
    open in (0, 1)
    and (open = 1 or not (${oneOf('state', movingCommandStates)}))
    and (open = 0 or outcome_unknown = 1 or ${oneOf('state', movingCommandStates)})),
  outcome_unknown integer not null check (outcome_unknown in (0, 1)),
  attempts integer not null,
  seq integer,
  fence integer,
  body blob,
  body_hash blob,
  attempt_nonce blob,
  published_at_ms integer,
  delivered_at_ms integer,
  accepted_at_ms integer,
  ready_nonce blob,
  ready_at_ms integer,
  lease_ms integer,
  host_call_number integer,
  host_answer text check (host_answer is null or host_answer = 'blocked' or host_answer = 'open' or host_answer = 'refused'),
  tid_may_be_blocked integer not null check (tid_may_be_blocked in (0, 1)),
  proceed_body blob,
  proceed_hash blob,
  proceed_seq integer,
  proceed_at_ms integer,
  after_release text check (after_release is null or ${oneOf('after_release', ['queued', 'cancelled', 'expired', 'refused'])}),
  result_code integer,
  result_payload blob,
  final_at_ms integer
) strict;
create index command_of_terminal on command (terminal_id);
create index command_of_binding on command (binding_id) where binding_id is not null;
create index command_open on command (terminal_id) where open = 1;
create index command_overdue on command (not_after_ms) where open = 1;
create index command_host_work on command (phase)
  where phase in ('ready', 'tid_blocking', 'tid_unblocking');
create index command_rare_end on command (state)
  where state in ('failed', 'refused', 'cancelled', 'expired', 'superseded', 'parked');

create table proof (
  id integer primary key,
  command_id integer not null references command (id),
  terminal_id integer not null references terminal (id),
  binding_id integer references binding (id),
  binding_epoch integer not null,
  certificate_id integer not null references certificate (id),
  envelope blob not null,
  body_hash blob not null check (length(body_hash) = 32),
  partial integer not null check (partial in (0, 1)),
  received_at_ms integer not null
) strict;
create index proof_of_command on proof (command_id);
create trigger proof_kept before delete on proof
begin select raise(abort, 'proof_kept: proofs are never deleted'); end;
`

const ledger = `
create table event (
  id integer primary key,
  at_ms integer not null,
  kind text not null,
  terminal_id integer,
  command_id integer,
  binding_id integer,
  actor text not null,
  data text not null,
  evidence blob
) strict;
create index event_of_command on event (command_id) where command_id is not null;
create trigger event_kept before delete on event
begin select raise(abort, 'event_kept: events are append-only'); end;
create trigger event_unchanged before update on event
begin select raise(abort, 'event_unchanged: events are append-only'); end;

create table cursor (
  id integer primary key,
  reader text not null unique,
  position integer not null
) strict;

create table vault (
  id integer primary key,
  name text not null unique,
  kind text not null,
  public_part blob,
  sealed_part blob,
  created_at_ms integer not null,
  retired_at_ms integer
) strict;
create index vault_by_kind on vault (kind);
`

export const firstTables: Migration = {
  version: 1,
  name: 'first-tables',
  sql: people + terminals + bindings + commands + ledger,
}
