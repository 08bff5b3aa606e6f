/**
 * Flash in a file that survives its process: an append-only log of frames (`record-log.ts`), written
 * anew when it has grown. Writes wait in memory until a sync; a sync is one frame and one fsync.
 * Never acknowledges a sync before the disk has, and never goes on after a failure.
 */
import { mkdirSync, readFileSync, truncateSync } from 'node:fs'
import { open, rename, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { decodeChanges, encodeChanges } from './codec.js'
import type { FlashChange } from './contents.js'
import type { Flash, FlashDone } from './flash.js'
import { applyChanges, emptyImage, snapshotOf } from './image.js'
import type { FlashImage } from './image.js'
import { flashLimits } from './limits.js'
import { fileHeader, frameOf, scanFrames } from './record-log.js'

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export interface LoadedFlash {
  readonly image: FlashImage
  readonly goodBytes: number
  readonly fileBytes: number
}

const readIfThere = (path: string): Buffer => {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}

export const loadFlash = (path: string): LoadedFlash => {
  const file = readIfThere(path)
  const { frames, goodBytes } = scanFrames(file)
  const image = frames.reduce<FlashImage>(
    (before, frame) => applyChanges(before, decodeChanges(frame)),
    emptyImage,
  )
  return { image, goodBytes, fileBytes: file.length }
}

export interface FileFlashOptions {
  /** Off: the file is opened for each sync, so that many thousands need no descriptor while they rest. */
  readonly staysOpen?: boolean
}

class FileFlash implements Flash {
  readonly #path: string
  readonly #staysOpen: boolean
  #folded: FlashImage
  /** Synced, or on their way to the disk, and not yet folded into the image. */
  #taken: FlashChange[] = []
  #unsynced: FlashChange[] = []
  #appended = 0
  #isNew: boolean
  #handle: FileHandle | undefined
  #queue: Promise<void> = Promise.resolve()
  #failure: Error | undefined

  constructor(path: string, { staysOpen = true }: FileFlashOptions) {
    this.#path = path
    this.#staysOpen = staysOpen
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const { image, goodBytes, fileBytes } = loadFlash(path)
    if (fileBytes > goodBytes) truncateSync(path, goodBytes)
    this.#folded = image
    this.#isNew = goodBytes === 0
    this.#appended = goodBytes
  }

  read(): FlashImage {
    return applyChanges(this.#image(), this.#unsynced)
  }

  write(changes: readonly FlashChange[]): void {
    this.#unsynced.push(...changes)
  }

  sync(done: FlashDone): void {
    const changes = this.#take()
    if (changes.length === 0 && this.#failure === undefined) {
      this.#then(() => Promise.resolve(), done)
      return
    }
    this.#then(() => this.#append(changes), done)
  }

  scrub(done: FlashDone): void {
    this.#take()
    this.#then(() => this.#rewrite({ overwriteOld: true }), done)
  }

  powerLoss(): void {
    this.#unsynced = []
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.sync(() => resolve()))
    await this.#letGo()
  }

  async #letGo(): Promise<void> {
    const handle = this.#handle
    this.#handle = undefined
    await handle?.close()
  }

  /** From here on they count as durable: nothing is answered before the disk has them. */
  #take(): readonly FlashChange[] {
    const changes = this.#unsynced
    this.#unsynced = []
    this.#taken.push(...changes)
    return changes
  }

  #image(): FlashImage {
    this.#folded = applyChanges(this.#folded, this.#taken)
    this.#taken = []
    return this.#folded
  }

  #then(action: () => Promise<void>, done: FlashDone): void {
    this.#queue = this.#queue.then(async () => {
      try {
        if (this.#failure !== undefined) throw this.#failure
        await action()
        if (!this.#staysOpen) await this.#letGo()
      } catch (error) {
        this.#failure = error instanceof Error ? error : new Error(String(error))
      }
      done(this.#failure)
    })
  }

  async #append(changes: readonly FlashChange[]): Promise<void> {
    if (this.#isNew || this.#appended > flashLimits.appendedBytesMax) {
      await this.#rewrite({ overwriteOld: false })
      return
    }
    this.#handle ??= await open(this.#path, 'a', 0o600)
    const frame = frameOf(encodeChanges(changes))
    await this.#handle.appendFile(frame)
    await this.#handle.datasync()
    this.#appended += frame.length
  }

  async #rewrite({ overwriteOld }: { readonly overwriteOld: boolean }): Promise<void> {
    const content = Buffer.concat([fileHeader, frameOf(encodeChanges(snapshotOf(this.#image())))])
    const next = `${this.#path}.next`
    const handle = await open(next, 'w', 0o600)
    await handle.writeFile(content)
    await handle.sync()
    const old = this.#isNew ? undefined : await open(this.#path, 'r+')
    await rename(next, this.#path)
    await syncFolder(dirname(this.#path))
    if (old !== undefined) await this.#discard(old, overwriteOld)
    await this.#handle?.close()
    this.#handle = handle
    this.#isNew = false
    // Counted from zero again; the snapshot itself may be larger than the limit.
    this.#appended = 0
  }

  async #discard(old: FileHandle, overwrite: boolean): Promise<void> {
    try {
      if (!overwrite) return
      const { size } = await old.stat()
      await old.write(Buffer.alloc(size), 0, size, 0)
      await old.sync()
    } finally {
      await old.close()
    }
  }
}

export const openFileFlash = (path: string, options: FileFlashOptions = {}): Flash =>
  new FileFlash(path, options)
