/** The thread that writes. Started from `dist`: Node 20 runs no TypeScript in a worker. */
import { operations } from '../../../core/operations/catalogue.js'
import { migrations } from './migrations/catalogue.js'
import { serveDatabase } from './serve-database.js'
import { SqliteStore } from './sqlite-store.js'

serveDatabase(({ file, nowMs }) => new SqliteStore({ file, nowMs, migrations, operations }))
