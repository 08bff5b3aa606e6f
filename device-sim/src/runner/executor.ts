/**
 * Executes effects in their order, one after the other: nothing after a `sync` happens before the
 * flash has said that it is done. A power loss drops whatever still waits. It decides nothing.
 */
import type { Flash } from '../flash/flash.js'
import type { TimerHandle, Timers } from '../system/system.js'
import type { Effect } from '../terminal/effect.js'

export type Outside = Exclude<Effect, { kind: 'write' | 'sync' | 'scrub' | 'wait' }>

export interface ExecutorParts {
  readonly flash: Flash
  readonly timers: Timers
  readonly execute: (effect: Outside) => void
  /** The flash could not keep its word: the terminal stops here. */
  readonly failed: (failure: Error) => void
}

export class Executor {
  readonly #parts: ExecutorParts
  #queue: Effect[] = []
  #isBusy = false
  #generation = 0
  #resting: TimerHandle | undefined

  constructor(parts: ExecutorParts) {
    this.#parts = parts
  }

  add(effects: readonly Effect[]): void {
    this.#queue.push(...effects)
    this.#pump()
  }

  /** Nothing of what waits will happen any more. */
  drop(): void {
    this.#generation++
    this.#resting?.cancel()
    this.#queue = []
    this.#isBusy = false
  }

  #pump(): void {
    if (this.#isBusy) return
    this.#isBusy = true
    const generation = this.#generation
    for (let effect = this.#queue.shift(); effect !== undefined; effect = this.#queue.shift()) {
      const isDone = this.#run(effect)
      if (generation !== this.#generation || !isDone) return
    }
    this.#isBusy = false
  }

  /** False: it goes on later, by itself. */
  #run(effect: Effect): boolean {
    switch (effect.kind) {
      case 'write':
        this.#parts.flash.write(effect.changes)
        return true
      case 'sync':
        return this.#await((done) => this.#parts.flash.sync(done))
      case 'scrub':
        return this.#await((done) => this.#parts.flash.scrub(done))
      case 'wait':
        return this.#await((done) => {
          this.#resting = this.#parts.timers.after(effect.ms, done)
        })
      default:
        this.#parts.execute(effect)
        return true
    }
  }

  /** True where it was done at once. */
  #await(start: (done: (failure?: Error) => void) => void): boolean {
    const generation = this.#generation
    let isDone = false
    let isLate = false
    start((failure) => {
      if (generation !== this.#generation) return
      if (failure !== undefined) {
        this.drop()
        return this.#parts.failed(failure)
      }
      isDone = true
      if (!isLate) return
      this.#isBusy = false
      this.#pump()
    })
    isLate = true
    return isDone
  }
}
