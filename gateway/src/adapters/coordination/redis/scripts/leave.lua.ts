/**
 * A node that stops gives its name back, where it still holds it.
 *
 * KEYS  1 node, 2 alive, 3 cards: one slot
 * ARGV  1 name, 2 incarnation
 * Gives 1 where it held it, else 0
 */
import { script } from './script.js'

export const leaveScript = script(
  'leave',
  `
if redis.call('HGET', KEYS[1], 'incarnation') ~= ARGV[2] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[3], ARGV[1])
return 1
`,
)
