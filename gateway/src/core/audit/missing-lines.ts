/**
 * Which lines of the ledger are gone before they were sealed. Each writer of events numbers its lines without
 * a gap, in the transaction that writes them, so a number that is left out is a line that was taken away.
 * Where the records are one file there is one writer, 0, and the numbers are the ids.
 *
 * Writers come and go with connections. Of those that wrote last, so many are remembered; what an older one
 * still writes is sealed and not counted.
 */
import { coreLimits } from '../limits.js'

export interface Missing {
  readonly writer: number
  /** Its lines from this number */
  readonly from: number
  /** through this one. */
  readonly through: number
}

export interface NumberedLine {
  /** Null: from before lines were counted. */
  readonly writer: number | null
  readonly number: number | null
}

export class WriterCounts {
  readonly #counts: Map<number, number>

  constructor(counts: Iterable<readonly [number, number]> = []) {
    this.#counts = new Map(counts)
  }

  static parse(text: string): WriterCounts {
    const kept = JSON.parse(text) as Readonly<Record<string, number>>
    return new WriterCounts(Object.entries(kept).map(([writer, count]) => [Number(writer), count]))
  }

  toText(): string {
    return JSON.stringify(Object.fromEntries(this.#counts))
  }

  get(writer: number): number | undefined {
    return this.#counts.get(writer)
  }

  /** Writers below it are not counted any more. */
  get oldest(): number {
    const isFull = this.#counts.size >= coreLimits.auditWritersMax
    return isFull ? Math.min(...this.#counts.keys()) : 0
  }

  /** Takes the next line; what is missing before it. */
  take({ writer, number }: NumberedLine): Missing | undefined {
    if (writer === null || number === null || writer < this.oldest) return undefined
    const next = (this.#counts.get(writer) ?? 0) + 1
    if (number >= next) this.#set(writer, number)
    return number > next ? { writer, from: next, through: number - 1 } : undefined
  }

  /** All that a writer has made is sealed but for these, which are not there. */
  takeEnd(writer: number, written: number): Missing | undefined {
    const next = (this.#counts.get(writer) ?? 0) + 1
    if (writer < this.oldest || written < next) return undefined
    this.#set(writer, written)
    return { writer, from: next, through: written }
  }

  #set(writer: number, count: number): void {
    this.#counts.set(writer, count)
    while (this.#counts.size > coreLimits.auditWritersMax) {
      this.#counts.delete(Math.min(...this.#counts.keys()))
    }
  }
}
