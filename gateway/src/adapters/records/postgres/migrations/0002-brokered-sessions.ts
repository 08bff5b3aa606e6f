/** Behind a broker any node may have to check a session's MAC: its key, sealed, and whom it stands on. */
export const brokeredSessions = {
  version: 2,
  name: 'brokered-sessions',
  sql: `
alter table terminal add column session_key bytea;
alter table terminal add column session_certificate_id bigint references certificate (id)
  deferrable initially deferred;
`,
} as const
