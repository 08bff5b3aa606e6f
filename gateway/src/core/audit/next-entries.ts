/** A page of the ledger as entries of the tree, with the holes that lie between its lines. */
import { canonicalJson, leafHash, utf8, type HoleEntry } from '@tillgate/protocol'

import type { EpochMs } from '../ports/system.js'
import type { UnsealedEvents } from '../queries/queries.js'
import type { NewEntry } from './growing-tree.js'
import type { Missing, WriterCounts } from './missing-lines.js'
import type { Hashing } from './reduce.js'

export interface NewHole {
  /** Its index in the tree. */
  readonly place: number
  readonly entry: string
  readonly missing: Missing
}

export interface NextEntries {
  readonly entries: readonly NewEntry[]
  readonly holes: readonly NewHole[]
}

const newline = 0x0a

/** Only in the records of one file are ids without gaps, and the numbers of the one writer. */
const onlyWriter = 0

export class EntryMaker {
  readonly #digest: Hashing
  readonly #writers: WriterCounts
  readonly #nowMs: EpochMs
  readonly #size: number
  readonly #entries: NewEntry[] = []
  readonly #holes: NewHole[] = []

  constructor(parts: {
    readonly digest: Hashing
    readonly writers: WriterCounts
    readonly nowMs: EpochMs
    /** Of the tree so far. */
    readonly size: number
  }) {
    this.#digest = parts.digest
    this.#writers = parts.writers
    this.#nowMs = parts.nowMs
    this.#size = parts.size
  }

  get made(): NextEntries {
    return { entries: this.#entries, holes: this.#holes }
  }

  /** Lines of a page, in order. */
  addLines({ ids, writers, numbers, lines }: UnsealedEvents): void {
    // Each line stands between two newlines; the one before it becomes the mark of a leaf.
    let start = 0
    for (const [place, id] of ids.entries()) {
      const end = lines.indexOf(newline, start + 1)
      if (end < 0) throw new Error('a page of the ledger has fewer lines than ids')
      const writer = writers === undefined ? onlyWriter : (writers[place] ?? null)
      const number = numbers === undefined ? id : (numbers[place] ?? null)
      const missing = this.#writers.take({ writer, number })
      if (missing !== undefined) this.addHole(missing, id)
      lines[start] = 0
      const hash = this.#digest.sha256(lines.subarray(start, end))
      this.#entries.push({ eventId: id, isHole: false, hash })
      start = end
    }
  }

  /** `eventId`: the line behind it, or the last one where there is none. */
  addHole(missing: Missing, eventId: number): void {
    const { writer, from, through } = missing
    const hole: HoleEntry = { hole: { from, through, writer }, noticedAtMs: this.#nowMs }
    const entry = canonicalJson(hole)
    this.#holes.push({ place: this.#size + this.#entries.length, entry, missing })
    const hash = leafHash(this.#digest, utf8(entry))
    this.#entries.push({ eventId, isHole: true, hash })
  }
}
