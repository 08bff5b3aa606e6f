/**
 * A node says that it lives, unless another start of a node has its name; and learns who else does.
 *
 * KEYS  1 node, 2 alive, 3 cards: one slot
 * ARGV  1 name, 2 incarnation, 3 its wall clock in ms, 4 life in ms, 5 nodes listed at most,
 *       6 incarnation that was seen not to beat for longer than its life, or ''
 * Gives { 1, fresh, now, name, card, name, card … }: it holds the name; `fresh` is 1 where the key was
 *         gone. A card is "<incarnation> <ms that its clock is ahead of the server's>".
 *       { 0, incarnation, beats }: another one holds it, and has said so `beats` times
 * A name that would live far longer than a beat lets it is left from before the server's clock went back.
 */
import { script } from './script.js'

export const beatScript = script(
  'beat',
  `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local holder = redis.call('HGET', KEYS[1], 'incarnation')
if holder and holder ~= ARGV[2] then
  local beats = redis.call('HGET', KEYS[1], 'beats') or '0'
  if holder ~= ARGV[6] then return { 0, holder, tonumber(beats) } end
  redis.call('DEL', KEYS[1])
  holder = false
end
local life = tonumber(ARGV[4])
redis.call('HSET', KEYS[1], 'incarnation', ARGV[2])
if not holder then redis.call('HSET', KEYS[1], 'since', now) end
redis.call('HINCRBY', KEYS[1], 'beats', 1)
redis.call('PEXPIRE', KEYS[1], life)
local function bury(names)
  for _, name in ipairs(names) do
    redis.call('ZREM', KEYS[2], name)
    redis.call('HDEL', KEYS[3], name)
  end
end
bury(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now))
bury(redis.call('ZRANGEBYSCORE', KEYS[2], now + 2 * life, '+inf'))
redis.call('ZADD', KEYS[2], now + life, ARGV[1])
redis.call('HSET', KEYS[3], ARGV[1], ARGV[2] .. ' ' .. (tonumber(ARGV[3]) - now))
redis.call('PEXPIRE', KEYS[2], life)
redis.call('PEXPIRE', KEYS[3], life)
local answer = { 1, holder and 0 or 1, now }
for _, name in ipairs(redis.call('ZRANGE', KEYS[2], 0, tonumber(ARGV[5]) - 1)) do
  answer[#answer + 1] = name
  answer[#answer + 1] = redis.call('HGET', KEYS[3], name) or ''
end
return answer
`,
)
