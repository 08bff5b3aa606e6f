/**
 * How many sockets there are, and how many of them have not got through CONNECT yet, in all and from
 * one address. It is asked at TCP's accept, before a byte of TLS is worked on.
 */
import type { DurationMs } from '../../../../core/ports/system.js'
import type { ListenerLimits } from '../limits.js'

/** One socket's place. Each of its two verbs works once; leaving includes releasing. */
export interface Doorway {
  readonly acceptedAt: DurationMs
  /** CONNECT was accepted. */
  release(): void
  /** The socket is closed. */
  leave(): void
}

type Limits = Pick<ListenerLimits, 'connectionsMax' | 'halfOpenMax' | 'halfOpenPerAddressMax'>

export class Doorkeeper {
  readonly #limits: Limits
  readonly #halfOpenByAddress = new Map<string, number>()
  #open = 0
  #halfOpen = 0

  constructor(limits: Limits) {
    this.#limits = limits
  }

  get open(): number {
    return this.#open
  }

  get halfOpen(): number {
    return this.#halfOpen
  }

  /** Undefined: turned away. */
  knock(address: string, acceptedAt: DurationMs): Doorway | undefined {
    const fromAddress = this.#halfOpenByAddress.get(address) ?? 0
    const { connectionsMax, halfOpenMax, halfOpenPerAddressMax } = this.#limits
    if (this.#open >= connectionsMax || this.#halfOpen >= halfOpenMax) return undefined
    if (fromAddress >= halfOpenPerAddressMax) return undefined
    this.#open += 1
    this.#halfOpen += 1
    this.#halfOpenByAddress.set(address, fromAddress + 1)
    return this.#doorway(address, acceptedAt)
  }

  #doorway(address: string, acceptedAt: DurationMs): Doorway {
    let isHalfOpen = true
    let isOpen = true
    const release = (): void => {
      if (isHalfOpen) this.#release(address)
      isHalfOpen = false
    }
    const leave = (): void => {
      release()
      if (isOpen) this.#open -= 1
      isOpen = false
    }
    return { acceptedAt, release, leave }
  }

  #release(address: string): void {
    this.#halfOpen -= 1
    const left = (this.#halfOpenByAddress.get(address) ?? 1) - 1
    if (left === 0) this.#halfOpenByAddress.delete(address)
    else this.#halfOpenByAddress.set(address, left)
  }
}
