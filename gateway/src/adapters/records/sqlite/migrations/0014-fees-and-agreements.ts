/** Notes of fees and deposits, and the versions of a case's closing agreement. None is changed or deleted. */
import type { Migration } from '../../migration.js'

const kept = (table: string, words: string): string => `
create trigger ${table}_kept before delete on ${table}
  begin select raise(abort, '${words} are never deleted'); end;
`

export const feesAndAgreements: Migration = {
  version: 14,
  name: 'fees-and-agreements',
  sql: `
create table case_fee (
  id integer primary key,
  uuid blob not null unique check (length(uuid) = 16),
  case_id integer not null references unbind_case (id),
  kind text not null check (kind in ('fee', 'deposit')),
  amount_minor integer not null,
  currency text not null check (length(currency) = 3),
  note text not null,
  withdraws_id integer unique references case_fee (id),
  created_by text not null,
  created_at_ms integer not null
) strict;
create index case_fee_of_case on case_fee (case_id, id);

create table case_agreement (
  id integer primary key,
  case_id integer not null references unbind_case (id),
  version integer not null,
  facts text not null,
  sha256_en blob not null check (length(sha256_en) = 32),
  sha256_zh blob not null check (length(sha256_zh) = 32),
  made_by text not null,
  made_at_ms integer not null,
  unique (case_id, version)
) strict;
create index case_agreement_of_case on case_agreement (case_id, id);
${kept('case_fee', 'notes of fees')}${kept('case_agreement', 'agreements')}`,
}
