/**
 * UUIDs version 7 (RFC 9562 §5.7), rising within this process: ids of the same millisecond count up.
 * Chance is drawn for many of them at a time, for the draw costs what comes with it: an id is no secret,
 * so what lies ready here need not be.
 */
import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'
import type { Ids } from '../../core/ports/system.js'

const idBytes = 16
const drawnAtATime = 256

const drawn = new Uint8Array(idBytes * drawnAtATime)
let used = drawn.length
let msecs = 0
let seq = 0

const chance = (): Uint8Array => {
  if (used === drawn.length) {
    randomFillSync(drawn)
    used = 0
  }
  used += idBytes
  return drawn.subarray(used - idBytes, used)
}

/** 31 bits: room to count up before the next millisecond has to be borrowed. */
const firstOf = (random: Uint8Array): number =>
  new DataView(random.buffer, random.byteOffset).getUint32(6) >>> 1

const next = (): Uint8Array => {
  const random = chance()
  const nowMs = Date.now()
  if (nowMs > msecs) {
    msecs = nowMs
    seq = firstOf(random)
  } else {
    seq = (seq + 1) | 0
    if (seq === 0) msecs += 1
  }
  return v7({ random, msecs, seq }, new Uint8Array(idBytes))
}

export const systemIds: Ids = { next }
