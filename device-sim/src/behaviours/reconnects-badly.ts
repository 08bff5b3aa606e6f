/**
 * A badly written client: comes back after a fixed second, without jitter and without ever waiting
 * longer (domain §8: 5 %). Many of these together are what a restarted gateway has to live through.
 */
import type { Behaviour } from './behaviour.js'

export const reconnectsBadly = ({
  everyMs = 1_000,
}: { readonly everyMs?: number } = {}): Behaviour => ({
  name: 'reconnects-badly',
  profile: (profile) => ({
    ...profile,
    reconnect: { ...profile.reconnect, delayMsMin: everyMs, delayMsMax: everyMs, jitter: 0 },
  }),
})
