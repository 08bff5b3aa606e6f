/**
 * People with their sessions, approvals with targets and votes, the tallies of what was asked for, and the
 * brake. Users, approvals, targets and votes are never deleted; a user votes once on a request; the flag
 * `open` agrees with the state. The brake begins with the terminals that are past `Proceed` now.
 */
import type { Migration } from '../../migration.js'

const kept = (table: string): string => `
create trigger ${table}_kept before delete on "${table}"
begin select raise(abort, '${table}_kept: this is never deleted'); end;
`

const never = ['user', 'approval', 'approval_target', 'approval_vote'].map(kept).join('')

export const people: Migration = {
  version: 7,
  name: 'people',
  sql: `
create table "user" (
  id integer primary key,
  uuid blob not null unique check (length(uuid) = 16),
  login text not null unique,
  name text not null,
  roles text not null,
  agent_id text,
  acquirer_code text,
  state text not null check (state in ('INVITED', 'ACTIVE', 'LOCKED', 'LEFT')),
  epoch integer not null,
  password_hash text,
  totp_secret blob,
  totp_step integer not null,
  failed_attempts integer not null,
  held_until_ms integer not null,
  activation_hash blob unique check (activation_hash is null or length(activation_hash) = 32),
  activation_ends_at_ms integer,
  admitted_by text not null,
  created_by text not null,
  created_at_ms integer not null,
  check (state <> 'ACTIVE' or (password_hash is not null and totp_secret is not null))
) strict;
create index user_under_key on "user" (substr(totp_secret, 2, 8), id) where totp_secret is not null;

create table user_session (
  id integer primary key,
  uuid blob not null unique check (length(uuid) = 16),
  user_id integer not null references "user" (id),
  token_hash blob not null unique check (length(token_hash) = 32),
  user_epoch integer not null,
  created_at_ms integer not null,
  seen_at_ms integer not null,
  ends_at_ms integer not null,
  ended_at_ms integer
) strict;
create index user_session_of_user on user_session (user_id);

create table approval (
  id integer primary key,
  uuid blob not null unique check (length(uuid) = 16),
  kind text not null,
  subject blob not null,
  subject_hash blob not null check (length(subject_hash) = 32),
  target_count integer not null check (target_count > 0),
  maker_actor text not null,
  maker_user_id integer references "user" (id),
  maker_token_uuid blob,
  maker_names text not null,
  maker_count integer not null,
  merchant_count integer not null,
  approvers_needed integer not null check (approvers_needed > 0),
  break_glass integer not null check (break_glass in (0, 1)),
  brake_cap integer,
  acquirer_code text,
  state text not null check (state in ('PENDING', 'GRANTED', 'REJECTED', 'WITHDRAWN', 'EXPIRED', 'USED')),
  open integer not null check (open in (0, 1) and (open = 1) = (state = 'PENDING')),
  reason text not null,
  used_count integer not null check (used_count <= target_count),
  expires_at_ms integer not null,
  created_at_ms integer not null,
  decided_at_ms integer
) strict;
create index approval_by_subject on approval (subject_hash);
create index approval_in_state on approval (state);
create index approval_overdue on approval (expires_at_ms) where open = 1;

create table approval_target (
  id integer primary key,
  approval_id integer not null references approval (id),
  terminal_id integer not null references terminal (id),
  sn text not null,
  merchant_id integer not null references merchant (id),
  binding_uuid blob not null check (length(binding_uuid) = 16),
  binding_epoch integer not null,
  used_by text,
  unique (approval_id, terminal_id)
) strict;
create index approval_target_in_order on approval_target (approval_id);

create table approval_vote (
  id integer primary key,
  approval_id integer not null references approval (id),
  user_id integer not null references "user" (id),
  decision text not null check (decision in ('approve', 'reject')),
  reason text not null,
  subject_hash blob not null check (length(subject_hash) = 32),
  totp_step integer not null,
  label text not null,
  break_glass integer not null check (break_glass in (0, 1)),
  at_ms integer not null,
  unique (approval_id, user_id)
) strict;
create index approval_vote_in_order on approval_vote (approval_id);

create table approval_tally (
  id integer primary key,
  key text not null unique,
  hours text not null
) strict;

create table brake (
  id integer primary key check (id = 1),
  held integer not null check (held >= 0)
) strict;
insert into brake (id, held) select 1, count(*) from command
  where phase in ('proceed_sent', 'proceed_unknown', 'erasing') having count(*) > 0;
${never}`,
}
