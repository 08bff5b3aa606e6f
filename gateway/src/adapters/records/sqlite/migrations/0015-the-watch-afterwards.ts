/** Attempts under a TID after its release, and the way from a TID to whom it belonged when. */
import type { Migration } from '../../migration.js'

export const theWatchAfterwards: Migration = {
  version: 15,
  name: 'the-watch-afterwards',
  sql: `
create table watch_attempt (
  id integer primary key,
  case_id integer not null references unbind_case (id),
  binding_id integer not null references binding (id),
  kind text not null check (kind in ('sale', 'authorization', 'key')),
  source text not null check (source in ('host', 'terminal')),
  reference text not null unique,
  sn text,
  at_ms integer not null,
  reported_by text not null,
  reported_at_ms integer not null
) strict;
create index watch_attempt_of_case on watch_attempt (case_id, id);
create index binding_of_tid on binding (acquirer_code, mid, tid, id);
create index unbind_case_of_binding on unbind_case (binding_id, id);
create trigger watch_attempt_kept before delete on watch_attempt
  begin select raise(abort, 'attempts are never deleted'); end;
`,
}
