/**
 * A terminal that is ready cannot sell, so that is bounded: its prepare ends with the lease, on its own
 * monotonic clock, and with the boot.
 */
import { toHex } from '@tillgate/protocol'

import type { Checker } from './checker.js'

/** A step in the very moment of the lease's end may still see it. */
const toleranceMs = 1

export const preparesEndInTime: Checker = {
  name: 'prepares-end-in-time',
  rule: 'a prepare ends with its lease, and with a reboot',
  begin: (say) => {
    /** By serial number: since when each nonce has lived, in this boot. */
    const living = new Map<string, Map<string, number>>()
    const outlived = new Set<string>()
    return {
      seen(what) {
        if (what.what === 'power' && what.is === 'on') {
          for (const nonce of living.get(what.sn)?.keys() ?? []) outlived.add(nonce)
          living.delete(what.sn)
        }
        if (what.what !== 'stepped') return
        const { sn, after, nowMs } = what
        const lease = after.preparation?.lease
        if (lease === undefined) return
        const nonce = toHex(lease.nonce)
        if (outlived.has(nonce)) say(`${sn} is prepared with a nonce of an earlier boot`)
        const since = living.get(sn) ?? new Map<string, number>()
        living.set(sn, since)
        const sinceMs = since.get(nonce) ?? nowMs
        since.set(nonce, sinceMs)
        if (nowMs - sinceMs > after.profile.timings.leaseMs + toleranceMs) {
          say(`${sn} is prepared for longer than its lease`)
        }
      },
    }
  },
}
