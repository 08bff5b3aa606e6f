/** Notes of fees and deposits, and the versions of a case's closing agreement. None is changed or deleted. */
import type { Migration } from '../../migration.js'

const kept = (table: string, words: string): string => `
create function ${table}_kept() returns trigger language plpgsql as
  $$ begin raise exception '${table}_kept: ${words} are never deleted' using errcode = '23001'; end $$;
create trigger ${table}_kept before delete on ${table} for each row execute function ${table}_kept();
create sequence ${table}_ids cache 1;
`

export const feesAndAgreements: Migration = {
  version: 12,
  name: 'fees-and-agreements',
  sql: `
create table case_fee (
  id bigint primary key,
  uuid bytea not null unique check (length(uuid) = 16),
  case_id bigint not null references unbind_case (id),
  kind text not null check (kind in ('fee', 'deposit')),
  amount_minor bigint not null,
  currency text not null check (length(currency) = 3),
  note text not null,
  withdraws_id bigint unique references case_fee (id),
  created_by text not null,
  created_at_ms bigint not null
);
create index case_fee_of_case on case_fee (case_id, id);

create table case_agreement (
  id bigint primary key,
  case_id bigint not null references unbind_case (id),
  version bigint not null,
  facts text not null,
  sha256_en bytea not null check (length(sha256_en) = 32),
  sha256_zh bytea not null check (length(sha256_zh) = 32),
  made_by text not null,
  made_at_ms bigint not null,
  unique (case_id, version)
);
create index case_agreement_of_case on case_agreement (case_id, id);
${kept('case_fee', 'notes of fees')}${kept('case_agreement', 'agreements')}`,
}
