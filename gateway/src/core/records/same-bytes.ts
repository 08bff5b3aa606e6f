/** Equality of hashes, ids and nonces that may be absent: absent equals nothing. Not for secrets. */
import { equalBytes } from '@tillgate/protocol'

type MaybeBytes = Uint8Array | null | undefined

export const sameBytes = (a: MaybeBytes, b: MaybeBytes): boolean =>
  a instanceof Uint8Array && b instanceof Uint8Array && equalBytes(a, b)
