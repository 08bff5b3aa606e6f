/** The thread that reads. Started from `dist`: Node 20 runs no TypeScript in a worker. */
import { serveDatabase } from './serve-database.js'
import { SqliteReader } from './sqlite-reader.js'

serveDatabase(({ file }) => new SqliteReader(file))
