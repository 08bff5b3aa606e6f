/**
 * Gives a lease back, where the caller has it. Its fencing number stays.
 *
 * KEYS  1 lease
 * ARGV  1 incarnation
 * Gives 1 where it had it, else 0
 */
import { script } from './script.js'

export const releaseLeaseScript = script(
  'release-lease',
  `
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'until', 0)
return 1
`,
)
