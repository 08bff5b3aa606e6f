/** A node for people in this process: it makes what other nodes stand on, and enrols without the API's limit. */
import { openNode, redisServersFrom, type GatewayNode } from '@tillgate/gateway'

import { silent } from '../e2e/stage.js'
import { tempFolder } from '../ground/index.js'

export interface SharedServers {
  readonly databaseUrl: string
  readonly redisUrl: string
  readonly sealingKey: string
}

/** Nobody asks the acquirer about a TID here. */
export const noHostAccess = { url: 'https://localhost:1', token: 'none', caFile: '/dev/null' }

export const openPeople = async (shared: SharedServers): Promise<GatewayNode> => {
  const answer = redisServersFrom(shared.redisUrl)
  if (!answer.ok) throw new Error(answer.why)
  return openNode({
    dataFolder: tempFolder('people'),
    nodeName: 'people',
    log: silent,
    link: 'none',
    records: { kind: 'postgres', url: shared.databaseUrl },
    coordination: { kind: 'redis', servers: answer.servers },
    sealingKey: shared.sealingKey,
    listener: { host: '127.0.0.1', mqttsPort: 0, wssPort: 0 },
    publicHosts: ['localhost'],
    hostAdapter: { kind: 'recorder' },
  })
}
