/** The boots of a terminal before its present one, so that a Hello of theirs said again is known for what it is. */
import type { Migration } from '../../migration.js'

export const earlierBoots: Migration = {
  version: 2,
  name: 'earlier-boots',
  sql: `
create table earlier_boots (
  id integer primary key,
  terminal_id integer not null unique references terminal (id),
  boot_ids blob not null check (length(boot_ids) % 16 = 0)
) strict;
`,
}
