/**
 * Calls for every node, over a channel: lost where nobody listens, which is all right for a hint. Of a
 * kind at most one leaves in a while; one that comes meanwhile leaves at its end. This node hears its
 * own at once, not through Redis.
 */
import type { Call } from '../../../core/ports/coordination.js'
import type { TimerHandle } from '../../../core/ports/system.js'
import type { Surroundings } from './surroundings.js'
import type { Wire } from './wire.js'

const known: Readonly<Record<Call, true>> = {
  committed: true,
  host: true,
  cases: true,
  revoked: true,
}

const isCall = (text: string): text is Call => Object.hasOwn(known, text)

interface Pace {
  readonly timer: TimerHandle
  again: boolean
}

export class Calls {
  readonly #around: Surroundings
  readonly #ear: Wire
  readonly #maySend: () => boolean
  readonly #called: (call: Call) => void
  readonly #paces = new Map<Call, Pace>()
  #ping: TimerHandle | undefined
  #stopped = false

  constructor(
    around: Surroundings,
    ear: Wire,
    events: { maySend(): boolean; called(call: Call): void },
  ) {
    this.#around = around
    this.#ear = ear
    this.#maySend = () => events.maySend()
    this.#called = (call) => events.called(call)
  }

  call(call: Call): void {
    if (this.#stopped) return
    const pace = this.#paces.get(call)
    if (pace === undefined) this.#send(call)
    else pace.again = true
  }

  /** The ear's connection is new: it hears nothing before it has subscribed. */
  async connected(): Promise<void> {
    const answer = await this.#ear.subscribe(this.#around.keys.calls)
    if (!answer.ok) {
      this.#ear.drop(answer.fault)
      return
    }
    this.#ear.settled()
    this.#listen()
  }

  /** `<incarnation> <call>`. */
  heard(text: string): void {
    const [incarnation, call = ''] = text.split(' ')
    if (this.#stopped || incarnation === this.#around.node.incarnation) return
    if (isCall(call)) this.#called(call)
  }

  stop(): void {
    this.#stopped = true
    this.#ping?.cancel()
    for (const { timer } of this.#paces.values()) timer.cancel()
    this.#paces.clear()
  }

  #send(call: Call): void {
    const { wire, keys, node, timers, limits } = this.#around
    const pace: Pace = {
      again: false,
      timer: timers.after(limits.callEveryMs, () => {
        this.#paces.delete(call)
        if (pace.again) this.#send(call)
      }),
    }
    this.#paces.set(call, pace)
    if (this.#maySend()) void wire.send('publish', [keys.calls, `${node.incarnation} ${call}`])
  }

  /** Who only listens would never notice that the other end is gone. */
  #listen(): void {
    const { timers, limits } = this.#around
    this.#ping?.cancel()
    this.#ping = timers.after(limits.beatMs, () => {
      if (this.#stopped || !this.#ear.ready) return
      void this.#ear.send('ping', [])
      this.#listen()
    })
  }
}
