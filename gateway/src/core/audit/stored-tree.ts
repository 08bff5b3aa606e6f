/**
 * Proofs out of tiles: which tiles a proof needs, read in one question, and the hashes that they give. A
 * proof for a tree of 2^53 entries reads at most some twenty tiles, for a million some five.
 */
import { nodeHash } from '@tillgate/protocol'

import type { Records } from '../ports/records.js'
import type { AuditTileRow } from '../records/tables.js'
import { consistencyRanges, inclusionRanges, leftOf, type Range } from './ranges.js'
import { emptyRoot, hashesIn, rootOf, type Hashing } from './reduce.js'
import { hashBytes, readEntry, tileHashesMax, tileHeight, tileId, type TilePlace } from './tiles.js'

type Reads = Pick<Records, 'read'>

/** A full subtree: of 2^height leaves, the index-th of them. */
interface Node {
  readonly height: number
  readonly index: number
}

const heightOf = (count: number): number | undefined => {
  let height = 0
  let leaves = 1
  while (leaves < count) {
    leaves *= 2
    height += 1
  }
  return leaves === count ? height : undefined
}

/** The full subtrees of a range, from left to right; only at the right edge are there several. */
const nodesOf = ({ from, to }: Range): readonly Node[] => {
  const height = heightOf(to - from)
  if (height !== undefined) return [{ height, index: from / 2 ** height }]
  const middle = from + leftOf(to - from)
  return [...nodesOf({ from, to: middle }), ...nodesOf({ from: middle, to })]
}

const placeOf = ({ height, index }: Node): TilePlace => {
  const level = Math.floor(height / tileHeight)
  return { level, index: Math.floor((index * 2 ** (height % tileHeight)) / tileHashesMax) }
}

class Tiles {
  readonly #digest: Hashing
  readonly #rows: ReadonlyMap<number, AuditTileRow>

  constructor(digest: Hashing, rows: readonly AuditTileRow[]) {
    this.#digest = digest
    this.#rows = new Map(rows.map((row) => [row.id, row]))
  }

  hashOf(range: Range): Uint8Array {
    const nodes = nodesOf(range).map((node) => this.#node(node))
    const [last, ...before] = nodes.reverse()
    if (last === undefined) throw new RangeError('a subtree of no leaves')
    return before.reduce((right, left) => nodeHash(this.#digest, left, right), last)
  }

  #node(node: Node): Uint8Array {
    const row = this.#rows.get(tileId(placeOf(node)))
    const count = 2 ** (node.height % tileHeight)
    const first = (node.index * count) % tileHashesMax
    if (row === undefined || row.hashes.length < (first + count) * hashBytes) {
      throw new Error('the tree lacks a tile, or a part of one')
    }
    return rootOf(this.#digest, hashesIn(row.hashes, first, first + count))
  }
}

const hashesOf = async (
  reads: Reads,
  digest: Hashing,
  ranges: readonly Range[],
): Promise<readonly Uint8Array[]> => {
  if (ranges.length === 0) return []
  const places = ranges.flatMap((range) => nodesOf(range).map((node) => tileId(placeOf(node))))
  const ids = [...new Set(places)]
  const tiles = new Tiles(digest, await reads.read('audit-tiles', { ids }))
  return ranges.map((range) => tiles.hashOf(range).slice())
}

/** The audit path of an entry, from its sibling up. */
export const inclusionPath = (
  reads: Reads,
  digest: Hashing,
  { index, size }: { readonly index: number; readonly size: number },
): Promise<readonly Uint8Array[]> => hashesOf(reads, digest, inclusionRanges(index, size))

/** Empty between equal sizes, and from the empty tree on. */
export const growthPath = (
  reads: Reads,
  digest: Hashing,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly Uint8Array[]> =>
  hashesOf(reads, digest, from === 0 || from === to ? [] : consistencyRanges(from, to))

export const rootAt = async (reads: Reads, digest: Hashing, size: number): Promise<Uint8Array> => {
  if (size === 0) return emptyRoot(digest)
  const [root] = await hashesOf(reads, digest, [{ from: 0, to: size }])
  return root ?? emptyRoot(digest)
}

export interface FoundEntry {
  readonly index: number
  readonly hash: Uint8Array
}

const findIn = (row: AuditTileRow, eventId: number): FoundEntry | undefined => {
  const events = row.events ?? new Uint8Array(0)
  for (let place = 0; place < row.hashes.length / hashBytes; place++) {
    const entry = readEntry(events, place)
    if (entry.isHole || entry.eventId !== eventId) continue
    const hash = row.hashes.slice(place * hashBytes, (place + 1) * hashBytes)
    return { index: row.id * tileHashesMax + place, hash }
  }
  return undefined
}

/** Where an event stands in the tree; undefined where it is not sealed. */
export const findEvent = async (reads: Reads, eventId: number): Promise<FoundEntry | undefined> => {
  const row = await reads.read('audit-tile-of-event', { eventId })
  const found = row && findIn(row, eventId)
  if (row === undefined || row.id === 0 || found !== undefined) return found
  // A hole behind the last event may begin a tile under that event's id.
  const [before] = await reads.read('audit-tiles', { ids: [row.id - 1] })
  return before && findIn(before, eventId)
}
