/**
 * One step while it is being made: the state as changed so far, and the effects in order. Its rule is
 * the terminal's most important one and holds here for all: whatever the outside can notice comes
 * after a sync of everything written before it. Never kept beyond its step.
 */
import type { FlashChange } from '../flash/contents.js'
import { applyChanges } from '../flash/image.js'
import type { FlashImage } from '../flash/image.js'
import type { Effect, Note } from './effect.js'
import type { TimerName, World } from './input.js'
import type { TerminalState } from './state.js'

export class Turn {
  readonly world: World
  #state: TerminalState
  #effects: Effect[] = []
  #unsynced = false

  constructor(state: TerminalState, world: World) {
    this.#state = state
    this.world = world
  }

  get state(): TerminalState {
    return this.#state
  }

  get flash(): FlashImage {
    return this.#state.flash
  }

  get effects(): readonly Effect[] {
    return this.#effects
  }

  set(part: Partial<TerminalState>): void {
    this.#state = { ...this.#state, ...part }
  }

  /** All of it or nothing survives; durable before anything is said. */
  write(changes: readonly FlashChange[]): void {
    if (changes.length === 0) return
    this.#state = { ...this.#state, flash: applyChanges(this.#state.flash, changes) }
    this.#effects.push({ kind: 'write', changes })
    this.#unsynced = true
  }

  sync(): void {
    if (!this.#unsynced) return
    this.#unsynced = false
    this.#effects.push({ kind: 'sync' })
  }

  /** Erased data must not be readable any more; implies a sync. */
  scrub(): void {
    this.#unsynced = false
    this.#effects.push({ kind: 'scrub' })
  }

  /** What leaves the terminal. */
  say(effect: Extract<Effect, { kind: 'connect' | 'publish' | 'puback' | 'host' | 'note' }>): void {
    this.sync()
    this.#effects.push(effect)
  }

  note(note: Note): void {
    this.say({ kind: 'note', note })
  }

  show(text: string): void {
    this.#effects.push({ kind: 'show', text })
  }

  hangUp(): void {
    this.#effects.push({ kind: 'disconnect' })
  }

  reboot(): void {
    this.sync()
    this.#effects.push({ kind: 'reboot', offMs: this.#state.profile.timings.rebootMs })
  }

  makeKey(): void {
    this.#effects.push({ kind: 'make-key' })
  }

  start(name: TimerName, afterMs: number): void {
    this.#effects.push({ kind: 'timer', name, afterMs })
  }

  cancel(name: TimerName): void {
    this.#effects.push({ kind: 'cancel', name })
  }
}
