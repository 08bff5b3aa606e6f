/**
 * The right edge of the tree, which is all that is needed to append to it: the short tile of each level, in
 * memory. Pure: it says which tiles have changed, and somebody else keeps them. If what it said could not
 * be kept, it is thrown away and read anew.
 */
import type { AuditTileRow } from '../records/tables.js'
import { emptyRoot, hashesIn, rootOf, type Hashing } from './reduce.js'
import {
  entryIdBytes,
  hashBytes,
  shortTiles,
  tileHashesMax,
  tileId,
  writeEntry,
  type TileEntry,
} from './tiles.js'

export interface NewEntry extends TileEntry {
  readonly hash: Uint8Array
}

/** A tile as it is to be kept. */
export interface ChangedTile extends AuditTileRow {
  /** Nothing is kept under this id yet. */
  readonly isNew: boolean
}

interface ShortTile {
  index: number
  fill: number
  readonly hashes: Uint8Array
  /** Only on the lowest level. */
  readonly events: Uint8Array
  firstEvent: number
}

const emptyTile = (index: number): ShortTile => ({
  index,
  fill: 0,
  hashes: new Uint8Array(tileHashesMax * hashBytes),
  events: new Uint8Array(tileHashesMax * entryIdBytes),
  firstEvent: 0,
})

export class GrowingTree {
  readonly #digest: Hashing
  readonly #levels: ShortTile[] = []
  readonly #changed = new Map<number, ChangedTile>()
  #size: number

  /** `tiles` are the short ones of that size: see `shortTiles`. Throws where one is missing or shorter. */
  constructor(digest: Hashing, size: number, tiles: readonly AuditTileRow[]) {
    this.#digest = digest
    this.#size = size
    for (let level = 0; ; level++) {
      const hashes = Math.floor(size / tileHashesMax ** level)
      if (hashes === 0) break
      this.#levels.push(emptyTile(Math.floor(hashes / tileHashesMax)))
    }
    for (const place of shortTiles(size)) {
      const row = tiles.find(({ id }) => id === tileId(place))
      const tile = this.#levels[place.level]
      if (row === undefined || tile === undefined || row.hashes.length < place.fill * hashBytes) {
        throw new Error(`the tree of ${String(size)} lacks a tile of level ${String(place.level)}`)
      }
      tile.fill = place.fill
      tile.hashes.set(row.hashes.subarray(0, place.fill * hashBytes))
      tile.events.set((row.events ?? new Uint8Array(0)).subarray(0, place.fill * entryIdBytes))
      tile.firstEvent = row.firstEvent ?? 0
    }
  }

  get size(): number {
    return this.#size
  }

  root(): Uint8Array {
    let rest: Uint8Array | undefined
    for (const { hashes, fill } of this.#levels) {
      const level = hashesIn(hashes, 0, fill)
      if (rest !== undefined) level.push(rest)
      if (level.length > 0) rest = rootOf(this.#digest, level)
    }
    // A copy: where there is one hash it lies in a tile that goes on growing.
    return rest?.slice() ?? emptyRoot(this.#digest)
  }

  append(entries: readonly NewEntry[]): void {
    for (const { hash, ...entry } of entries) {
      const tile = this.#level(0)
      if (tile.fill === 0) tile.firstEvent = entry.eventId
      writeEntry(tile.events, tile.fill, entry)
      this.#put(0, hash)
    }
    this.#size += entries.length
  }

  /** What has changed since this was asked last, each tile once. */
  takeChanged(): readonly ChangedTile[] {
    for (const [level, tile] of this.#levels.entries()) if (tile.fill > 0) this.#keep(level, tile)
    const changed = [...this.#changed.values()].filter(({ hashes }) => hashes.length > 0)
    this.#changed.clear()
    return changed
  }

  #level(level: number): ShortTile {
    let tile = this.#levels[level]
    if (tile === undefined) {
      tile = emptyTile(0)
      this.#levels.push(tile)
    }
    return tile
  }

  #put(level: number, hash: Uint8Array): void {
    const tile = this.#level(level)
    // Marks it as touched, with what it held before.
    if (!this.#changed.has(tileId({ level, index: tile.index }))) this.#touch(level, tile)
    tile.hashes.set(hash, tile.fill * hashBytes)
    tile.fill += 1
    if (tile.fill < tileHashesMax) return
    this.#keep(level, tile)
    const above = rootOf(this.#digest, hashesIn(tile.hashes, 0, tileHashesMax))
    tile.index += 1
    tile.fill = 0
    this.#put(level + 1, above)
  }

  #touch(level: number, tile: ShortTile): void {
    const id = tileId({ level, index: tile.index })
    const nothing = new Uint8Array(0)
    const isNew = tile.fill === 0
    this.#changed.set(id, { id, isNew, firstEvent: null, hashes: nothing, events: null })
  }

  #keep(level: number, tile: ShortTile): void {
    const id = tileId({ level, index: tile.index })
    const touched = this.#changed.get(id)
    if (touched === undefined) return
    const isLowest = level === 0
    this.#changed.set(id, {
      id,
      isNew: touched.isNew,
      firstEvent: isLowest ? tile.firstEvent : null,
      hashes: tile.hashes.slice(0, tile.fill * hashBytes),
      events: isLowest ? tile.events.slice(0, tile.fill * entryIdBytes) : null,
    })
  }
}
