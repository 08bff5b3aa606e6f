/**
 * Cases that were closed by force, with what has become of their terminals since. `pending` while nothing
 * shows that the keys are gone; such a terminal is looked for by who it is.
 */
import type { Migration } from '../../migration.js'

export const forcedCloses: Migration = {
  version: 9,
  name: 'forced-closes',
  sql: `
create table forced_close (
  id integer primary key,
  case_id integer not null unique references unbind_case (id),
  terminal_id integer not null references terminal (id),
  binding_id integer not null references binding (id),
  reason text not null,
  document_uuid blob check (document_uuid is null or length(document_uuid) = 16),
  approval_hash blob not null check (length(approval_hash) = 32),
  forced_at_ms integer not null,
  call_number integer,
  host_answer text check (host_answer is null or host_answer in ('blocked', 'unknown-tid')),
  blocked_at_ms integer,
  pending integer not null check (pending in (0, 1) and (pending = 1) = (erased_by is null)),
  erase_command_id integer,
  erase_orders integer not null,
  erased_by text check (erased_by is null or erased_by in ('proof', 'depot')),
  erased_at_ms integer
) strict;
create index forced_close_of_terminal on forced_close (terminal_id, id);
create index forced_close_pending on forced_close (terminal_id) where pending = 1;
create trigger forced_close_kept before delete on forced_close
begin select raise(abort, 'forced_close_kept: forced closes are never deleted'); end;
`,
}
