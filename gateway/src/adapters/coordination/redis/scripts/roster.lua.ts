/**
 * Who is alive. Reads alone.
 *
 * KEYS  1 alive, 2 cards: one slot
 * ARGV  1 nodes listed at most, 2 life of a node in ms
 * Gives { name, card, name, card … }, as `beat` has them
 */
import { script } from './script.js'

export const rosterScript = script(
  'roster',
  `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local answer = {}
local names = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, now + 2 * ARGV[2], 'LIMIT', 0, tonumber(ARGV[1]))
for _, name in ipairs(names) do
  answer[#answer + 1] = name
  answer[#answer + 1] = redis.call('HGET', KEYS[2], name) or ''
end
return answer
`,
)
