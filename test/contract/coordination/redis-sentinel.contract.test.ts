// A group of a master and a replica behind three Sentinels, private.
import { afterAll } from 'vitest'
import { redisPrograms, startSentinel } from '../../ground/index.js'
import type { SentinelGroup } from '../../ground/index.js'
import { coordinationContract } from './coordination.contract.js'
import { redisFleet } from './fleet.js'
import { severalNodesContract } from './several-nodes.contract.js'

let starting: Promise<SentinelGroup> | undefined

afterAll(async () => (await starting)?.stop())

const maker = {
  programs: redisPrograms,
  open: async () => redisFleet((await (starting ??= startSentinel())).url),
}

coordinationContract('Redis behind Sentinels', maker)
severalNodesContract('Redis behind Sentinels', maker)
