/** Behind a broker any node may have to check a session's MAC: its key, sealed, and whom it stands on. */
export const brokeredSessions = {
  version: 4,
  name: 'brokered-sessions',
  sql: `
alter table terminal add column session_key blob;
alter table terminal add column session_certificate_id integer references certificate (id);
`,
} as const
