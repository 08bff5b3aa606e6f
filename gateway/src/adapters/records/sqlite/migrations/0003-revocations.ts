/** Every node looks for what was revoked lately. */
import type { Migration } from '../../migration.js'

export const revocations: Migration = {
  version: 3,
  name: 'revocations',
  sql: `
create index certificate_revoked on certificate (revoked_at_ms) where revoked = 1;
`,
}
