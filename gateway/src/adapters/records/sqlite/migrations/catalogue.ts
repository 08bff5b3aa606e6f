/** The migrations in order; version n stands at place n - 1. A new one is a file and a line here. */
import { firstTables } from './0001-first-tables.js'
import { earlierBoots } from './0002-earlier-boots.js'
import { revocations } from './0003-revocations.js'
import { brokeredSessions } from './0004-brokered-sessions.js'
import { cases } from './0005-cases.js'
import { scopeKeysAndDocuments } from './0006-scope-keys-and-documents.js'
import { people } from './0007-people.js'
import { auditTree } from './0008-audit-tree.js'
import { forcedCloses } from './0009-forced-closes.js'
import { merchantSide } from './0010-merchant-side.js'
import { merchantLinks } from './0011-merchant-links.js'
import { whatMerchantsHear } from './0012-what-merchants-hear.js'
import { registrations } from './0013-registrations.js'
import { feesAndAgreements } from './0014-fees-and-agreements.js'
import { theWatchAfterwards } from './0015-the-watch-afterwards.js'
import type { Migration } from '../../migration.js'

export const migrations: readonly Migration[] = [
  firstTables,
  earlierBoots,
  revocations,
  brokeredSessions,
  cases,
  scopeKeysAndDocuments,
  people,
  auditTree,
  forcedCloses,
  merchantSide,
  merchantLinks,
  whatMerchantsHear,
  registrations,
  feesAndAgreements,
  theWatchAfterwards,
]
