// A cluster of three masters, private.
import { afterAll, beforeAll } from 'vitest'
import { hasRedis, redisPrograms, startCluster } from '../../ground/index.js'
import type { ClusterGroup } from '../../ground/index.js'
import { coordinationContract } from './coordination.contract.js'
import { redisFleet } from './fleet.js'
import { severalNodesContract } from './several-nodes.contract.js'

let group: ClusterGroup | undefined

beforeAll(async () => {
  if (hasRedis()) group = await startCluster()
})
afterAll(() => group?.stop())

const maker = {
  programs: redisPrograms,
  open: () => Promise.resolve(redisFleet(group?.url ?? '')),
}

coordinationContract('a Redis cluster', maker)
severalNodesContract('a Redis cluster', maker)
