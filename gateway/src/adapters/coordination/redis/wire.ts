/**
 * One connection to Redis (to all nodes of a cluster), and the next one when it ends. Every command has
 * an answer or a fault within its time; none waits for a connection; none throws. Between two attempts
 * lies a growing, jittered pause: a fleet of nodes does not knock in step at a server that comes back.
 */
import { Cluster, type Redis } from 'ioredis'
import type { DurationMs, TimerHandle, Timers } from '../../../core/ports/system.js'
import type { Client } from './clients.js'
import { faultOf, unreachable, type Fault } from './faults.js'
import type { RedisCoordinationLimits } from './limits.js'
import type { Script } from './scripts/script.js'

export type Answer =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: Fault }

export type Argument = string | number

export interface WireOptions {
  readonly open: () => Client
  readonly limits: RedisCoordinationLimits
  readonly timers: Timers
  /** From 0 up to 1, another at each call. */
  readonly chance: () => number
  /** What no message may contain. */
  readonly secrets: readonly string[]
  /** A new connection: what was known of the server may be wrong. */
  readonly connected: () => void
  readonly lost: () => void
  /** A node of a cluster went: its part may have lost its newest writes. */
  readonly shaken?: () => void
  readonly message?: (text: string) => void
}

const neverConnected: Fault = { kind: 'waiting', words: 'has not answered yet' }

export class Wire {
  readonly #options: WireOptions
  #client: Client | undefined
  #ready = false
  #attempts = 0
  #inFlight = 0
  #next: TimerHandle | undefined
  #ended = false
  #fault: Fault = neverConnected

  constructor(options: WireOptions) {
    this.#options = options
  }

  get ready(): boolean {
    return this.#ready
  }

  /** Why it is not ready. */
  get fault(): Fault {
    return this.#fault
  }

  get isCluster(): boolean {
    return this.#client instanceof Cluster
  }

  start(): void {
    this.#open()
  }

  send(command: string, args: readonly Argument[], timeoutMs?: DurationMs): Promise<Answer> {
    const client = this.#client
    if (client === undefined || !this.#ready) {
      return Promise.resolve({ ok: false, fault: this.#fault })
    }
    return this.#bounded(() => client.call(command, ...args), timeoutMs)
  }

  /** `keys` share a slot. A server that has not seen the script is given it. */
  run(script: Script, keys: readonly string[], args: readonly Argument[]): Promise<Answer> {
    const client = this.#client
    if (client === undefined || !this.#ready) {
      return Promise.resolve({ ok: false, fault: this.#fault })
    }
    const rest = [keys.length, ...keys, ...args]
    return this.#bounded(async () => {
      try {
        return await client.call('evalsha', script.sha, ...rest)
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error
        return await client.call('eval', script.lua, ...rest)
      }
    })
  }

  subscribe(channel: string): Promise<Answer> {
    const client = this.#client
    if (client === undefined) return Promise.resolve({ ok: false, fault: this.#fault })
    return this.#bounded(() => client.subscribe(channel))
  }

  /** Leaves this connection for another one: its server is not what is wanted. */
  drop(fault: Fault): void {
    this.#leave(fault)
    this.#openLater()
  }

  close(): void {
    this.#ended = true
    this.#next?.cancel()
    this.#leave(unreachable('is not asked any more'))
  }

  /** The server has taken what was sent: the next pause begins small again. */
  settled(): void {
    this.#attempts = 0
  }

  #open(): void {
    if (this.#ended) return
    const client = this.#options.open()
    this.#client = client
    const isCurrent = (): boolean => this.#client === client
    const keep = (error: unknown): void => {
      if (isCurrent()) this.#fault = faultOf(error, this.#options.secrets)
    }
    client.on('error', keep)
    client.on('node error', keep)
    client.on('ready', () => {
      if (isCurrent() && client.status === 'ready') this.#connected()
    })
    client.on('end', () => {
      if (!isCurrent()) return
      this.#leave(this.#fault)
      this.#openLater()
    })
    const reached = new WeakSet<object>()
    client.on('+node', (node: Redis) => {
      node.once('ready', () => reached.add(node))
    })
    // A node that is down goes again at each attempt to reach it: that is no news.
    client.on('-node', (node: Redis) => {
      if (isCurrent() && this.#ready && reached.has(node)) this.#options.shaken?.()
    })
    client.on('message', (_channel: string, text: string) => {
      if (isCurrent()) this.#options.message?.(text)
    })
    client.connect().catch(keep)
  }

  #connected(): void {
    this.#ready = true
    this.#fault = unreachable('has closed the connection')
    this.#options.connected()
  }

  #leave(fault: Fault): void {
    const client = this.#client
    const was = this.#ready
    this.#client = undefined
    this.#ready = false
    this.#fault = fault
    // Also where it has ended: it may keep connections to Sentinels.
    client?.disconnect()
    if (was) this.#options.lost()
  }

  #openLater(): void {
    if (this.#ended) return
    const { reconnectMsMin, reconnectMsMax } = this.#options.limits
    const capMs = Math.min(reconnectMsMin * 2 ** this.#attempts, reconnectMsMax)
    this.#attempts = Math.min(this.#attempts + 1, 30)
    this.#next?.cancel()
    const delayMs = (capMs * (1 + this.#options.chance())) / 2
    this.#next = this.#options.timers.after(delayMs, () => this.#open())
  }

  /** What has timed out still counts as in flight: the connection keeps it until it is answered. */
  #bounded(send: () => Promise<unknown>, timeoutMs?: DurationMs): Promise<Answer> {
    const { limits, timers, secrets } = this.#options
    if (this.#inFlight >= limits.commandsInFlightMax) {
      const words = `has not answered ${String(this.#inFlight)} commands: no more are sent`
      return Promise.resolve({ ok: false, fault: { kind: 'busy', words } })
    }
    const withinMs = timeoutMs ?? limits.commandTimeoutMs
    this.#inFlight++
    return new Promise((resolve) => {
      const timer = timers.after(withinMs, () => {
        const words = `has not answered within ${String(withinMs)} ms`
        resolve({ ok: false, fault: { kind: 'silent', words } })
      })
      const settle = (answer: Answer): void => {
        this.#inFlight--
        timer.cancel()
        resolve(answer)
      }
      send().then(
        (value) => settle({ ok: true, value }),
        (error: unknown) => settle({ ok: false, fault: this.#refusal(error, secrets) }),
      )
    })
  }

  #refusal(error: unknown, secrets: readonly string[]): Fault {
    const fault = faultOf(error, secrets)
    // The master that this connection led to is none any more: the next attempt finds the new one.
    if (fault.kind === 'replica' && this.#ready && !this.isCluster) this.drop(fault)
    return fault
  }
}
