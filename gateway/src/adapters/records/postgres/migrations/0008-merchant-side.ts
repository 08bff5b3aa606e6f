/**
 * The merchant's side of a case: how a merchant is reached, one-time codes that confirm, notices that wait
 * to be sent. A contact is told of one cause once; of a case one code is live at most.
 */
import type { Migration } from '../../migration.js'

export const merchantSide: Migration = {
  version: 8,
  name: 'merchant-side',
  sql: `
alter table unbind_case add column confirmed_at_ms bigint;
alter table unbind_case add column confirmed_how text check (confirmed_how is null or confirmed_how in ('code', 'counter'));
alter table unbind_case add column confirmed_by text;
alter table unbind_case add column confirmed_by_user_id bigint;
alter table unbind_case add column papers text not null default '[]';

create table merchant_contact (
  id bigint primary key,
  uuid bytea not null unique check (length(uuid) = 16),
  merchant_id bigint not null references merchant (id),
  channel text not null check (channel in ('sms', 'email', 'webhook')),
  language text not null check (language in ('en', 'zh')),
  masked text not null,
  sealed_to bytea,
  live smallint not null check (live in (0, 1) and (live = 1) = (ended_at_ms is null)),
  created_by text not null,
  created_at_ms bigint not null,
  ended_by text,
  ended_at_ms bigint,
  check ((sealed_to is null) = (live = 0))
);
create index merchant_contact_of_merchant on merchant_contact (merchant_id, id);
create index merchant_contact_live on merchant_contact (merchant_id, id) where live = 1;

create table confirm_code (
  id bigint primary key,
  case_id bigint not null references unbind_case (id),
  contact_id bigint not null references merchant_contact (id),
  salt bytea not null check (length(salt) = 16),
  code_hash bytea not null check (length(code_hash) = 32),
  tries bigint not null,
  live smallint not null check (live in (0, 1)),
  created_at_ms bigint not null,
  expires_at_ms bigint not null,
  used_at_ms bigint
);
create index confirm_code_of_case on confirm_code (case_id, id);
create unique index confirm_code_live on confirm_code (case_id) where live = 1;

create table notice (
  id bigint primary key,
  uuid bytea not null unique check (length(uuid) = 16),
  merchant_id bigint not null references merchant (id),
  contact_id bigint not null references merchant_contact (id),
  case_id bigint references unbind_case (id),
  kind text not null,
  cause text not null,
  data text not null,
  sealed_code bytea,
  state text not null check (state in ('WAITING', 'SENT', 'REFUSED', 'GIVEN_UP')),
  attempts bigint not null,
  due_at_ms bigint,
  give_up_at_ms bigint not null,
  created_at_ms bigint not null,
  ended_at_ms bigint,
  unique (contact_id, cause),
  check ((state = 'WAITING') = (due_at_ms is not null)),
  check (state = 'WAITING' or sealed_code is null)
);
create index notice_of_merchant on notice (merchant_id, id);
create index notice_due on notice (due_at_ms, id) where due_at_ms is not null;
create sequence merchant_contact_ids cache 1;
create sequence confirm_code_ids cache 1;
create sequence notice_ids cache 1;
`,
}
