/**
 * Sessions that are over. One is removed where it is stored exactly so: nobody takes back what
 * somebody else has by now.
 *
 * KEYS  1 a bucket of sessions
 * ARGV  1 incarnation and name, then for each: terminal, fencing number
 * Gives how many were removed
 */
import { script } from './script.js'

export const disownScript = script(
  'disown',
  `
local removed = 0
for i = 2, #ARGV, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] .. ' ' .. ARGV[1] then
    removed = removed + redis.call('HDEL', KEYS[1], ARGV[i])
  end
end
return removed
`,
)
