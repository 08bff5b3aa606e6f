// One server: that of TILLGATE_REDIS_URL, or a private one.
import { afterAll, beforeAll } from 'vitest'
import { hasRedis, redisPrograms, startRedis } from '../../ground/index.js'
import type { RedisProcess } from '../../ground/index.js'
import { coordinationContract } from './coordination.contract.js'
import { redisFleet } from './fleet.js'
import { severalNodesContract } from './several-nodes.contract.js'

const given = process.env['TILLGATE_REDIS_URL']
let server: RedisProcess | undefined

beforeAll(async () => {
  if (given === undefined && hasRedis()) server = await startRedis()
})
afterAll(() => server?.kill())

const maker = {
  programs: given === undefined ? redisPrograms : [],
  open: () => Promise.resolve(redisFleet(given ?? server?.url ?? '')),
}

coordinationContract('Redis', maker)
severalNodesContract('Redis', maker)
