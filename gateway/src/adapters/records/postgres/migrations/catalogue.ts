/**
 * The migrations in order; version n stands at place n - 1. A new one is a file and a line here, and
 * only adds: the release before must still work on it (README).
 */
import type { Migration } from '../../migration.js'
import { firstTables } from './0001-first-tables.js'
import { brokeredSessions } from './0002-brokered-sessions.js'
import { cases } from './0003-cases.js'
import { scopeKeysAndDocuments } from './0004-scope-keys-and-documents.js'
import { people } from './0005-people.js'
import { auditTree } from './0006-audit-tree.js'
import { forcedCloses } from './0007-forced-closes.js'
import { merchantSide } from './0008-merchant-side.js'
import { merchantLinks } from './0009-merchant-links.js'
import { whatMerchantsHear } from './0010-what-merchants-hear.js'
import { registrations } from './0011-registrations.js'
import { feesAndAgreements } from './0012-fees-and-agreements.js'
import { theWatchAfterwards } from './0013-the-watch-afterwards.js'

export const migrations: readonly Migration[] = [
  firstTables,
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
