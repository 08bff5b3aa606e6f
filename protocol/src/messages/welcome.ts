// Welcome (down, ordinary key): answers a Hello, sets the time, opens the session. README.md §5.
import type { tillgate } from '#generated'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'
import { readKeyShare } from './key-share.js'

export interface Welcome {
  readonly kind: 'welcome'
  /** Of the Hello that it answers. */
  readonly sessionNonce: Uint8Array
  /** SHA-256 of that Hello's body. */
  readonly helloHash: Uint8Array
  readonly sessionId: Uint8Array
  readonly timeMs: number
  readonly keyShare: Uint8Array
  /** 0 where the gateway has no signer list. */
  readonly signerListVersion: number
  readonly heartbeatS: number
  readonly lastUplinkSeq: number
}

export const readWelcome = (
  from: tillgate.v1.Welcome.$Properties,
  fields: FieldReader,
): Welcome => ({
  kind: 'welcome',
  sessionNonce: fields.bytes('sessionNonce', from.sessionNonce, wireLimits.idBytes),
  helloHash: fields.bytes('helloHash', from.helloHash, wireLimits.hashBytes),
  sessionId: fields.bytes('sessionId', from.sessionId, wireLimits.idBytes),
  timeMs: fields.uint('timeMs', from.timeMs, 1, wireLimits.sequenceMax),
  keyShare: readKeyShare('keyShare', from.keyShare, fields),
  signerListVersion: fields.uint(
    'signerListVersion',
    from.signerListVersion,
    0,
    wireLimits.epochMax,
  ),
  heartbeatS: fields.uint(
    'heartbeatS',
    from.heartbeatS,
    wireLimits.heartbeatSMin,
    wireLimits.heartbeatSMax,
  ),
  lastUplinkSeq: fields.uint('lastUplinkSeq', from.lastUplinkSeq, 0, wireLimits.sequenceMax),
})

export const writeWelcome = (message: Welcome): tillgate.v1.Welcome.$Properties => message
