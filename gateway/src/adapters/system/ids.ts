/**
 * UUIDs version 7 (RFC 9562 §5.7), rising within this process: called without options, the package
 * keeps a counter for ids of the same millisecond; called with any, it does not.
 */
import { v7 } from 'uuid'
import type { Ids } from '../../core/ports/system.js'

const idBytes = 16

export const systemIds: Ids = {
  next: () => v7(undefined, new Uint8Array(idBytes)),
}
