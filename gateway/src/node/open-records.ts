/** The records that the configuration names. */
import { hostname } from 'node:os'

import { openPostgresRecords } from '../adapters/records/postgres/open-postgres-records.js'
import { openSqliteRecords } from '../adapters/records/sqlite/open-sqlite-records.js'
import type { Records } from '../core/ports/records.js'
import type { NodeConfig } from './config.js'
import type { Machine } from './machine.js'

export const openRecords = (config: NodeConfig, machine: Machine): Promise<Records> => {
  const { records, dataFolder, log, nodeName = hostname() } = config
  return records?.kind === 'postgres'
    ? openPostgresRecords({ ...machine, url: records.url, nodeName, log })
    : openSqliteRecords({ ...machine, folder: dataFolder, log })
}
