/** A request that is made again with its Idempotency-Key, for want of an answer, orders nothing more. */
import { toHex } from '@tillgate/protocol'

import type { Checker } from './checker.js'

interface Keyed {
  readonly idempotency?: { readonly keyHash: Uint8Array }
}

export const oneRequestOneCommand: Checker = {
  name: 'one-request-one-command',
  rule: 'a request that is repeated with its key makes one command',
  begin: (say) => {
    const ordered = new Set<string>()
    return {
      seen(what) {
        const isOrder =
          what.what === 'committed' &&
          (what.name === 'order-command' || what.name === 'order-binding') &&
          what.writes.length > 0
        if (!isOrder) return
        // An operation is free to look away from the key; what it was given shows it.
        const { idempotency } = what.input as Keyed
        if (idempotency === undefined) return
        const key = toHex(idempotency.keyHash)
        if (ordered.has(key)) say(`${what.name}: one request made a second command`)
        ordered.add(key)
      },
    }
  },
}
