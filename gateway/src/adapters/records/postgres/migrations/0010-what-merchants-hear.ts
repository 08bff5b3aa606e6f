/** What a contact has heard of a case is counted, and how often its appointment was moved. */
import type { Migration } from '../../migration.js'

export const whatMerchantsHear: Migration = {
  version: 10,
  name: 'what-merchants-hear',
  sql: `
create index notice_of_case on notice (contact_id, case_id, id);
alter table unbind_case add column reschedules bigint not null default 0;
`,
}
