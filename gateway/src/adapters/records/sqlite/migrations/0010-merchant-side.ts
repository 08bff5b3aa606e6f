/**
 * The merchant's side of a case: how a merchant is reached, one-time codes that confirm, notices that wait
 * to be sent. A contact is told of one cause once; of a case one code is live at most.
 */
import type { Migration } from '../../migration.js'

export const merchantSide: Migration = {
  version: 10,
  name: 'merchant-side',
  sql: `
alter table unbind_case add column confirmed_at_ms integer;
alter table unbind_case add column confirmed_how text check (confirmed_how is null or confirmed_how in ('code', 'counter'));
alter table unbind_case add column confirmed_by text;
alter table unbind_case add column confirmed_by_user_id integer;
alter table unbind_case add column papers text not null default '[]';

create table merchant_contact (
  id integer primary key,
  uuid blob not null unique check (length(uuid) = 16),
  merchant_id integer not null references merchant (id),
  channel text not null check (channel in ('sms', 'email', 'webhook')),
  language text not null check (language in ('en', 'zh')),
  masked text not null,
  sealed_to blob,
  live integer not null check (live in (0, 1) and (live = 1) = (ended_at_ms is null)),
  created_by text not null,
  created_at_ms integer not null,
  ended_by text,
  ended_at_ms integer,
  check ((sealed_to is null) = (live = 0))
) strict;
create index merchant_contact_of_merchant on merchant_contact (merchant_id, id);
create index merchant_contact_live on merchant_contact (merchant_id, id) where live = 1;

create table confirm_code (
  id integer primary key,
  case_id integer not null references unbind_case (id),
  contact_id integer not null references merchant_contact (id),
  salt blob not null check (length(salt) = 16),
  code_hash blob not null check (length(code_hash) = 32),
  tries integer not null,
  live integer not null check (live in (0, 1)),
  created_at_ms integer not null,
  expires_at_ms integer not null,
  used_at_ms integer
) strict;
create index confirm_code_of_case on confirm_code (case_id, id);
create unique index confirm_code_live on confirm_code (case_id) where live = 1;

create table notice (
  id integer primary key,
  uuid blob not null unique check (length(uuid) = 16),
  merchant_id integer not null references merchant (id),
  contact_id integer not null references merchant_contact (id),
  case_id integer references unbind_case (id),
  kind text not null,
  cause text not null,
  data text not null,
  sealed_code blob,
  state text not null check (state in ('WAITING', 'SENT', 'REFUSED', 'GIVEN_UP')),
  attempts integer not null,
  due_at_ms integer,
  give_up_at_ms integer not null,
  created_at_ms integer not null,
  ended_at_ms integer,
  unique (contact_id, cause),
  check ((state = 'WAITING') = (due_at_ms is not null)),
  check (state = 'WAITING' or sealed_code is null)
) strict;
create index notice_of_merchant on notice (merchant_id, id);
create index notice_due on notice (due_at_ms, id) where due_at_ms is not null;
`,
}
