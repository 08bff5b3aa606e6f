/**
 * Signed calls into one of the acquirer's systems. A call is one message: it keeps its id over all its
 * attempts, which is the idempotency key, and each attempt is signed anew with its own time. It ends with
 * an answer in its closed shape, or with a detail; then nobody knows whether the receiver has acted, and
 * whoever called asks again under the same id. Never throws, keeps nothing between calls but the circuit.
 */
import { Agent } from 'node:https'
import type { Clock, DurationMs, Entropy, Timers } from '../../core/ports/system.js'
import { ask, type Asked } from '../https/ask.js'
import { closedAnswer, type Fields } from './answer.js'
import { createCircuit, type Circuit, type CircuitState } from './circuit.js'
import { hookLimits, type HookLimits } from './limits.js'
import { pauseAfter, retryAfterMs } from './pauses.js'
import { createSigning, type Sign } from './signing.js'

export type HookTarget = 'host' | 'registry' | 'notices'

export type HookOutcome = 'answered' | 'unavailable' | 'not-tried'

/** What a call came to, for who counts. */
export interface HeardCall {
  readonly outcome: HookOutcome
  readonly attempts: number
  readonly ms: DurationMs
}

export interface HookOptions {
  readonly target: HookTarget
  /** `https:` and nothing else. */
  readonly url: string
  /** One, or two while it changes: the new one first. */
  readonly secrets: readonly string[]
  /** Trusted for this target in place of the system's list, PEM. */
  readonly caPem?: string | undefined
  readonly clock: Clock
  readonly timers: Timers
  readonly entropy: Entropy
  readonly limits?: Partial<HookLimits>
  readonly heard?: (call: HeardCall) => void
}

export interface HookMessage<A> {
  /** The idempotency key. */
  readonly id: string
  readonly type: string
  readonly data: Fields
  /** Fields of an answer beside `id` and `detail`. */
  readonly known: readonly string[]
  /** Undefined: not an answer to this. */
  read(fields: Fields): A | undefined
}

export type HookAnswer<A> =
  { readonly ok: true; readonly answer: A } | { readonly ok: false; readonly detail: string }

export interface Hook {
  call<A>(message: HookMessage<A>): Promise<HookAnswer<A>>
  circuit(): CircuitState
  /** Cuts what is in flight; each such call ends with a detail. */
  close(): void
}

/** What a header can carry, without the full stop, which the signature's text is joined with. */
export const isHookId = (text: string): boolean => /^[A-Za-z0-9_:-]{1,200}$/.test(text)

/** The receiver is there and can't just now; anything else is not mended by asking again. */
const isPassing = (status: number): boolean =>
  status === 408 || status === 429 || (status >= 500 && status <= 599)

const checkedUrl = ({ target, url }: HookOptions): URL => {
  const base = new URL(url)
  if (base.protocol !== 'https:') throw new TypeError(`hooks: ${target} must be called over https`)
  return base
}

type Verdict<A> =
  | { readonly kind: 'answer'; readonly answer: A }
  | { readonly kind: 'none'; readonly detail: string; readonly mayPass: boolean }

const verdictOn = <A>(asked: Asked, message: HookMessage<A>): Verdict<A> => {
  if (!asked.ok) return { kind: 'none', detail: asked.detail, mayPass: true }
  const { status, body } = asked
  if (status !== 200) {
    return { kind: 'none', detail: `it answered ${String(status)}`, mayPass: isPassing(status) }
  }
  const fields = closedAnswer(body, message.id, message.known)
  const answer = fields === undefined ? undefined : message.read(fields)
  return answer === undefined
    ? { kind: 'none', detail: 'an answer of another shape', mayPass: false }
    : { kind: 'answer', answer }
}

const outcomeOf = (isAnswered: boolean, attempts: number): HookOutcome => {
  if (isAnswered) return 'answered'
  return attempts === 0 ? 'not-tried' : 'unavailable'
}

class SignedHook implements Hook {
  readonly #options: HookOptions
  readonly #limits: HookLimits
  readonly #base: URL
  readonly #sign: Sign
  readonly #circuit: Circuit
  readonly #agent: Agent
  readonly #onClose = new Set<() => void>()
  #underWay = 0
  #isClosed = false

  constructor(options: HookOptions) {
    this.#options = options
    this.#limits = { ...hookLimits, ...options.limits }
    this.#base = checkedUrl(options)
    this.#sign = createSigning(options.secrets)
    this.#circuit = createCircuit({ clock: options.clock, ...this.#limits })
    this.#agent = new Agent({
      keepAlive: true,
      maxSockets: this.#limits.connectionsMax,
      maxFreeSockets: this.#limits.idleConnectionsMax,
      minVersion: 'TLSv1.2',
      ...(options.caPem === undefined ? {} : { ca: options.caPem }),
    })
  }

  async call<A>(message: HookMessage<A>): Promise<HookAnswer<A>> {
    const { clock, heard } = this.#options
    if (this.#underWay >= this.#limits.callsInFlightMax) {
      heard?.({ outcome: 'not-tried', attempts: 0, ms: 0 })
      return { ok: false, detail: 'too many calls in flight' }
    }
    this.#underWay += 1
    const since = clock.monotonic()
    const tried = { attempts: 0 }
    const answer = await this.#deliver(message, tried).finally(() => (this.#underWay -= 1))
    const { attempts } = tried
    const ms = clock.monotonic() - since
    heard?.({ outcome: outcomeOf(answer.ok, attempts), attempts, ms })
    return answer
  }

  circuit(): CircuitState {
    return this.#circuit.state()
  }

  close(): void {
    this.#isClosed = true
    for (const stop of [...this.#onClose]) stop()
    this.#agent.destroy()
  }

  async #deliver<A>(message: HookMessage<A>, tried: { attempts: number }): Promise<HookAnswer<A>> {
    const { clock } = this.#options
    const { type, data } = message
    const body = JSON.stringify({ type, timestamp: new Date(clock.now()).toISOString(), data })
    const endMs = clock.monotonic() + this.#limits.callMsMax
    let detail = ''
    for (;;) {
      const ticket = this.#isClosed ? undefined : this.#circuit.admit()
      if (ticket === undefined) {
        const why = this.#isClosed ? 'closed' : 'the circuit is open'
        return { ok: false, detail: detail === '' ? why : `${detail}; ${why}` }
      }
      tried.attempts += 1
      const asked = await this.#attempt(message.id, body, endMs - clock.monotonic())
      const verdict = verdictOn(asked, message)
      this.#circuit.heard(ticket, verdict.kind === 'answer')
      if (verdict.kind === 'answer') return { ok: true, answer: verdict.answer }
      detail = verdict.detail
      const waitMs = verdict.mayPass ? this.#pauseBefore(asked, tried.attempts, endMs) : undefined
      if (waitMs === undefined) return { ok: false, detail }
      await this.#pause(waitMs)
    }
  }

  #attempt(id: string, body: string, leftMs: DurationMs): Promise<Asked> {
    const { clock, timers } = this.#options
    const [base, limits] = [this.#base, this.#limits]
    return ask({
      ...{ agent: this.#agent, base, method: 'POST', path: `${base.pathname}${base.search}`, body },
      headers: this.#sign(id, body, clock.now()),
      ...{ timers, limits, callMsMax: Math.max(1, Math.min(limits.attemptMsMax, leftMs)) },
      onClose: this.#onClose,
    })
  }

  /** How long until the next attempt; undefined where there is none within this call. */
  #pauseBefore(asked: Asked, tried: number, endMs: DurationMs): DurationMs | undefined {
    const { clock, entropy } = this.#options
    const { retryAfterMsMax, attemptsMax } = this.#limits
    const named = asked.ok ? (retryAfterMs(asked.retryAfter, clock) ?? 0) : 0
    const wanted = Math.min(named, retryAfterMsMax)
    const waitMs = Math.max(wanted, pauseAfter(tried, this.#limits, entropy))
    if (tried < attemptsMax && clock.monotonic() + waitMs < endMs) return waitMs
    // Nobody else asks before the time that it named either.
    if (wanted > 0) this.#circuit.rest(wanted)
    return undefined
  }

  #pause(ms: DurationMs): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        timer.cancel()
        this.#onClose.delete(end)
        resolve()
      }
      const timer = this.#options.timers.after(ms, end)
      this.#onClose.add(end)
    })
  }
}

/** Throws where the options are wrong: that is a bug of whoever read the configuration. */
export const createHook = (options: HookOptions): Hook => new SignedHook(options)
