// A group of a master and a replica behind three Sentinels, private.
import { afterAll, beforeAll } from 'vitest'
import { hasRedis, redisPrograms, startSentinel } from '../../ground/index.js'
import type { SentinelGroup } from '../../ground/index.js'
import { coordinationContract } from './coordination.contract.js'
import { redisFleet } from './fleet.js'
import { severalNodesContract } from './several-nodes.contract.js'

let group: SentinelGroup | undefined

beforeAll(async () => {
  if (hasRedis()) group = await startSentinel()
})
afterAll(() => group?.stop())

const maker = {
  programs: redisPrograms,
  open: () => Promise.resolve(redisFleet(group?.url ?? '')),
}

coordinationContract('Redis behind Sentinels', maker)
severalNodesContract('Redis behind Sentinels', maker)
