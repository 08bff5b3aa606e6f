/** Random ids, drawn from the system in blocks: a call each would cost more than the draw. */
import { randomFillSync } from 'node:crypto'

const idBytes = 16

/** What was drawn; `nextRandom` says where the next id lies in it. */
export const randomBlock = Buffer.alloc(idBytes * 4_096)
let drawn = randomBlock.length

export const nextRandom = (): number => {
  if (drawn === randomBlock.length) {
    randomFillSync(randomBlock)
    drawn = 0
  }
  drawn += idBytes
  return drawn - idBytes
}

export const random16 = (): Uint8Array => {
  const at = nextRandom()
  return new Uint8Array(randomBlock.subarray(at, at + idBytes))
}
