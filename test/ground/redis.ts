// Redis servers of a test's own, on free ports, with everything that can happen to one: killed, paused,
// flushed, restarted, failed over. Never the machine's server. One that several tests share is started in
// a hook: what is started inside a test loses its folder when that test ends.
import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { tempFolder } from './folders.js'
import { freePort } from './ports.js'
import { hasProgram } from './programs.js'
import { waitFor } from './wait-for.js'

const run = promisify(execFile)

export const redisPrograms = ['redis-server', 'redis-cli'] as const

/** For a hook: a test without these programs is skipped by `testWith`, with its reason. */
export const hasRedis = (): boolean => redisPrograms.every(hasProgram)

export interface RedisOptions {
  readonly password?: string
  /** More of redis-server's own: `['--maxmemory', '8mb']`. */
  readonly settings?: readonly string[]
}

const host = '127.0.0.1'

// Whoever runs the tests may be ended before any hook has run.
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** One process of redis-server, as data server or Sentinel. */
export class RedisProcess {
  readonly port: number
  readonly #args: readonly string[]
  /** With which redis-cli asks. */
  password: string | undefined
  #child: ChildProcess | undefined

  constructor(port: number, args: readonly string[], password?: string) {
    this.port = port
    this.#args = args
    this.password = password
  }

  get url(): string {
    const access = this.password === undefined ? '' : `:${this.password}@`
    return `redis://${access}${host}:${String(this.port)}`
  }

  /** Starts it, and waits until it answers at all; `LOADING` is an answer. */
  async start(): Promise<void> {
    this.launch()
    await waitFor(() => this.answers(), { what: `redis-server on port ${String(this.port)}` })
  }

  /** Starts it and does not wait. */
  launch(): void {
    const child = spawn('redis-server', this.#args, { stdio: 'ignore' })
    this.#child = child
    running.add(child)
    child.once('exit', () => {
      running.delete(child)
      if (this.#child === child) this.#child = undefined
    })
  }

  /** What redis-cli prints for this command. An error reply is printed as well. */
  async ask(...command: readonly (string | number)[]): Promise<string> {
    const env = { ...process.env, ...(this.password && { REDISCLI_AUTH: this.password }) }
    const args = ['-h', host, '-p', String(this.port), ...command.map(String)]
    const { stdout } = await run('redis-cli', args, { env, timeout: 5_000 })
    return stdout.trim()
  }

  async answers(): Promise<boolean> {
    return /^(PONG|LOADING|MASTERDOWN)/.test(await this.ask('ping'))
  }

  async flush(): Promise<void> {
    await this.ask('flushall')
  }

  /** Stopped and not gone: connections stay open and nothing answers. */
  pause(): void {
    this.#child?.kill('SIGSTOP')
  }

  resume(): void {
    this.#child?.kill('SIGCONT')
  }

  /** As a machine that loses power. */
  async kill(): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  async restart(): Promise<void> {
    await this.kill()
    await this.start()
  }
}

const serverArgs = (
  port: number,
  folder: string,
  { password, settings }: RedisOptions,
): string[] => [
  ...['--port', String(port), '--bind', host, '--dir', folder, '--daemonize', 'no'],
  ...['--save', '', '--appendonly', 'no', '--enable-debug-command', 'yes'],
  ...['--repl-diskless-sync-delay', '0', '--shutdown-timeout', '0'],
  ...(password === undefined ? [] : ['--requirepass', password, '--masterauth', password]),
  ...(settings ?? []),
]

const prepared = async (options: RedisOptions): Promise<RedisProcess> => {
  const port = await freePort()
  return new RedisProcess(port, serverArgs(port, tempFolder('redis'), options), options.password)
}

export const startRedis = async (options: RedisOptions = {}): Promise<RedisProcess> => {
  const server = await prepared(options)
  await server.start()
  return server
}

export interface SentinelGroup {
  /** For `redisServersFrom`. */
  readonly url: string
  readonly servers: readonly RedisProcess[]
  readonly sentinels: readonly RedisProcess[]
  /** Whom the Sentinels name. */
  master(): Promise<RedisProcess>
  replicas(): Promise<readonly RedisProcess[]>
  /** Orders one, and waits until the Sentinels name another master that takes writes. */
  failover(): Promise<RedisProcess>
  /** Waits until the Sentinels name another master than this one. */
  failedOver(from: RedisProcess): Promise<RedisProcess>
  stop(): Promise<void>
}

const groupName = 'tillgate'
/** A Sentinel that was kept from its processor for two seconds waits for half a minute (TILT). */
const failoverMsMax = 90_000

const sentinelFile = (folder: string, port: number, masterPort: number): string => {
  const file = join(folder, `sentinel-${String(port)}.conf`)
  const lines = [
    `port ${String(port)}`,
    `bind ${host}`,
    `dir ${folder}`,
    `sentinel monitor ${groupName} ${host} ${String(masterPort)} 2`,
    `sentinel down-after-milliseconds ${groupName} 500`,
    `sentinel failover-timeout ${groupName} 1500`,
  ]
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}

const startReplicas = async (master: RedisProcess, count: number): Promise<RedisProcess[]> => {
  const settings = ['--replicaof', `${host} ${String(master.port)}`]
  const replicas = await Promise.all(Array.from({ length: count }, () => startRedis({ settings })))
  const follow = async (): Promise<boolean> =>
    (await master.ask('info', 'replication')).split('state=online').length - 1 === count
  await waitFor(follow, { what: 'the replicas to follow' })
  return replicas
}

export const startSentinel = async (replicaCount = 1): Promise<SentinelGroup> => {
  const first = await startRedis()
  const servers = [first, ...(await startReplicas(first, replicaCount))]
  const folder = tempFolder('sentinel')
  const sentinels = await Promise.all(
    [1, 2, 3].map(async () => {
      const port = await freePort()
      const sentinel = new RedisProcess(port, [
        sentinelFile(folder, port, first.port),
        '--sentinel',
      ])
      await sentinel.start()
      return sentinel
    }),
  )
  // Sentinels look every ten seconds; a test has less time.
  const hasty = ['info-period', 300, 'ping-period', 100, 'ask-period', 200, 'publish-period', 200]
  await Promise.all(sentinels.map((sentinel) => sentinel.ask('sentinel', 'debug', ...hasty)))
  const [asked] = sentinels
  if (asked === undefined) throw new Error('startSentinel: no Sentinel')
  const agree = async (): Promise<boolean> => {
    const about = await asked.ask('sentinel', 'master', groupName)
    const value = (name: string): string =>
      new RegExp(`^${name}\n(.*)$`, 'm').exec(about)?.[1] ?? ''
    return value('num-other-sentinels') === '2' && value('num-slaves') === String(replicaCount)
  }
  await waitFor(agree, { what: 'the Sentinels to know each other', timeoutMs: 20_000 })

  const master = async (): Promise<RedisProcess> => {
    const [, port] = (await asked.ask('sentinel', 'get-master-addr-by-name', groupName)).split('\n')
    const found = servers.find((server) => String(server.port) === port)
    if (found === undefined) throw new Error('the Sentinels name a master that is not ours')
    return found
  }
  const failedOver = (from: RedisProcess): Promise<RedisProcess> =>
    waitFor(
      async () => {
        const now = await master()
        const isMaster = now !== from && (await now.ask('role')).startsWith('master')
        return isMaster ? now : undefined
      },
      { what: 'a failover', timeoutMs: failoverMsMax },
    )
  return {
    url: `redis+sentinel://${sentinels.map(({ port }) => `${host}:${String(port)}`).join(',')}/${groupName}`,
    servers,
    sentinels,
    master,
    replicas: async () => {
      const now = await master()
      return servers.filter((server) => server !== now)
    },
    failedOver,
    failover: async () => {
      const from = await master()
      await waitFor(async () => (await asked.ask('sentinel', 'failover', groupName)) === 'OK', {
        what: 'the Sentinels to begin a failover',
      })
      return failedOver(from)
    },
    stop: async () => {
      await Promise.all([...sentinels, ...servers].map((server) => server.kill()))
    },
  }
}

export interface ClusterGroup {
  readonly url: string
  readonly servers: readonly RedisProcess[]
  /** Which of them has the slot of this key. */
  holderOf(key: string): Promise<RedisProcess>
  stop(): Promise<void>
}

const slotCount = 16_384

/** Three masters and no replica: a killed one takes its slots along until it is back. */
export const startCluster = async (): Promise<ClusterGroup> => {
  const servers = await Promise.all(
    [0, 1, 2].map(async (_, n) => {
      const busPort = await freePort()
      const settings = [
        ...['--cluster-enabled', 'yes', '--cluster-port', String(busPort)],
        ...['--cluster-node-timeout', '1000', '--cluster-require-full-coverage', 'no'],
      ]
      const server = await startRedis({ settings })
      const from = Math.ceil((n * slotCount) / 3)
      const to = Math.ceil(((n + 1) * slotCount) / 3) - 1
      await server.ask('cluster', 'addslotsrange', from, to)
      await server.ask('cluster', 'set-config-epoch', n + 1)
      return { server, busPort }
    }),
  )
  const [first, ...others] = servers
  if (first === undefined) throw new Error('startCluster: no server')
  for (const { server, busPort } of others) {
    await first.server.ask('cluster', 'meet', host, server.port, busPort)
  }
  for (const { server } of servers) {
    const isWhole = async (): Promise<boolean> => {
      const info = await server.ask('cluster', 'info')
      return /cluster_state:ok/.test(info) && /cluster_slots_ok:16384/.test(info)
    }
    await waitFor(isWhole, { what: 'the cluster to be whole', timeoutMs: 20_000 })
  }
  const all = servers.map(({ server }) => server)
  return {
    url: `redis+cluster://${all.map(({ port }) => `${host}:${String(port)}`).join(',')}`,
    servers: all,
    holderOf: async (key) => {
      const slot = Number(await first.server.ask('cluster', 'keyslot', key))
      const holder = all[Math.floor((slot * 3) / slotCount)]
      if (holder === undefined) throw new Error('holderOf: no such slot')
      return holder
    },
    stop: async () => {
      await Promise.all(all.map((server) => server.kill()))
    },
  }
}
