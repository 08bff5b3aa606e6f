// A cluster of three masters, private.
import { afterAll } from 'vitest'
import { redisPrograms, startCluster } from '../../ground/index.js'
import type { ClusterGroup } from '../../ground/index.js'
import { coordinationContract } from './coordination.contract.js'
import { redisFleet } from './fleet.js'
import { severalNodesContract } from './several-nodes.contract.js'

let starting: Promise<ClusterGroup> | undefined

afterAll(async () => (await starting)?.stop())

const maker = {
  programs: redisPrograms,
  open: async () => redisFleet((await (starting ??= startCluster())).url),
}

coordinationContract('a Redis cluster', maker)
severalNodesContract('a Redis cluster', maker)
