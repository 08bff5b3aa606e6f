/**
 * Keeps a node's inbox alive, or makes it: nobody but its node does, so that what is told to a dead
 * node leaves nothing behind.
 *
 * KEYS  1 inbox
 * ARGV  1 life in ms
 * Gives { made, last id }: `made` is 1 where there was none; what was told to the former one is lost
 */
import { script } from './script.js'

export const keepInboxScript = script(
  'keep-inbox',
  `
local made = 0
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('XADD', KEYS[1], '*', 'n', '')
  made = 1
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
return { made, last[1] and last[1][1] or '0-0' }
`,
)
