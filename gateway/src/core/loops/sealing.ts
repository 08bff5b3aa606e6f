/**
 * The loop that seals the ledger: reads the lines behind the tree, hashes them, submits the growth. One node
 * is enough for it; where two do it, the tree's row lets one of them through and the other reads anew. It
 * runs a moment after something was committed, so that a busy ledger is sealed in large pieces, and by itself
 * every beat. What it remembers is thrown away whenever it is not certain that the records hold it.
 */
import { GrowingTree } from '../audit/growing-tree.js'
import { WriterCounts } from '../audit/missing-lines.js'
import { EntryMaker } from '../audit/next-entries.js'
import { shortTiles, tileId } from '../audit/tiles.js'
import { coreLimits } from '../limits.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { Digest } from '../ports/signing.js'
import type { Clock, DurationMs, TimerHandle, Timers } from '../ports/system.js'
import { createLoop, type Loop } from './pace.js'

export const sealingReader = 'audit-sealing'

export interface SealingPorts {
  readonly records: Records
  readonly digest: Pick<Digest, 'sha256'>
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly beatMs?: DurationMs
  readonly pauseMs?: DurationMs
  mayRun?(): boolean
  /** Everything is sealed. */
  readerIsAtEnd?(reader: string): void
  /** Of this tree; for who signs it. */
  sealed?(head: SealedHead): Promise<void>
}

export interface SealedHead {
  readonly size: number
  readonly root: Uint8Array
}

export interface SealingCounts {
  /** Entries of the tree, as this node last knew; undefined while another node seals. */
  readonly entries: number | undefined
  /** Lines that waited when it last looked, up to some more than the alarm is for. */
  readonly waiting: number
  /** Lines found missing by this node since its start. */
  readonly missing: number
}

export interface Sealing extends Loop {
  counts(): SealingCounts
}

interface Known {
  readonly tree: GrowingTree
  readonly writers: WriterCounts
  position: number
}

export const createSealing = (ports: SealingPorts): Sealing => new SealingLoop(ports)

class SealingLoop implements Sealing {
  readonly #ports: SealingPorts
  readonly #loop: Loop
  #known: Known | undefined
  #pause: TimerHandle | undefined
  #waiting = 0
  #missing = 0
  #saidThatItWentBack = false
  #stopped = false

  constructor(ports: SealingPorts) {
    this.#ports = ports
    this.#loop = createLoop({ ...ports, name: 'sealing', turn: () => this.#turn() })
  }

  nudge(): void {
    if (this.#pause !== undefined || this.#stopped) return
    const { timers, pauseMs = coreLimits.sealPauseMs } = this.#ports
    this.#pause = timers.after(pauseMs, () => {
      this.#pause = undefined
      this.#loop.nudge()
    })
  }

  start(): void {
    this.#loop.start()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#pause?.cancel()
    await this.#loop.stop()
  }

  counts(): SealingCounts {
    return { entries: this.#known?.tree.size, waiting: this.#waiting, missing: this.#missing }
  }

  async #turn(): Promise<boolean> {
    const known = this.#known ?? (await this.#read())
    // Until the records have said yes nothing of it is certain.
    this.#known = undefined
    const { digest, clock, records } = this.#ports
    const limit = coreLimits.sealLinesPerTurnMax
    const page = await records.read('unsealed-events', { afterId: known.position, limit })
    await this.#measure(known, page.ids.length)
    const { writers, tree } = known
    const maker = new EntryMaker({ digest, writers, nowMs: clock.now(), size: tree.size })
    maker.addLines(page)
    if (page.ids.length === 0) await this.#lookAtTheEnd(known, maker)
    const grown = await this.#submit(known, maker, page.ids.at(-1) ?? known.position)
    if (!grown) return true
    this.#known = known
    const isAtEnd = page.ids.length < limit
    if (isAtEnd) await this.#atEnd(known)
    return !isAtEnd
  }

  async #atEnd({ tree }: Known): Promise<void> {
    this.#waiting = 0
    this.#ports.readerIsAtEnd?.(sealingReader)
    if (tree.size > 0) await this.#ports.sealed?.({ size: tree.size, root: tree.root() })
  }

  async #read(): Promise<Known> {
    const { records, digest } = this.#ports
    const row = await records.read('audit-tree', {})
    const size = row?.size ?? 0
    const ids = shortTiles(size).map(tileId)
    const tiles = ids.length === 0 ? [] : await records.read('audit-tiles', { ids })
    return {
      tree: new GrowingTree(digest, size, tiles),
      writers: WriterCounts.parse(row?.writers ?? '{}'),
      position: row?.position ?? 0,
    }
  }

  /** How many lines wait: counted only where it is more than a page. */
  async #measure({ position }: Known, lines: number): Promise<void> {
    this.#waiting = lines
    if (lines < coreLimits.sealLinesPerTurnMax) return
    const stretch = { afterId: position, linesMax: coreLimits.unsealedLinesCountedMax }
    this.#waiting = (await this.#ports.records.read('event-stretch', stretch)).lines
  }

  /** False: somebody else has grown the tree meanwhile. */
  async #submit(known: Known, maker: EntryMaker, position: number): Promise<boolean> {
    const { entries, holes } = maker.made
    if (entries.length === 0) return true
    const { records, clock, log } = this.#ports
    const { tree, writers } = known
    const from = { size: tree.size, position: known.position }
    tree.append(entries)
    const answer = await records.submit('seal-events', {
      from,
      to: { size: tree.size, position, root: tree.root(), writers: writers.toText() },
      tiles: tree.takeChanged(),
      holes,
      atMs: clock.now(),
    })
    if (!answer.ok) return false
    known.position = position
    for (const { missing, place } of holes) {
      this.#missing += missing.through - missing.from + 1
      log.error('lines of the ledger are gone that were never sealed', { entry: place, ...missing })
    }
    return true
  }

  /** Lines that nothing follows leave no gap behind them. */
  async #lookAtTheEnd(known: Known, maker: EntryMaker): Promise<void> {
    const { records } = this.#ports
    const { writers, position } = known
    const ends = await records.read('writer-ends', {
      afterId: position,
      fromWriter: writers.oldest,
    })
    for (const { writer, written } of ends) {
      const missing = writers.takeEnd(writer, written)
      if (missing !== undefined) maker.addHole(missing, position)
    }
    if (writers.get(0) === position && position > 0) await this.#lookBehind(position)
  }

  /** Where ids are counted from the last line that is there, a line that was taken away comes again. */
  async #lookBehind(position: number): Promise<void> {
    const { records, clock, log } = this.#ports
    const [last] = await records.read('events', { afterId: position - 1, limit: 1 })
    if (last?.id === position || this.#saidThatItWentBack) return
    this.#saidThatItWentBack = true
    log.error('the ledger ends before what was sealed of it', { position })
    await records.submit('raise-alarm', {
      code: 'LEDGER_WENT_BACK',
      terminalId: null,
      actor: 'gateway',
      detail: `sealed up to ${String(position)}, which is not there`,
      evidence: null,
      atMs: clock.now(),
    })
  }
}
