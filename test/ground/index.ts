// The ground that the tests stand on.
export { removeFolders, tempFolder } from './folders.js'
export { freePort } from './ports.js'
export { hasProgram, requireProgram, testWith } from './programs.js'
export { redisPrograms, startCluster, startRedis, startSentinel } from './redis.js'
export type { ClusterGroup, RedisProcess, SentinelGroup } from './redis.js'
export { pause, waitFor } from './wait-for.js'
export type { WaitOptions } from './wait-for.js'
