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
  version: 5,
  name: 'cases',
  sql: `
create table unbind_case (
  id integer primary key,
  uuid blob not null unique check (length(uuid) = 16),
  terminal_id integer not null references terminal (id),
  binding_id integer not null references binding (id),
  merchant_id integer not null references merchant (id),
  reason text not null,
  note text not null,
  state text not null check (state in (${names(caseStates)})),
  open integer not null check (
    open in (0, 1) and (open = 0) = (state in (${names(endedCaseStates)}))),
  waits_for text not null,
  waivers text not null,
  approval_hash blob check (approval_hash is null or length(approval_hash) = 32),
  command_id integer,
  orders integer not null,
  postponements integer not null,
  partial_proofs integer not null,
  reboots integer not null,
  starts_at_ms integer not null,
  deadline_ms integer not null,
  due_at_ms integer,
  created_by text not null,
  created_at_ms integer not null,
  ended_at_ms integer
) strict;
create unique index unbind_case_open on unbind_case (binding_id) where open = 1;
create index unbind_case_of_terminal on unbind_case (terminal_id, id);
create index unbind_case_of_merchant on unbind_case (merchant_id, id);
create index unbind_case_due on unbind_case (due_at_ms) where due_at_ms is not null;
create index unbind_case_in_state on unbind_case (state, id) where open = 1;
create trigger unbind_case_kept before delete on unbind_case
begin select raise(abort, 'unbind_case_kept: cases are never deleted'); end;
alter table command add column case_id integer references unbind_case (id);
alter table event add column case_id integer;
create index event_of_case on event (case_id) where case_id is not null;
`,
}
