/** What a server says of itself, and whether it will do. */
import { unreachable, type Fault } from './faults.js'

export interface ServerInfo {
  readonly product: 'Redis' | 'Valkey'
  readonly version: string
  readonly isReplica: boolean
  readonly isLoading: boolean
}

const oldest: Readonly<Record<ServerInfo['product'], readonly [number, number]>> = {
  Redis: [7, 0],
  Valkey: [7, 2],
}

/** INFO is lines of `field:value`. */
export const serverInfoOf = (text: string): ServerInfo => {
  const fields = new Map<string, string>()
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1))
  }
  const isValkey = fields.get('server_name') === 'valkey'
  return {
    product: isValkey ? 'Valkey' : 'Redis',
    version: fields.get(isValkey ? 'valkey_version' : 'redis_version') ?? '',
    isReplica: fields.get('role') === 'slave',
    isLoading: fields.get('loading') === '1',
  }
}

const isTooOld = ({ product, version }: ServerInfo): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [majorMin, minorMin] = oldest[product]
  return major < majorMin || (major === majorMin && minor < minorMin)
}

export const faultOfServer = (info: ServerInfo): Fault | undefined => {
  if (info.version === '') return unreachable('does not say which version it is')
  if (isTooOld(info)) {
    const { product, version } = info
    const needed = oldest[product].join('.')
    return {
      kind: 'refused',
      words: `is too old: ${product} ${version}, and ${needed} is the oldest that will do`,
    }
  }
  if (info.isReplica) return { kind: 'replica', words: 'is a replica: it takes no writes' }
  if (info.isLoading) return { kind: 'refused', words: 'is still loading its data' }
  return undefined
}
