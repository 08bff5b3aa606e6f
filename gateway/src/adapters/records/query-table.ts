/** Every query of the core, written for every dialect; the compiler misses none. */
import { caseQueries } from './case-queries.js'
import { auditQueries } from './audit-queries.js'
import { commandQueries } from './command-queries.js'
import { gatewayQueries } from './gateway-queries.js'
import { merchantSideQueries } from './merchant-side-queries.js'
import { merchantQueries } from './merchant-queries.js'
import { peopleQueries } from './people-queries.js'
import type { QueryTable } from './query.js'
import { sealedQueries } from './sealed-queries.js'
import { terminalQueries } from './terminal-queries.js'

export const queryTable: QueryTable = {
  ...commandQueries,
  ...caseQueries,
  ...terminalQueries,
  ...merchantQueries,
  ...merchantSideQueries,
  ...peopleQueries,
  ...gatewayQueries,
  ...sealedQueries,
  ...auditQueries,
}
