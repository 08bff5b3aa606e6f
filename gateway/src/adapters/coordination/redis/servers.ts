/**
 * Which Redis: one server, a group behind Sentinels, or a cluster, as one line of configuration says it.
 * A refusal says what is wrong in plain words, and never repeats the line: it may hold a password.
 */
export interface RedisAddress {
  readonly host: string
  readonly port: number
}

/** PEM texts; all may be left out where the machine's own authorities know the server. */
export interface RedisTls {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
}

interface Access {
  readonly username?: string
  readonly password?: string
  readonly tls?: RedisTls
}

export interface RedisSingle extends Access {
  readonly kind: 'single'
  readonly address: RedisAddress
  readonly db: number
}

export interface RedisSentinel extends Access {
  readonly kind: 'sentinel'
  readonly sentinels: readonly RedisAddress[]
  /** What the Sentinels call the group. */
  readonly name: string
  /** For the Sentinels themselves, where they want one. */
  readonly sentinelPassword?: string
  readonly db: number
}

export interface RedisCluster extends Access {
  readonly kind: 'cluster'
  /** Some of its nodes: they name the others. */
  readonly nodes: readonly RedisAddress[]
}

export type RedisServers = RedisSingle | RedisSentinel | RedisCluster

export type RedisServersAnswer =
  | { readonly ok: true; readonly servers: RedisServers }
  | { readonly ok: false; readonly why: string }

const portOf: Readonly<Record<RedisServers['kind'], number>> = {
  single: 6_379,
  sentinel: 26_379,
  cluster: 6_379,
}

const schemes: Readonly<Record<string, { kind: RedisServers['kind']; tls: boolean }>> = {
  redis: { kind: 'single', tls: false },
  rediss: { kind: 'single', tls: true },
  'redis+sentinel': { kind: 'sentinel', tls: false },
  'rediss+sentinel': { kind: 'sentinel', tls: true },
  'redis+cluster': { kind: 'cluster', tls: false },
  'rediss+cluster': { kind: 'cluster', tls: true },
}

const addressesMax = 64

const refuse = (why: string): RedisServersAnswer => ({ ok: false, why })

class Refused extends Error {}

const decoded = (text: string, what: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Refused(`the ${what} has a % that is no percent-encoding`)
  }
}

/** `h:1`, `[::1]:1`, `h`. */
const addressOf = (text: string, portDefault: number): RedisAddress => {
  const parts = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+))(?::(\d{1,5}))?$/.exec(text)
  const host = parts?.[1] ?? parts?.[2]
  if (host === undefined) {
    throw new Refused(
      'a server is written host:port; special characters in a password are percent-encoded',
    )
  }
  const port = parts?.[3] === undefined ? portDefault : Number(parts[3])
  if (port < 1 || port > 65_535) throw new Refused('a port is a number from 1 to 65535')
  return { host, port }
}

const accessOf = (userInfo: string | undefined, tls: boolean): Access => {
  const secure = tls ? { tls: {} } : {}
  if (userInfo === undefined) return secure
  const [username = '', ...rest] = userInfo.split(':')
  const named = username === '' ? {} : { username: decoded(username, 'user') }
  if (rest.length === 0)
    throw new Refused('a user without a password: write user:password@ or :password@')
  return { ...secure, ...named, password: decoded(rest.join(':'), 'password') }
}

const dbOf = (path: string): number => {
  if (!/^\d{0,4}$/.test(path))
    throw new Refused('behind the server comes a database number, or nothing')
  return Number(path)
}

const sentinelOf = (path: string): { name: string; db: number } => {
  const [name = '', db = ''] = path.split('/')
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(name)) {
    throw new Refused('behind the Sentinels comes the name of the group: …/mymaster')
  }
  return { name, db: dbOf(db) }
}

const settingsOf = (query: string, kind: string): { sentinelPassword?: string } => {
  if (query === '') return {}
  const parts = /^sentinelPassword=([^&=]+)$/.exec(query)
  if (parts?.[1] === undefined || kind !== 'sentinel') {
    throw new Refused('behind ? there is sentinelPassword, for Sentinels, and nothing else')
  }
  return { sentinelPassword: decoded(parts[1], 'password') }
}

const parsed = (text: string): RedisServers => {
  const [, schemeName = '', userInfo, hosts = '', path = '', query = ''] =
    /^([a-z+]+):\/\/(?:(.*)@)?([^/?#@]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/.exec(text) ?? []
  const scheme = schemes[schemeName]
  if (scheme === undefined) {
    throw new Refused(`it begins with one of ${Object.keys(schemes).join('://, ')}://`)
  }
  const { kind } = scheme
  const addresses = hosts.split(',').map((host) => addressOf(host, portOf[kind]))
  if (addresses.length > addressesMax) {
    throw new Refused(`it names more than ${String(addressesMax)} servers`)
  }
  const access = { ...accessOf(userInfo, scheme.tls), ...settingsOf(query, kind) }
  if (kind === 'sentinel') return { kind, sentinels: addresses, ...sentinelOf(path), ...access }
  if (kind === 'cluster') {
    if (path !== '')
      throw new Refused('a cluster has no database numbers: leave away what follows the servers')
    return { kind, nodes: addresses, ...access }
  }
  const [address, another] = addresses
  if (address === undefined || another !== undefined) {
    throw new Refused(
      'redis:// names one server; for several write redis+sentinel:// or redis+cluster://',
    )
  }
  return { kind, address, db: dbOf(path), ...access }
}

/** `redis://[user:password@]host[:port][/db]`, `redis+sentinel://…h1,h2/name[/db]`, `redis+cluster://…h1,h2`. */
export const redisServersFrom = (text: string): RedisServersAnswer => {
  try {
    return { ok: true, servers: parsed(text.trim()) }
  } catch (error) {
    if (error instanceof Refused) return refuse(error.message)
    throw error
  }
}

const written = ({ host, port }: RedisAddress): string =>
  `${host.includes(':') ? `[${host}]` : host}:${String(port)}`

/** For logs and health: the addresses, never who asks. */
export const nameOfServers = (servers: RedisServers): string => {
  switch (servers.kind) {
    case 'single':
      return `Redis at ${written(servers.address)}`
    case 'sentinel':
      return `Redis ${servers.name} behind the Sentinels ${servers.sentinels.map(written).join(', ')}`
    case 'cluster':
      return `the Redis cluster of ${servers.nodes.map(written).join(', ')}`
  }
}
