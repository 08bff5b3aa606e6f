/**
 * Unbind cases: one open case a binding at most (U1), never deleted. A command that a case ordered names
 * it, and so does every event of the case. `due_at_ms` is when the case wants to be looked at again.
 */
import type { Migration } from '../../migration.js'

const names = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ')

const endedCaseStates = ['CLOSED', 'CLOSED_UNPROVEN', 'CANCELLED', 'REJECTED']
const caseStates = [
  'OPENED',
  'PRECHECK',
  'BLOCKED',
  'AWAITING_APPROVAL',
  'APPROVED',
  'DISPATCHED',
  'WAITING_DEVICE',
  'POSTPONED',
  'QUIESCING',
  'FLUSHING',
  'SETTLING',
  'UPLOADING',
  'READY',
  'TID_BLOCKING',
  'PROCEED_SENT',
  'PROCEED_UNKNOWN',
  'ERASING_KEYS',
  'ERASING_PARAMS',
  'AWAITING_PROOF',
  'FAILED_PARTIAL',
  'PROVEN',
  'DEREGISTERING',
  'ABORTING',
  'TID_UNBLOCKING',
  'FORCED',
  ...endedCaseStates,
]

export const cases: Migration = {
  version: 3,
  name: 'cases',
  sql: `
create table unbind_case (
  id bigint primary key,
  uuid bytea not null unique check (length(uuid) = 16),
  terminal_id bigint not null references terminal (id),
  binding_id bigint not null references binding (id),
  merchant_id bigint not null references merchant (id),
  reason text not null,
  note text not null,
  state text not null check (state in (${names(caseStates)})),
  open smallint not null check (
    open in (0, 1) and (open = 0) = (state in (${names(endedCaseStates)}))),
  waits_for text not null,
  waivers text not null,
  approval_hash bytea check (approval_hash is null or length(approval_hash) = 32),
  command_id bigint,
  orders bigint not null,
  postponements bigint not null,
  partial_proofs bigint not null,
  reboots bigint not null,
  starts_at_ms bigint not null,
  deadline_ms bigint not null,
  due_at_ms bigint,
  created_by text not null,
  created_at_ms bigint not null,
  ended_at_ms bigint
);
create unique index unbind_case_open on unbind_case (binding_id) where open = 1;
create index unbind_case_of_terminal on unbind_case (terminal_id, id);
create index unbind_case_of_merchant on unbind_case (merchant_id, id);
create index unbind_case_due on unbind_case (due_at_ms) where due_at_ms is not null;
create index unbind_case_in_state on unbind_case (state, id) where open = 1;
alter table command add column case_id bigint references unbind_case (id);
alter table event add column case_id bigint;
create sequence unbind_case_ids cache 1;
create index event_of_case on event (case_id, id) where case_id is not null;
`,
}
