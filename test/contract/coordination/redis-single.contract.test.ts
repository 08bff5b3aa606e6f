// One server: that of TILLGATE_REDIS_URL, or a private one.
import { afterAll } from 'vitest'
import { redisPrograms, startRedis } from '../../ground/index.js'
import type { RedisProcess } from '../../ground/index.js'
import { coordinationContract } from './coordination.contract.js'
import { redisFleet } from './fleet.js'
import { severalNodesContract } from './several-nodes.contract.js'

const given = process.env['TILLGATE_REDIS_URL']
let starting: Promise<RedisProcess> | undefined

afterAll(async () => (await starting)?.kill())

const maker = {
  programs: given === undefined ? redisPrograms : [],
  open: async () => redisFleet(given ?? (await (starting ??= startRedis())).url),
}

coordinationContract('Redis', maker)
severalNodesContract('Redis', maker)
