/**
 * The generic cell rate algorithm by the server's clock: of each key only the moment at which its
 * quota is full again. A clock that goes back makes nobody wait longer than a window.
 *
 * KEYS  1 rate
 * ARGV  1 quota, 2 window in ms
 * Gives { ok, left, full in µs, wait in µs }
 */
import { script } from './script.js'

export const takeRateScript = script(
  'take-rate',
  `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local window = tonumber(ARGV[2]) * 1000
local interval = window / tonumber(ARGV[1])
local full = tonumber(redis.call('GET', KEYS[1]) or '0')
full = math.min(math.max(full, now), now + window)
local following = full + interval
-- Half a microsecond forgives what division has rounded.
local ok = following - now <= window + 0.5
local counted = ok and following or full
if ok then
  local life = math.ceil((counted - now) / 1000) + 1
  redis.call('SET', KEYS[1], string.format('%.3f', counted), 'PX', string.format('%d', life))
end
local left = math.max(0, math.floor((window - (counted - now) + 0.5) / interval))
local wait = ok and 0 or math.ceil(following - now - window)
return { ok and 1 or 0, left, math.ceil(counted - now), wait }
`,
)
