// The growing tree and the proofs out of its tiles, beside the definition of RFC 6962 section 2.1: every leaf
// in every size up to 64, and around the ends of tiles, however the tree was grown.
import { provesEntry, provesGrowth } from '@tillgate/protocol'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Records } from '../ports/records.js'
import type { AuditTileRow } from '../records/tables.js'
import { GrowingTree } from './growing-tree.js'
import { findEvent, growthPath, inclusionPath, rootAt } from './stored-tree.js'
import { shortTiles } from './tiles.js'

const digest = {
  sha256: (data: Uint8Array) => new Uint8Array(createHash('sha256').update(data).digest()),
}

const leafOf = (index: number): Uint8Array => digest.sha256(Uint8Array.of(index & 255, index >> 8))

/** Tiles as the records keep them. */
class Kept {
  readonly rows = new Map<number, AuditTileRow>()
  size = 0

  grow(count: number): Uint8Array {
    const tree = new GrowingTree(digest, this.size, [...this.rows.values()])
    const indexes = Array.from({ length: count }, (_, at) => this.size + at)
    tree.append(
      indexes.map((at) => ({ eventId: 3 * at + 1, isHole: at % 10 === 9, hash: leafOf(at) })),
    )
    for (const { isNew, ...row } of tree.takeChanged()) {
      expect(this.rows.has(row.id)).toBe(!isNew)
      this.rows.set(row.id, row)
    }
    this.size += count
    expect(tree.size).toBe(this.size)
    return tree.root()
  }

  readonly reads = {
    read: (name: string, input: unknown): Promise<unknown> => {
      const { ids, eventId = 0 } = input as { ids?: readonly number[]; eventId?: number }
      if (name === 'audit-tiles') {
        return Promise.resolve(ids?.flatMap((id) => this.rows.get(id) ?? []))
      }
      const found = [...this.rows.values()]
        .filter(({ firstEvent }) => firstEvent !== null && firstEvent <= eventId)
        .sort((a, b) => (b.firstEvent ?? 0) - (a.firstEvent ?? 0) || b.id - a.id)
      return Promise.resolve(found[0])
    },
  } as Pick<Records, 'read'>
}

const provesAll = async (kept: Kept, sizes: readonly number[]): Promise<void> => {
  for (const size of sizes) {
    const root = await rootAt(kept.reads, digest, size)
    const indexes = size <= 64 ? [...Array(size).keys()] : [0, 1, 254, 255, 256, size - 1]
    for (const index of indexes.filter((one) => one < size)) {
      const path = await inclusionPath(kept.reads, digest, { index, size })
      expect(provesEntry(digest, leafOf(index), { index, size, path }, root)).toBe(true)
      expect(provesEntry(digest, leafOf(index + 1), { index, size, path }, root)).toBe(false)
    }
    for (const from of sizes.filter((one) => one <= size)) {
      const older = { size: from, root: await rootAt(kept.reads, digest, from) }
      const path = await growthPath(kept.reads, digest, { from, to: size })
      expect(provesGrowth(digest, older, { size, root }, path)).toBe(true)
    }
  }
}

describe('a tree that is kept in tiles', () => {
  it('proves every leaf and every growth in every size up to 64', async () => {
    const kept = new Kept()
    for (let size = 1; size <= 64; size++) {
      const root = kept.grow(1)
      expect(await rootAt(kept.reads, digest, size)).toEqual(root)
    }
    await provesAll(
      kept,
      Array.from({ length: 64 }, (_, at) => at + 1),
    )
  })

  it('proves around the ends of tiles, of a tree with a third level too', async () => {
    const kept = new Kept()
    kept.grow(66_000)
    await provesAll(kept, [255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 66_000])
  })

  it('has the same root and the same tiles however it was grown', () => {
    for (const steps of [
      [1, 255, 1],
      [256, 256],
      [300, 1, 211, 2],
      [7, 249, 300, 300, 300],
    ]) {
      const [slowly, atOnce] = [new Kept(), new Kept()]
      const roots = steps.map((step) => slowly.grow(step))
      expect(atOnce.grow(slowly.size)).toEqual(roots.at(-1))
      expect([...slowly.rows].sort(([a], [b]) => a - b)).toEqual(
        [...atOnce.rows].sort(([a], [b]) => a - b),
      )
    }
  })

  it('finds each event in its place, and no hole', async () => {
    const kept = new Kept()
    kept.grow(600)
    for (let index = 0; index < 600; index++) {
      const found = await findEvent(kept.reads, 3 * index + 1)
      expect(found?.index).toBe(index % 10 === 9 ? undefined : index)
    }
    expect(await findEvent(kept.reads, 2)).toBeUndefined()
  })

  it('is not grown from tiles that are missing or too short', () => {
    const kept = new Kept()
    kept.grow(300)
    expect(shortTiles(300)).toHaveLength(2)
    expect(() => new GrowingTree(digest, 301, [...kept.rows.values()])).toThrow('lacks a tile')
    expect(() => new GrowingTree(digest, 300, [])).toThrow('lacks a tile')
  })
})
