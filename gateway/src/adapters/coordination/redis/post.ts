/**
 * Notices for terminals that another node holds: who holds them is looked up, and each holder gets its
 * own in as few entries as hold them. One round at a time, so that under load a round carries more. A
 * notice is a hint: what cannot be given now is dropped and counted, never kept for later.
 */
import type { Notice, NodeIdentity } from '../../../core/ports/coordination.js'
import { entryOf } from './entries.js'
import { byBucket, holdingIn, inParts } from './holdings.js'
import type { Sessions } from './sessions.js'
import { listIn, type Surroundings } from './surroundings.js'

interface Letter {
  readonly to: NodeIdentity
  readonly notices: Notice[]
}

export class Post {
  readonly #around: Surroundings
  readonly #sessions: Sessions
  readonly #maySend: () => boolean
  /** By kind and terminal: the same hint twice is one. */
  #waiting = new Map<string, Notice>()
  #round: Promise<void> | undefined
  #sent = 0
  #dropped = 0

  constructor(around: Surroundings, sessions: Sessions, maySend: () => boolean) {
    this.#around = around
    this.#sessions = sessions
    this.#maySend = maySend
  }

  get sent(): number {
    return this.#sent
  }

  get dropped(): number {
    return this.#dropped
  }

  tell(notice: Notice): void {
    const { noticesWaitingMax } = this.#around.limits
    if (!this.#maySend() || this.#waiting.size >= noticesWaitingMax) {
      this.#dropped++
      return
    }
    this.#waiting.set(`${notice.kind} ${String(notice.terminalId)}`, notice)
    // What this turn of the event loop still brings goes with it.
    this.#round ??= Promise.resolve().then(() => this.#empty())
  }

  /** To this node, whoever holds the terminal by now. */
  async send(to: NodeIdentity, notices: readonly Notice[]): Promise<void> {
    const { wire, keys, limits } = this.#around
    for (const part of inParts(notices, limits.noticesPerEntryMax)) {
      // Only the node itself makes its inbox: what a dead one is told goes nowhere.
      const answer = await wire.send('xadd', [
        keys.inbox(to),
        'NOMKSTREAM',
        'MAXLEN',
        '~',
        limits.inboxEntriesMax,
        '*',
        'n',
        entryOf(part),
      ])
      if (!answer.ok) this.#dropped += part.length
      else if (answer.value !== null) this.#sent += part.length
    }
  }

  async stop(): Promise<void> {
    this.#waiting.clear()
    await this.#round
  }

  async #empty(): Promise<void> {
    while (this.#waiting.size > 0) {
      const waiting = this.#waiting
      this.#waiting = new Map()
      const letters = await this.#address([...waiting.values()])
      await Promise.all(letters.map(({ to, notices }) => this.send(to, notices)))
    }
    this.#round = undefined
  }

  async #address(notices: readonly Notice[]): Promise<readonly Letter[]> {
    const letters = new Map<string, Letter>()
    const buckets = byBucket(notices, ({ terminalId }) => terminalId)
    await Promise.all(
      [...buckets].map(([bucket, some]) => this.#addressBucket(bucket, some, letters)),
    )
    return [...letters.values()]
  }

  async #addressBucket(
    bucket: number,
    notices: readonly Notice[],
    letters: Map<string, Letter>,
  ): Promise<void> {
    const { wire, keys, node } = this.#around
    const ids = notices.map(({ terminalId }) => terminalId)
    const answer = await wire.send('hmget', [keys.sessions(bucket), ...ids])
    if (!answer.ok) {
      this.#dropped += notices.length
      return
    }
    const values = listIn(answer.value)
    for (const [i, notice] of notices.entries()) {
      const holding = holdingIn(values[i])
      if (holding === undefined) continue
      const { holder, fence } = holding
      if (holder.incarnation === node.incarnation) {
        this.#sessions.forget(notice.terminalId, fence)
        continue
      }
      const letter = letters.get(holder.incarnation)
      if (letter === undefined) letters.set(holder.incarnation, { to: holder, notices: [notice] })
      else letter.notices.push(notice)
    }
  }
}
