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

/** Changes wait in a list until somebody looks: most are never looked at. */
const foldAt = 512

export const createMemoryFlash = (start: FlashImage = emptyImage): MemoryFlash => {
  let folded = start
  let synced: FlashChange[] = []
  let unsynced: FlashChange[] = []
  let syncs = 0
  const durable = (): FlashImage => {
    folded = applyChanges(folded, synced)
    synced = []
    return folded
  }
  const sync = (): void => {
    synced.push(...unsynced)
    unsynced = []
    syncs++
    if (synced.length >= foldAt) durable()
  }
  return {
    durable,
    syncs: () => syncs,
    read: () => applyChanges(durable(), unsynced),
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
