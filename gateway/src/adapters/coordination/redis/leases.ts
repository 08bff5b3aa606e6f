/**
 * Leases, renewed in good time. Whether one is held is answered from memory, by the monotonic clock and
 * by the moment at which the last renewal was sent: a process that was stopped and wakes finds that
 * moment long ago. That coordination is out of reach is believed only after attempts that failed, one
 * after the other, for longer than a lease lasts: a sleeper has made none.
 */
import type { Lease } from '../../../core/ports/coordination.js'
import type { DurationMs, TimerHandle } from '../../../core/ports/system.js'
import { releaseLeaseScript } from './scripts/release-lease.lua.js'
import { takeLeaseScript } from './scripts/take-lease.lua.js'
import { listIn, numberIn, type Surroundings } from './surroundings.js'

export interface LeaseStanding {
  /** Redis answers. */
  reachable(): boolean
  /** This node has its name, and so may have a lease. */
  holdsName(): boolean
}

const keyLivesMs = 86_400_000

class KeptLease implements Lease {
  readonly name: string
  readonly #around: Surroundings
  readonly #standing: LeaseStanding
  #timer: TimerHandle | undefined
  #turn: Promise<void> | undefined
  #stopped = false
  #heldUntil: DurationMs = -Infinity
  #failingSince: DurationMs | undefined
  #failedAt: DurationMs = -Infinity

  constructor(name: string, around: Surroundings, standing: LeaseStanding) {
    this.name = name
    this.#around = around
    this.#standing = standing
  }

  held(): boolean {
    if (this.#stopped) return false
    const now = this.#around.clock.monotonic()
    return now < this.#heldUntil || this.#isOutOfReach(now)
  }

  wake(): void {
    if (this.#stopped || this.#turn !== undefined) return
    this.#timer?.cancel()
    this.#turn = this.#renew().finally(() => {
      this.#turn = undefined
      if (this.#stopped) return
      this.#timer = this.#around.timers.after(this.#around.limits.leaseRenewMs, () => this.wake())
    })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#timer?.cancel()
    await this.#turn
    const { wire, keys, node, clock } = this.#around
    if (clock.monotonic() >= this.#heldUntil) return
    await wire.run(releaseLeaseScript, [keys.lease(this.name)], [node.incarnation])
  }

  #isOutOfReach(now: DurationMs): boolean {
    if (this.#failingSince === undefined) return false
    const { leaseTtlMs, leaseMarginMs, leaseRenewMs, commandTimeoutMs } = this.#around.limits
    const isAwake = now - this.#failedAt < leaseRenewMs + commandTimeoutMs + leaseMarginMs
    return isAwake && this.#failedAt - this.#failingSince > leaseTtlMs + leaseMarginMs
  }

  async #renew(): Promise<void> {
    const { wire, keys, node, clock, limits } = this.#around
    const sentAt = clock.monotonic()
    if (!this.#standing.reachable()) return this.#failed(sentAt)
    if (!this.#standing.holdsName()) {
      // It answers: somebody else has the name, and may have the lease.
      this.#failingSince = undefined
      this.#heldUntil = -Infinity
      return
    }
    const { leaseTtlMs, leaseMarginMs } = limits
    const answer = await wire.run(
      takeLeaseScript,
      [keys.lease(this.name)],
      [node.incarnation, node.name, leaseTtlMs, keyLivesMs],
    )
    if (!answer.ok) return this.#failed(clock.monotonic())
    this.#failingSince = undefined
    const isHeld = numberIn(listIn(answer.value)[0]) === 1
    this.#heldUntil = isHeld ? sentAt + leaseTtlMs - leaseMarginMs : -Infinity
  }

  #failed(now: DurationMs): void {
    const { leaseRenewMs, commandTimeoutMs, leaseMarginMs } = this.#around.limits
    const gapMs = leaseRenewMs + commandTimeoutMs + leaseMarginMs
    // Between two failures far apart the process slept: they don't follow each other.
    if (this.#failingSince === undefined || now - this.#failedAt > gapMs) this.#failingSince = now
    this.#failedAt = now
  }
}

export class Leases {
  readonly #around: Surroundings
  readonly #standing: LeaseStanding
  readonly #leases = new Map<string, KeptLease>()
  #started = false

  constructor(around: Surroundings, standing: LeaseStanding) {
    this.#around = around
    this.#standing = standing
  }

  lease(name: string): Lease {
    const known = this.#leases.get(name)
    if (known !== undefined) return known
    const { leasesMax } = this.#around.limits
    if (this.#leases.size >= leasesMax) {
      throw new RangeError(`lease: more than ${String(leasesMax)} names`)
    }
    const lease = new KeptLease(name, this.#around, this.#standing)
    this.#leases.set(name, lease)
    if (this.#started) lease.wake()
    return lease
  }

  /** At the start, and whenever Redis can be reached again. */
  wake(): void {
    this.#started = true
    for (const lease of this.#leases.values()) lease.wake()
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#leases.values()].map((lease) => lease.stop()))
  }
}
