/** Calls through hooks, counted by target and by what they came to, how long each took, and the circuits. */
import type { CircuitState } from '../adapters/hooks/circuit.js'
import type { HeardCall, Hook, HookTarget } from '../adapters/hooks/hook.js'
import { Spans, Tallies, type HookCounts } from './counts.js'

export class HookWatch {
  readonly #calls = new Tallies()
  readonly #retries = new Map<HookTarget, number>()
  readonly #spans = new Map<HookTarget, Spans>()
  readonly #hooks = new Map<HookTarget, Pick<Hook, 'circuit'>>()

  /** What the hook of this target says each call to. */
  of(target: HookTarget): (call: HeardCall) => void {
    const spans = new Spans()
    this.#spans.set(target, spans)
    this.#retries.set(target, 0)
    return ({ outcome, attempts, ms }) => {
      this.#calls.count(target, outcome)
      this.#retries.set(target, (this.#retries.get(target) ?? 0) + Math.max(0, attempts - 1))
      spans.add(ms)
    }
  }

  add(target: HookTarget, hook: Pick<Hook, 'circuit'>): void {
    this.#hooks.set(target, hook)
  }

  counts(): HookCounts {
    const circuit = ([target, hook]: readonly [string, Pick<Hook, 'circuit'>]) =>
      [target, hook.circuit()] as readonly [string, CircuitState]
    return {
      calls: this.#calls.all(),
      retries: new Map(this.#retries),
      spans: new Map([...this.#spans].map(([target, spans]) => [target, spans.all()])),
      circuits: new Map([...this.#hooks].map(circuit)),
    }
  }
}
