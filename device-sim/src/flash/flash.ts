/**
 * The terminal's durable memory as its firmware uses it. `write` is heard at once and durable after
 * the next `sync`; one `write` is whole or not at all. Failures are told to `done`: the terminal then
 * stops and says nothing further, because it could not keep its word.
 */
import type { FlashChange } from './contents.js'
import type { FlashImage } from './image.js'

export type FlashDone = (failure?: Error) => void

export interface Flash {
  /** What the firmware finds: after a power loss only what was synced. */
  read(): FlashImage
  write(changes: readonly FlashChange[]): void
  /** `done` may be called before this returns. */
  sync(done: FlashDone): void
  /** Writes the memory anew and overwrites the old, so that nothing erased can be read back. */
  scrub(done: FlashDone): void
  /** What was not synced is gone. */
  powerLoss(): void
  /** Syncs and lets go of the file. */
  close(): Promise<void>
}
