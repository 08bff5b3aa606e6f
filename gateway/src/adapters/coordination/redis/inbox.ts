/**
 * What other nodes tell this one: a stream that is read from where the last read ended, over a
 * connection of its own, since a read waits. Whoever opens it begins at its end and has everything
 * looked at, and so it is after whatever may have lost an entry: a new connection (a failover may have
 * cut the stream's tail or moved its clock back), a stream that was made anew, a reader so far behind
 * that entries went unread.
 */
import type { Notice } from '../../../core/ports/coordination.js'
import type { TimerHandle } from '../../../core/ports/system.js'
import { noticesIn } from './entries.js'
import { keepInboxScript } from './scripts/keep-inbox.lua.js'
import { listIn, numberIn, textIn, type Surroundings } from './surroundings.js'
import type { Wire } from './wire.js'

export interface InboxEvents {
  notice(notice: Notice): void
  missed(): void
}

interface Entry {
  readonly id: string
  readonly notices: readonly Notice[]
}

const entriesIn = (value: unknown): readonly Entry[] => {
  const [stream] = listIn(value)
  return listIn(listIn(stream)[1]).map((entry) => {
    const [id, fields] = listIn(entry)
    return { id: textIn(id), notices: noticesIn(textIn(listIn(fields)[1])) }
  })
}

/** `<ms>-<sequence>`. */
const isAtOrBehind = (id: string, other: string): boolean => {
  const [ms = 0, sequence = 0] = id.split('-').map(Number)
  const [otherMs = 0, otherSequence = 0] = other.split('-').map(Number)
  return ms === otherMs ? sequence >= otherSequence : ms > otherMs
}

export class Inbox {
  readonly #around: Surroundings
  readonly #reader: Wire
  readonly #events: InboxEvents
  readonly #key: string
  #retry: TimerHandle | undefined
  #loop: Promise<void> | undefined
  #stopped = false
  /** The id of the last entry read; undefined: begin at the end. */
  #position: string | undefined
  #trouble: string | undefined = 'has not answered yet'
  #received = 0

  /** `around.wire` keeps it alive; `reader` waits for its entries. */
  constructor(around: Surroundings, reader: Wire, events: InboxEvents) {
    this.#around = around
    this.#reader = reader
    this.#events = events
    this.#key = around.keys.inbox(around.node)
  }

  get received(): number {
    return this.#received
  }

  /** Why it is not read, where it is not. */
  get trouble(): string | undefined {
    return this.#trouble
  }

  /** The reader's connection is new. */
  connected(): void {
    this.#position = undefined
    this.#read()
  }

  lost(): void {
    this.#trouble = this.#reader.fault.words
  }

  /** With each beat. */
  async keep(): Promise<void> {
    const { wire, limits } = this.#around
    const answer = await wire.run(keepInboxScript, [this.#key], [limits.inboxTtlMs])
    if (!answer.ok || this.#position === undefined) return
    if (numberIn(listIn(answer.value)[0]) === 1) this.#position = undefined
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#retry?.cancel()
    await this.#around.wire.send('del', [this.#key])
  }

  #read(): void {
    if (this.#stopped || this.#loop !== undefined) return
    this.#retry?.cancel()
    this.#loop = this.#readOn().finally(() => {
      this.#loop = undefined
      if (this.#stopped || !this.#reader.ready) return
      const { timers, limits } = this.#around
      this.#retry = timers.after(limits.roundRetryMs, () => this.#read())
    })
  }

  async #readOn(): Promise<void> {
    while (!this.#stopped && this.#reader.ready) {
      if (this.#position === undefined && !(await this.#begin())) return
      if (!(await this.#readSome())) return
    }
  }

  async #begin(): Promise<boolean> {
    const { limits } = this.#around
    const answer = await this.#reader.run(keepInboxScript, [this.#key], [limits.inboxTtlMs])
    if (!answer.ok) {
      this.#trouble = answer.fault.words
      return false
    }
    this.#reader.settled()
    this.#trouble = undefined
    this.#position = textIn(listIn(answer.value)[1])
    this.#events.missed()
    return true
  }

  async #readSome(): Promise<boolean> {
    const { limits } = this.#around
    const from = this.#position
    if (from === undefined) return true
    const { entriesPerReadMax: count, inboxBlockMs: blockMs, commandTimeoutMs } = limits
    const answer = await this.#reader.send(
      'xread',
      ['COUNT', count, 'BLOCK', blockMs, 'STREAMS', this.#key, from],
      blockMs + commandTimeoutMs,
    )
    if (!answer.ok) {
      // Whatever this read still brings would be lost: begin anew, at the end.
      this.#position = undefined
      this.#trouble = answer.fault.words
      if (answer.fault.kind === 'silent') this.#reader.drop(answer.fault)
      return false
    }
    this.#trouble = undefined
    const entries = entriesIn(answer.value)
    const [first] = entries
    const last = entries.at(-1)
    // Begun anew meanwhile.
    if (first === undefined || last === undefined || this.#position !== from) return true
    if (entries.length === count && (await this.#isCut(first.id))) {
      this.#position = undefined
      return true
    }
    this.#position = last.id
    for (const { notices } of entries) this.#deliver(notices)
    return true
  }

  #deliver(notices: readonly Notice[]): void {
    for (const notice of notices) {
      this.#received++
      this.#events.notice(notice)
    }
  }

  /** Whether the stream now begins where this read did: what came before it was cut off, unread. */
  async #isCut(firstRead: string): Promise<boolean> {
    const answer = await this.#reader.send('xrange', [this.#key, '-', '+', 'COUNT', 1])
    if (!answer.ok) return true
    const oldest = textIn(listIn(listIn(answer.value)[0])[0])
    return isAtOrBehind(oldest, firstRead)
  }
}
