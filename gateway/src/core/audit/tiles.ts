/**
 * Where a hash of the tree lies: tiles of 256 hashes side by side, level above level, as c2sp.org/tlog-tiles
 * cuts them. On level 0 the hashes are leaves; on level 1 each is the root of a full tile of level 0. Only
 * the last tile of a level may be short, and no full one ever changes.
 */
export const tileHashesMax = 256
export const tileHeight = 8
export const hashBytes = 32
export const entryIdBytes = 8

/** More tiles of one level than 2^53 entries would need. */
const tilesPerLevel = 2 ** 45

export interface TilePlace {
  readonly level: number
  readonly index: number
}

export const tileId = ({ level, index }: TilePlace): number => level * tilesPerLevel + index

/** How many hashes a level has in a tree of this size. */
export const hashesOnLevel = (size: number, level: number): number =>
  Math.floor(size / tileHashesMax ** level)

/** The short tiles at the right edge, from the lowest level up. A level that ends with a full one has none. */
export const shortTiles = (size: number): readonly (TilePlace & { readonly fill: number })[] => {
  const tiles: (TilePlace & { fill: number })[] = []
  for (let level = 0; hashesOnLevel(size, level) > 0; level++) {
    const hashes = hashesOnLevel(size, level)
    const fill = hashes % tileHashesMax
    if (fill > 0) tiles.push({ level, index: Math.floor(hashes / tileHashesMax), fill })
  }
  return tiles
}

/** 2^53 and above can't be ids: the top bit of the first byte says that the entry is a hole. */
const holeBit = 0x80

export interface TileEntry {
  /** The event that the entry is; for a hole the next event, or the last before it where there is none. */
  readonly eventId: number
  readonly isHole: boolean
}

export const writeEntry = (into: Uint8Array, place: number, entry: TileEntry): void => {
  let rest = entry.eventId
  for (let at = (place + 1) * entryIdBytes - 1; at >= place * entryIdBytes; at--) {
    into[at] = rest % 0x100
    rest = Math.floor(rest / 0x100)
  }
  if (entry.isHole) into[place * entryIdBytes] = holeBit
}

export const readEntry = (from: Uint8Array, place: number): TileEntry => {
  const start = place * entryIdBytes
  const isHole = from[start] === holeBit
  let eventId = isHole ? 0 : (from[start] ?? 0)
  for (let at = start + 1; at < start + entryIdBytes; at++) {
    eventId = eventId * 0x100 + (from[at] ?? 0)
  }
  return { eventId, isHole }
}
