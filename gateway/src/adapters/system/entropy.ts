/**
 * The machine's chance. The bytes have an ArrayBuffer of their own: what `randomBytes` gives may lie
 * in Node's shared pool, and these are structured-cloned into workers.
 */
import { randomFillSync } from 'node:crypto'
import type { Entropy } from '../../core/ports/system.js'

export const systemEntropy: Entropy = {
  bytes: (length) => randomFillSync(new Uint8Array(length)),
}
