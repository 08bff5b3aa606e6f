/**
 * Takes a lease that nobody has, or renews one's own. The server's clock alone counts; where it has gone
 * back (a failover to another machine), a lease that would last far longer than one does is over.
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
local life = tonumber(ARGV[3])
local lasts = ends > now and ends <= now + 2 * life
if owner ~= ARGV[1] and lasts then return { 0, fence } end
if owner ~= ARGV[1] or not lasts then fence = redis.call('HINCRBY', KEYS[1], 'fence', 1) end
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'node', ARGV[2], 'until', now + life)
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return { 1, fence }
`,
)
