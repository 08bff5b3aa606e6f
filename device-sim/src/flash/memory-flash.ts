/**
 * Flash in memory, for simulation: the same promise as the file's, a power loss included. Syncing
 * takes no time; who wants a slow disk puts a behaviour in front of it.
 */
import type { FlashChange } from './contents.js'
import type { Flash } from './flash.js'
import { applyChanges, emptyImage } from './image.js'
import type { FlashImage } from './image.js'

export interface MemoryFlash extends Flash {
  /** What a power loss would leave. */
  durable(): FlashImage
  syncs(): number
}

export const createMemoryFlash = (start: FlashImage = emptyImage): MemoryFlash => {
  let durable = start
  let unsynced: FlashChange[] = []
  let syncs = 0
  const sync = (): void => {
    durable = applyChanges(durable, unsynced)
    unsynced = []
    syncs++
  }
  return {
    durable: () => durable,
    syncs: () => syncs,
    read: () => applyChanges(durable, unsynced),
    write: (changes) => void unsynced.push(...changes),
    sync: (done) => {
      sync()
      done()
    },
    scrub: (done) => {
      sync()
      done()
    },
    powerLoss: () => {
      unsynced = []
    },
    close: () => Promise.resolve(sync()),
  }
}
