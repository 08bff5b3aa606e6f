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

export const migrations: readonly Migration[] = [
  firstTables,
  brokeredSessions,
  cases,
  scopeKeysAndDocuments,
  people,
  auditTree,
  forcedCloses,
]
