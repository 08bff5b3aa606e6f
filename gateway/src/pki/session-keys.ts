/** Sessions' MAC keys, sealed like everything that must not lie in clear; the name says whose each is. */
import { toHex } from '@tillgate/protocol'
import type { KeyOwner, SessionKeys } from '../core/ports/session-keys.js'
import type { SealedEntry, Sealer } from './sealing.js'

const entryOf = ({ sn, sessionId }: KeyOwner): SealedEntry => ({
  kind: 'session-key',
  name: `${sn} ${toHex(sessionId)}`,
})

export const createSessionKeys = (sealer: Sealer): SessionKeys => ({
  seal: (owner, macKey) => sealer.seal(entryOf(owner), macKey),
  open: (owner, sealed) => {
    const opened = sealer.open(entryOf(owner), sealed)
    return opened.ok ? opened.secret : undefined
  },
})
