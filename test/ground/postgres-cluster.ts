// A private PostgreSQL server in a folder of its own, on a free port of the loopback, as a user without
// rights where we are root (PostgreSQL refuses root). Never the one on the standard port. It lives on
// without its starter, so that several test files can share it; who owns the folder stops it.
import { spawn, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, join } from 'node:path'
import { freePort } from './ports.js'
import { waitFor } from './wait-for.js'

/** Debian keeps the server's programs beside each other, one folder a version, and not in PATH. */
const folders = (): readonly string[] => {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian)
    ? readdirSync(debian).sort((a, b) => Number(b) - Number(a))
    : []
  return [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...versions.map((version) => join(debian, version, 'bin')),
  ]
}

const NEEDED = ['postgres', 'initdb', 'pg_ctl']

/** The folder with all that a cluster needs; undefined where there is none. */
export const binariesFolder = (): string | undefined =>
  folders().find((folder) => NEEDED.every((name) => existsSync(join(folder, name))))

interface Account {
  readonly uid: number
  readonly gid: number
}

const accountOf = (name: string): Account | undefined => {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' })
    return status === 0 ? Number(stdout) : undefined
  })
  return uid === undefined || gid === undefined ? undefined : { uid, gid }
}

const account = (): Account | undefined =>
  process.getuid?.() === 0 ? (accountOf('postgres') ?? accountOf('nobody')) : undefined

export interface Cluster {
  readonly port: number
  /** The URL of one of its databases. */
  url(database: string, user?: string): string
  /** Of its first process, while it runs. */
  pid(): number | undefined
  start(): Promise<void>
  /** As if the machine had lost it. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export interface ClusterOptions {
  /** Off is faster, and enough where nothing is killed. */
  readonly fsync?: boolean
  readonly settings?: Readonly<Record<string, string>>
}

export const SUPERUSER = 'tillgate'

/** A name whose bearer, once there is one, needs a password. */
export const GUARDED = 'guarded'

const run = async (folder: string, program: string, args: readonly string[]): Promise<void> => {
  const binaries = binariesFolder()
  if (binaries === undefined) throw new Error('no PostgreSQL server on this machine')
  const child = spawn(join(binaries, program), [...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...account(),
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  // Not its streams' end: the server inherits them.
  const code = await new Promise((resolve) => child.once('exit', resolve))
  child.stderr.destroy()
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}: ${said}`)
}

const give = (folder: string): void => {
  const owner = account()
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid)
}

const pidIn = (data: string): number | undefined => {
  const file = join(data, 'postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** A cluster in this folder, which is empty; not started yet. */
export const makeCluster = async (
  folder: string,
  { fsync = true, settings = {} }: ClusterOptions = {},
): Promise<Cluster> => {
  give(folder)
  const data = join(folder, 'data')
  const init = ['-D', data, '-U', SUPERUSER, '-A', 'trust', '--no-sync', '-E', 'UTF8']
  await run(folder, 'initdb', [...init, '--locale=C'])
  const port = await freePort()
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '100',
    fsync: fsync ? 'on' : 'off',
    shared_buffers: '64MB',
    ...settings,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name} = '${value}'\n`)
  appendFileSync(join(data, 'postgresql.conf'), lines.join(''))
  const access = join(data, 'pg_hba.conf')
  const guarded = `host all ${GUARDED} 127.0.0.1/32 scram-sha-256\n`
  writeFileSync(access, guarded + readFileSync(access, 'utf8'))
  return clusterIn(folder, port)
}

/** One that somebody has made before. */
export const clusterIn = (folder: string, port: number): Cluster => {
  const data = join(folder, 'data')
  const gone = (pid: number): Promise<unknown> =>
    waitFor(() => !isAlive(pid), { what: 'the end of the server', timeoutMs: 20_000 })
  return {
    port,
    url: (database, user = SUPERUSER) => `postgres://${user}@127.0.0.1:${String(port)}/${database}`,
    pid: () => pidIn(data),
    start: () => run(folder, 'pg_ctl', ['start', '-w', '-D', data, '-l', join(folder, 'log')]),
    kill: async () => {
      const pid = pidIn(data)
      if (pid === undefined) return
      process.kill(pid, 'SIGKILL')
      await gone(pid)
    },
    stop: async () => {
      const pid = pidIn(data)
      if (pid === undefined || !isAlive(pid)) return
      await run(folder, 'pg_ctl', ['stop', '-w', '-m', 'immediate', '-D', data])
      await gone(pid)
    },
  }
}
