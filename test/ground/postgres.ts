// A PostgreSQL server for tests, in this order: the one that TILLGATE_POSTGRES_URL names (its user may
// create databases), a private one that all files of a run share, none: then the tests are skipped with
// their reason, or fail where TILLGATE_REQUIRE names postgres. Each test gets a database of its own.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { inject, onTestFinished, test } from 'vitest'
import { tempFolder } from './folders.js'
import {
  binariesFolder,
  makeCluster,
  type Cluster,
  type ClusterOptions,
} from './postgres-cluster.js'
import { portFile } from './postgres-shared.js'
import { isRequired } from './programs.js'
import { waitFor } from './wait-for.js'

const given = process.env['TILLGATE_POSTGRES_URL']

const MISSING = 'needs a PostgreSQL server, not on this machine'

/** Undefined where there is one. Throws where there must be one and is not. */
export const noPostgres = (mustBeOwn = false): string | undefined => {
  if (binariesFolder() !== undefined || (given !== undefined && !mustBeOwn)) return undefined
  if (isRequired('postgres')) throw new Error('TILLGATE_REQUIRE names postgres, which is not here')
  return MISSING
}

/** Tests that need a server, or one to do ill to; a single one that says why, where there is none. */
export const withPostgres = (name: string, define: () => void, mustBeOwn = false): void => {
  const missing = noPostgres(mustBeOwn)
  if (missing === undefined) define()
  else test(name, (context) => context.skip(missing))
}

/** Starts the run's server, or waits until another file has. */
const sharedPort = async (): Promise<number> => {
  const folder = inject('postgresFolder')
  const file = portFile(folder)
  if (existsSync(file)) return Number(readFileSync(file, 'utf8'))
  try {
    mkdirSync(join(folder, 'taken'))
  } catch {
    await waitFor(() => existsSync(file), { what: 'the shared PostgreSQL', timeoutMs: 60_000 })
    return Number(readFileSync(file, 'utf8'))
  }
  const own = join(folder, 'cluster')
  mkdirSync(own)
  const cluster = await makeCluster(own, { fsync: false })
  await cluster.start()
  writeFileSync(file, String(cluster.port))
  return cluster.port
}

const maintenanceUrl = async (): Promise<string> =>
  given ?? `postgres://tillgate@127.0.0.1:${String(await sharedPort())}/postgres`

const withClient = async <T>(url: string, use: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

/** Rows of one statement, on a connection of its own. */
export const queryOnce = (
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Record<string, unknown>[]> =>
  withClient(
    url,
    async (client) => (await client.query(text, [...values])).rows as Record<string, unknown>[],
  )

let made = 0

const createDatabase = async (base: string): Promise<string> => {
  const name = `tillgate_${String(process.pid)}_${String((made += 1))}`
  await queryOnce(base, `create database ${name}`)
  const url = new URL(base)
  url.pathname = `/${name}`
  return url.href
}

/** The URL of an empty database, which goes when the test ends, or with the server outside of a test. */
export const freshDatabase = async (): Promise<string> => {
  const base = await maintenanceUrl()
  const url = await createDatabase(base)
  try {
    onTestFinished(async () => {
      await queryOnce(base, `drop database ${new URL(url).pathname.slice(1)} with (force)`)
    })
  } catch {
    // Not inside a test: the run's server goes, and it with it.
  }
  return url
}

/** Databases of a server that is stopped by hand: for programs, which no test runs. */
export interface Postgres {
  database(): Promise<string>
  stop(): Promise<void>
}

export const startPostgres = async (options: ClusterOptions = {}): Promise<Postgres> => {
  const cluster =
    given === undefined ? await makeCluster(tempFolder('postgres'), options) : undefined
  await cluster?.start()
  return {
    database: () => createDatabase(cluster?.url('postgres') ?? given ?? ''),
    stop: async () => cluster?.stop(),
  }
}

/** A server of the test's own, started, which goes when the test ends; for what may be killed. */
export const ownCluster = async (options: ClusterOptions = {}): Promise<Cluster> => {
  const folder = tempFolder('postgres')
  const cluster = await makeCluster(folder, options)
  await cluster.start()
  onTestFinished(() => cluster.stop())
  return cluster
}
