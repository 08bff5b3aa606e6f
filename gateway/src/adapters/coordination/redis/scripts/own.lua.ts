/**
 * Sessions that a node has greeted. One is written where its fencing number is higher than the stored
 * one, where the same node holds it, or where the holder is the dead one that the caller names.
 *
 * KEYS  1 a bucket of sessions
 * ARGV  1 incarnation and name, 2 life of the bucket in ms,
 *       then for each: terminal, fencing number, dead incarnation or ''
 * Gives for each whose stored holder is another: { …, written, terminal, stored value }; `written` is
 *       1 where it was displaced, 0 where it stays. A value is "<fence> <incarnation> <name>".
 */
import { script } from './script.js'

export const ownScript = script(
  'own',
  `
local answer = {}
for i = 3, #ARGV, 3 do
  local terminal, fence, dead = ARGV[i], tonumber(ARGV[i + 1]), ARGV[i + 2]
  local value = ARGV[i + 1] .. ' ' .. ARGV[1]
  local stored = redis.call('HGET', KEYS[1], terminal)
  if not stored then
    redis.call('HSET', KEYS[1], terminal, value)
  elseif stored ~= value then
    local storedFence, holder = string.match(stored, '^(%d+) (.*)$')
    local same = holder == ARGV[1]
    local gone = dead ~= '' and holder ~= nil and string.sub(holder, 1, #dead) == dead
    local written = same or gone or storedFence == nil or tonumber(storedFence) < fence
    if written then redis.call('HSET', KEYS[1], terminal, value) end
    if not same then
      answer[#answer + 1] = written and 1 or 0
      answer[#answer + 1] = terminal
      answer[#answer + 1] = stored
    end
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return answer
`,
)
