/** Two phases: a nonce that was reported dead never erases, and none is given twice. */
import { toHex } from '@tillgate/protocol'

import type { Checker } from './checker.js'

export const noncesLiveOnce: Checker = {
  name: 'nonces-live-once',
  rule: 'a nonce dies in the journal before Released or Refused is said, and none is given twice',
  begin: (say) => {
    const dead = new Set<string>()
    const given = new Map<string, string>()
    const used = new Set<string>()
    return {
      seen(what) {
        if (what.what !== 'flashed') return
        for (const change of what.changes) {
          if ('area' in change && change.area === 'journal' && change.value?.state === 'prepared') {
            const nonce = toHex(change.value.readyNonce ?? new Uint8Array())
            if (dead.has(nonce)) say(`${what.sn} lives with a nonce that it has called dead`)
            const owner = given.get(nonce)
            if (owner !== undefined && owner !== change.id) say(`${what.sn} gives a nonce twice`)
            given.set(nonce, change.id)
          }
          if ('area' in change && change.area === 'evidence' && change.value !== undefined) {
            const { kind, readyNonce } = change.value
            if ((kind === 'released' || kind === 'refused') && readyNonce !== undefined) {
              dead.add(toHex(readyNonce))
            }
          }
          if (!('cell' in change) || change.cell !== 'erasure' || change.value === undefined)
            continue
          const nonce = toHex(change.value.readyNonce)
          if (dead.has(nonce)) say(`${what.sn} erases under a nonce that it has called dead`)
          if (change.value.resumed === 0 && used.has(nonce))
            say(`${what.sn} erases twice under a nonce`)
          used.add(nonce)
        }
      },
    }
  },
}
