/**
 * Takes a lease that nobody has, or renews one's own. The server's clock alone counts.
 *
 * KEYS  1 lease
 * ARGV  1 incarnation, 2 name of the node, 3 life of the lease in ms, 4 life of the key in ms
 * Gives { held, fence }: `held` is 1 where the caller has it now; `fence` rises at each change of hands
 */
import { script } from './script.js'

export const takeLeaseScript = script(
  'take-lease',
  `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local owner = redis.call('HGET', KEYS[1], 'owner')
local ends = tonumber(redis.call('HGET', KEYS[1], 'until') or '0')
local fence = tonumber(redis.call('HGET', KEYS[1], 'fence') or '0')
if owner ~= ARGV[1] and ends > now then return { 0, fence } end
if owner ~= ARGV[1] or ends <= now then fence = redis.call('HINCRBY', KEYS[1], 'fence', 1) end
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'node', ARGV[2], 'until', now + ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return { 1, fence }
`,
)
