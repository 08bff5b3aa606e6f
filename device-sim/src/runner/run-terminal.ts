/**
 * One running terminal: binds the pure machine to its flash, transport, host and timers, with its
 * behaviours around it. It executes, and decides nothing. `powerLoss` is a real one: what was not
 * synced is gone, and the next boot finds what the flash kept.
 */
import type { Behaviour, Look } from '../behaviours/behaviour.js'
import { surroundingsOf, type Surroundings } from '../behaviours/surroundings.js'
import type { Flash } from '../flash/flash.js'
import type { HostPort } from '../host/messages.js'
import type { Clock, DurationMs, Entropy, TimerHandle, Timers } from '../system/system.js'
import type { Note } from '../terminal/effect.js'
import type { Input, TimerName, World } from '../terminal/input.js'
import { defaultProfile, type Profile } from '../terminal/profile.js'
import { offState, type TerminalState } from '../terminal/state.js'
import { step } from '../terminal/step.js'
import type { Link, Transport } from '../transport/transport.js'
import type { TerminalCrypto } from './crypto.js'
import { Executor, type Outside } from './executor.js'
import { SalesAtTill, type SaleEnd } from './sales.js'

export interface TerminalOptions {
  readonly sn: string
  readonly flash: Flash
  readonly transport: Transport
  readonly host: HostPort
  readonly clock: Clock
  readonly timers: Timers
  readonly entropy: Entropy
  readonly crypto: TerminalCrypto
  readonly profile?: Profile
  readonly behaviours?: readonly Behaviour[]
  readonly observe?: (note: Observation) => void
  /** In the place of the machine: for a simulation that watches each step, or breaks one on purpose. */
  readonly machine?: typeof step
}

/** What an observer hears beside the machine's notes. */
export type Observation =
  | Note
  | { readonly what: 'link'; readonly is: 'up' | 'down'; readonly reason: string }
  | { readonly what: 'power'; readonly is: 'off' }
  | { readonly what: 'flash-failed'; readonly reason: string }
  | { readonly what: 'shown'; readonly text: string }

const chanceBytes = 32

export class RunningTerminal {
  readonly sn: string
  readonly #options: TerminalOptions
  readonly #around: Surroundings
  readonly #behaviours: readonly Behaviour[]
  readonly #executor: Executor
  readonly #sales = new SalesAtTill()
  readonly #timers = new Map<TimerName, TimerHandle>()
  readonly #ownTimers = new Set<TimerHandle>()
  #state: TerminalState
  #link: Link | undefined
  #isStopped = false

  constructor(options: TerminalOptions) {
    this.sn = options.sn
    this.#options = options
    this.#behaviours = options.behaviours ?? []
    const { transport, clock, profile = defaultProfile } = options
    this.#around = surroundingsOf({ transport, clock, profile }, this.#behaviours)
    this.#state = this.#offState()
    this.#executor = new Executor({
      flash: options.flash,
      timers: options.timers,
      execute: (effect) => this.#execute(effect),
      failed: (failure) => {
        this.powerLoss()
        this.#observe({ what: 'flash-failed', reason: failure.message })
      },
    })
  }

  /** As the machine holds it now; what of it is durable, the flash says. */
  state(): TerminalState {
    return this.#state
  }

  boot(): void {
    if (this.#isStopped || this.#state.boot !== undefined) return
    const { crypto, entropy } = this.#options
    this.#state = this.#offState()
    const image = this.#state.flash
    const { identity } = image.cells
    this.input({
      kind: 'boot',
      chance: entropy.bytes(chanceBytes),
      identity: identity === undefined ? undefined : crypto.openIdentity(image, identity),
    })
    for (const behaviour of this.#behaviours) behaviour.begin?.(this.#hands())
  }

  powerLoss(): void {
    this.#executor.drop()
    this.#options.flash.powerLoss()
    for (const timer of this.#timers.values()) timer.cancel()
    for (const timer of this.#ownTimers) timer.cancel()
    this.#timers.clear()
    this.#ownTimers.clear()
    const link = this.#link
    this.#link = undefined
    link?.cut()
    this.#state = this.#offState()
    this.#sales.endAll('power-loss')
    this.#observe({ what: 'power', is: 'off' })
  }

  reboot(offMs: DurationMs): void {
    this.powerLoss()
    this.#after(offMs, () => this.boot())
  }

  /** Ends it for good, in order: DISCONNECT, then the flash. */
  async stop(): Promise<void> {
    this.#isStopped = true
    const link = this.#link
    this.#link = undefined
    link?.close()
    this.#executor.drop()
    for (const timer of [...this.#timers.values(), ...this.#ownTimers]) timer.cancel()
    this.#timers.clear()
    this.#ownTimers.clear()
    this.#sales.endAll('stopped')
    await this.#options.flash.close()
  }

  sale(amountMinor: number): Promise<SaleEnd> {
    return this.#sales.begin((saleId) => this.input({ kind: 'sale', saleId, amountMinor }))
  }

  offlineSale(amountMinor: number): Promise<SaleEnd> {
    return this.#sales.begin((saleId) => this.input({ kind: 'offline-sale', saleId, amountMinor }))
  }

  settle(): void {
    this.input({ kind: 'settlement' })
  }

  postpone(): void {
    this.input({ kind: 'postpone' })
  }

  /** The menu's *unbind without a network*; what it shows comes as notes with frames. */
  unbindOffline(): void {
    this.input({ kind: 'unbind-offline' })
  }

  cancelOffline(): void {
    this.input({ kind: 'cancel-offline' })
  }

  /** The frames of an OfflineAnswer, as the camera or a person reads them. */
  readAnswer(frames: readonly string[]): void {
    this.input({ kind: 'read-answer', frames })
  }

  /** Anything that can happen to it. */
  input(input: Input): void {
    if (this.#isStopped) return
    const isDead = this.#state.boot === undefined && input.kind !== 'boot'
    if (isDead) return this.#sales.missed(input)
    let inputs: readonly Input[] = [input]
    for (const behaviour of this.#behaviours) {
      inputs = inputs.flatMap((one) => behaviour.input?.(one, this.#look()) ?? [one])
    }
    for (const one of inputs) this.#step(one)
  }

  #step(input: Input): void {
    const machine = this.#options.machine ?? step
    const done = machine(this.#state, input, this.#world())
    this.#state = done.state
    let { effects } = done
    for (const behaviour of this.#behaviours) {
      effects = behaviour.effects?.(effects, this.#look()) ?? effects
    }
    this.#executor.add(effects)
  }

  #offState(): TerminalState {
    return offState(this.sn, this.#around.profile, this.#options.flash.read())
  }

  #world(): World {
    const { clock } = this.#around
    const { primitives } = this.#options.crypto
    return { primitives, nowMs: clock.monotonic(), rtcMs: clock.now() }
  }

  #look(): Look {
    const { clock } = this.#around
    return { state: this.#state, nowMs: clock.monotonic(), rtcMs: clock.now() }
  }

  #hands() {
    return {
      look: () => this.#look(),
      after: (delayMs: DurationMs, action: () => void) => this.#after(delayMs, action),
      input: (input: Input) => this.input(input),
      reboot: (offMs: DurationMs) => this.reboot(offMs),
    }
  }

  #after(delayMs: DurationMs, action: () => void): void {
    const timer = this.#options.timers.after(delayMs, () => {
      this.#ownTimers.delete(timer)
      action()
    })
    this.#ownTimers.add(timer)
  }

  #execute(effect: Outside): void {
    switch (effect.kind) {
      case 'connect':
        return this.#connect(effect.will)
      case 'disconnect':
        return this.#link?.close()
      case 'publish':
        return this.#link?.publish(effect)
      case 'puback':
        return this.#link?.puback(effect.token)
      case 'timer':
        return this.#startTimer(effect.name, effect.afterMs)
      case 'cancel':
        this.#timers.get(effect.name)?.cancel()
        this.#timers.delete(effect.name)
        return
      case 'host':
        return this.#ask(effect)
      case 'make-key':
        return this.#makeKey()
      case 'show':
        return this.#observe({ what: 'shown', text: effect.text })
      case 'note':
        this.#sales.note(effect.note)
        return this.#observe(effect.note)
      case 'reboot':
        return this.reboot(effect.offMs)
      default:
        return effect satisfies never
    }
  }

  #startTimer(name: TimerName, afterMs: DurationMs): void {
    this.#timers.get(name)?.cancel()
    const timer = this.#options.timers.after(afterMs, () => {
      this.#timers.delete(name)
      this.input({ kind: 'timer', name })
    })
    this.#timers.set(name, timer)
  }

  #connect(will: Uint8Array): void {
    const { crypto, flash } = this.#options
    const { transport } = this.#around
    const image = flash.read()
    const { identity, certificate, enrolment } = image.cells
    if (identity === undefined || certificate === undefined || enrolment === undefined) return
    const isCurrent = (): boolean => this.#link === link
    const link = transport.connect(
      {
        sn: this.sn,
        clientId: enrolment.clientId,
        will,
        identity: crypto.tlsIdentity(image, identity, certificate),
      },
      {
        connected: () => {
          if (!isCurrent()) return
          this.#observe({ what: 'link', is: 'up', reason: '' })
          this.input({ kind: 'connected' })
        },
        disconnected: (reason) => {
          if (!isCurrent()) return
          this.#link = undefined
          this.#observe({ what: 'link', is: 'down', reason })
          this.input({ kind: 'disconnected', reason })
        },
        packet: (payload, token) => {
          if (isCurrent()) this.input({ kind: 'packet', payload, token })
        },
        acknowledged: (token) => {
          if (isCurrent()) this.input({ kind: 'acknowledged', token })
        },
      },
    )
    this.#link = link
  }

  #ask({ requestId, request }: Extract<Outside, { kind: 'host' }>): void {
    const { boot } = this.#state
    void this.#options.host.exchange(request).then((answer) => {
      const isSameBoot = boot !== undefined && this.#state.boot?.bootId === boot.bootId
      if (isSameBoot) this.input({ kind: 'host-answered', requestId, answer })
    })
  }

  #makeKey(): void {
    const { crypto } = this.#options
    const { flash } = this.#state
    const alg = flash.cells.identity?.alg ?? 'ES256'
    this.input({ kind: 'key-made', ...crypto.makeIdentity(flash, this.sn, alg) })
  }

  #observe(observation: Observation): void {
    this.#options.observe?.(observation)
  }
}

/** Switched on. */
export const startTerminal = (options: TerminalOptions): RunningTerminal => {
  const terminal = new RunningTerminal(options)
  terminal.boot()
  return terminal
}
