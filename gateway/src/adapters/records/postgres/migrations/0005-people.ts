/**
 * People with their sessions, approvals with targets and votes, the tallies of what was asked for, and the
 * brake. Users, approvals, targets and votes are never deleted; a user votes once on a request; the flag
 * `open` agrees with the state. The brake begins with the terminals that are past `Proceed` now.
 */
import type { Migration } from '../../migration.js'

const kept = (table: string): string => `
create function ${table}_kept() returns trigger language plpgsql as
  $$ begin raise exception '${table}_kept: this is never deleted' using errcode = '23001'; end $$;
create trigger ${table}_kept before delete on "${table}" for each row execute function ${table}_kept();
create trigger ${table}_kept_whole before truncate on "${table}" for each statement execute function ${table}_kept();
`

const ids = [
  'user',
  'user_session',
  'approval',
  'approval_target',
  'approval_vote',
  'approval_tally',
  'brake',
]
  .map((table) => `create sequence ${table}_ids cache 1;\n`)
  .join('')

const never = ['user', 'approval', 'approval_target', 'approval_vote'].map(kept).join('')

export const people: Migration = {
  version: 5,
  name: 'people',
  sql: `
create table "user" (
  id bigint primary key,
  uuid bytea not null unique check (length(uuid) = 16),
  login text not null unique,
  name text not null,
  roles text not null,
  agent_id text,
  acquirer_code text,
  state text not null check (state in ('INVITED', 'ACTIVE', 'LOCKED', 'LEFT')),
  epoch bigint not null,
  password_hash text,
  totp_secret bytea,
  totp_step bigint not null,
  failed_attempts bigint not null,
  held_until_ms bigint not null,
  activation_hash bytea unique check (activation_hash is null or length(activation_hash) = 32),
  activation_ends_at_ms bigint,
  admitted_by text not null,
  created_by text not null,
  created_at_ms bigint not null,
  check (state <> 'ACTIVE' or (password_hash is not null and totp_secret is not null))
);
create index user_under_key on "user" (substr(totp_secret, 2, 8), id) where totp_secret is not null;

create table user_session (
  id bigint primary key,
  uuid bytea not null unique check (length(uuid) = 16),
  user_id bigint not null references "user" (id),
  token_hash bytea not null unique check (length(token_hash) = 32),
  user_epoch bigint not null,
  created_at_ms bigint not null,
  seen_at_ms bigint not null,
  ends_at_ms bigint not null,
  ended_at_ms bigint
);
create index user_session_of_user on user_session (user_id, id);

create table approval (
  id bigint primary key,
  uuid bytea not null unique check (length(uuid) = 16),
  kind text not null,
  subject bytea not null,
  subject_hash bytea not null check (length(subject_hash) = 32),
  target_count bigint not null check (target_count > 0),
  maker_actor text not null,
  maker_user_id bigint references "user" (id),
  maker_token_uuid bytea,
  maker_names text not null,
  maker_count bigint not null,
  merchant_count bigint not null,
  approvers_needed bigint not null check (approvers_needed > 0),
  break_glass smallint not null check (break_glass in (0, 1)),
  brake_cap bigint,
  acquirer_code text,
  state text not null check (state in ('PENDING', 'GRANTED', 'REJECTED', 'WITHDRAWN', 'EXPIRED', 'USED')),
  open smallint not null check (open in (0, 1) and (open = 1) = (state = 'PENDING')),
  reason text not null,
  used_count bigint not null check (used_count <= target_count),
  expires_at_ms bigint not null,
  created_at_ms bigint not null,
  decided_at_ms bigint
);
create index approval_by_subject on approval (subject_hash);
create index approval_in_state on approval (state, id);
create index approval_overdue on approval (expires_at_ms) where open = 1;

create table approval_target (
  id bigint primary key,
  approval_id bigint not null references approval (id),
  terminal_id bigint not null references terminal (id),
  sn text not null,
  merchant_id bigint not null references merchant (id),
  binding_uuid bytea not null check (length(binding_uuid) = 16),
  binding_epoch bigint not null,
  used_by text,
  unique (approval_id, terminal_id)
);
create index approval_target_in_order on approval_target (approval_id, id);

create table approval_vote (
  id bigint primary key,
  approval_id bigint not null references approval (id),
  user_id bigint not null references "user" (id),
  decision text not null check (decision in ('approve', 'reject')),
  reason text not null,
  subject_hash bytea not null check (length(subject_hash) = 32),
  totp_step bigint not null,
  label text not null,
  break_glass smallint not null check (break_glass in (0, 1)),
  at_ms bigint not null,
  unique (approval_id, user_id)
);
create index approval_vote_in_order on approval_vote (approval_id, id);

create table approval_tally (
  id bigint primary key,
  key text not null unique,
  hours text not null
);

create table brake (
  id bigint primary key check (id = 1),
  held bigint not null check (held >= 0)
);
insert into brake (id, held) select 1, count(*) from command
  where phase in ('proceed_sent', 'proceed_unknown', 'erasing') having count(*) > 0;
${never}${ids}`,
}
