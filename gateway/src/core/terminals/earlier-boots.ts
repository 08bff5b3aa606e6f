/**
 * The boot ids that a terminal had before its present one, newest last, in one row of bounded size (I7).
 * A boot id is drawn at random once a boot: one that comes back is not a rolled-back flash, which draws
 * a new one as well, but somebody who says an old Hello again.
 */
import { wireLimits } from '@tillgate/protocol'

import { sameBytes } from '../records/same-bytes.js'
import { terminalLimits } from './limits.js'

const { idBytes } = wireLimits

export const isEarlierBoot = (bootIds: Uint8Array | undefined, bootId: Uint8Array): boolean => {
  if (bootIds === undefined) return false
  for (let at = 0; at < bootIds.length; at += idBytes) {
    if (sameBytes(bootIds.subarray(at, at + idBytes), bootId)) return true
  }
  return false
}

/** With one more, and without the oldest where there would be too many. */
export const withBoot = (bootIds: Uint8Array | undefined, bootId: Uint8Array): Uint8Array => {
  const kept = bootIds ?? new Uint8Array(0)
  const bytesMax = (terminalLimits.earlierBootsMax - 1) * idBytes
  const newest = kept.subarray(Math.max(0, kept.length - bytesMax))
  const all = new Uint8Array(newest.length + idBytes)
  all.set(newest)
  all.set(bootId, newest.length)
  return all
}
