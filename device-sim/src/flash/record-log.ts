/**
 * The form of the flash file: a header, then frames of length, CRC-32 and content. One sync is one
 * frame, so a power loss can tear the last frame and no other: a torn tail is cut, damage anywhere
 * else is an error, never a silent loss of what had been durable.
 */
import { crc32 } from 'node:zlib'
import { flashLimits } from './limits.js'

export const fileHeader = Buffer.from('TILLGATE-FLASH 1\n', 'ascii')

const headBytes = 8

export class FlashDamaged extends Error {
  readonly code = 'FLASH_ERROR'
  constructor(reason: string) {
    super(`the flash is damaged: ${reason}`)
    this.name = 'FlashDamaged'
  }
}

export const frameOf = (content: Uint8Array): Uint8Array => {
  if (content.length > flashLimits.frameBytesMax) throw new FlashDamaged('a frame above its limit')
  const frame = Buffer.alloc(headBytes + content.length)
  frame.writeUInt32BE(content.length, 0)
  frame.writeUInt32BE(crc32(content), 4)
  frame.set(content, headBytes)
  return frame
}

export interface Scan {
  readonly frames: readonly Uint8Array[]
  /** Where the next frame goes; what lies beyond is a torn tail. */
  readonly goodBytes: number
}

export const scanFrames = (file: Buffer): Scan => {
  if (file.length < fileHeader.length && fileHeader.subarray(0, file.length).equals(file)) {
    return { frames: [], goodBytes: 0 }
  }
  if (!file.subarray(0, fileHeader.length).equals(fileHeader)) {
    throw new FlashDamaged('not a flash file, or of a newer version')
  }
  const frames: Uint8Array[] = []
  let at = fileHeader.length
  while (at + headBytes <= file.length) {
    const length = file.readUInt32BE(at)
    const end = at + headBytes + length
    if (length > flashLimits.frameBytesMax || end > file.length) break
    const content = file.subarray(at + headBytes, end)
    if (crc32(content) !== file.readUInt32BE(at + 4)) {
      if (end === file.length) break
      throw new FlashDamaged(`wrong CRC at byte ${String(at)}, and more behind it`)
    }
    frames.push(content)
    at = end
  }
  return { frames, goodBytes: at }
}
