/**
 * All live sockets of this process: how many there may be, the beat that they share, whether their
 * tokens still open anything, and how they are sent away. A socket whose token has ended, or lost its
 * scope, is closed within seconds.
 */
import type { WebSocket } from 'ws'
import type { TimerHandle } from '@tillgate/gateway'

import { holds } from '../auth/scopes.js'
import type { LiveLimits } from '../limits.js'
import { problem } from '../problems/problem.js'
import type { ApiServices } from '../services.js'
import { endings, knownEndings, type Ending } from './endings.js'
import { LiveSocket, type Follow } from './live-socket.js'

export interface LiveCounts {
  readonly open: number
  readonly opened: number
  /** By close code; what no program of ours sends counts under 0. */
  readonly closed: ReadonlyMap<number, number>
  readonly eventsSent: number
  /** How many positions the furthest behind is behind. */
  readonly lag: number
}

export class LiveSockets {
  readonly #services: ApiServices
  readonly #limits: LiveLimits
  readonly #sockets = new Map<WebSocket, LiveSocket>()
  readonly #byToken = new Map<string, number>()
  readonly #closed = new Map<number, number>()
  #opened = 0
  #eventsSent = 0
  #timer: TimerHandle | undefined
  #lookedAtMs = 0
  #goingDown = false
  #empty: (() => void) | undefined

  constructor(services: ApiServices, limits: LiveLimits) {
    this.#services = services
    this.#limits = limits
  }

  /** Throws where there are too many already. */
  assertRoom(tokenId: string): void {
    if (this.#goingDown) throw problem('DRAINING')
    const { socketsMax, socketsPerTokenMax } = this.#limits
    const mine = this.#byToken.get(tokenId) ?? 0
    if (this.#sockets.size < socketsMax && mine < socketsPerTokenMax) return
    throw problem('RATE_LIMITED', { detail: 'Too many live sockets are open.' })
  }

  /** Call `assertRoom` in the same breath. */
  add(socket: WebSocket, follow: Follow): void {
    const { events: feed, clock, timers, log } = this.#services
    const limits = this.#limits
    const sent = (): void => void this.#eventsSent++
    const live = new LiveSocket({ feed, clock, timers, log, limits, sent }, socket, follow)
    const { tokenId } = follow.caller
    this.#sockets.set(socket, live)
    this.#byToken.set(tokenId, (this.#byToken.get(tokenId) ?? 0) + 1)
    this.#opened++
    log.info('live socket opened', { caller: follow.caller.name })
    socket.once('close', (code) => {
      log.info('live socket closed', { caller: follow.caller.name, code })
      this.#remove(socket, tokenId, code)
    })
    live.start()
    if (this.#timer === undefined) this.#nextBeat()
  }

  /** Sends all away; resolves when the last is gone. */
  async sendAway(ending: Ending): Promise<void> {
    this.#goingDown = true
    for (const live of this.#sockets.values()) live.end(ending)
    if (this.#sockets.size > 0) await new Promise<void>((resolve) => (this.#empty = resolve))
    this.#timer?.cancel()
  }

  /** Cuts all of them now. */
  cut(): void {
    this.#goingDown = true
    for (const [socket, live] of this.#sockets) {
      live.end(endings.stopped)
      socket.terminate()
    }
    this.#timer?.cancel()
  }

  counts(): LiveCounts {
    const { head } = this.#services.events.counts()
    let lag = 0
    for (const { position } of this.#sockets.values()) lag = Math.max(lag, (head ?? 0) - position)
    return {
      open: this.#sockets.size,
      opened: this.#opened,
      closed: new Map(this.#closed),
      eventsSent: this.#eventsSent,
      lag,
    }
  }

  #remove(socket: WebSocket, tokenId: string, code: number): void {
    this.#sockets.delete(socket)
    const mine = (this.#byToken.get(tokenId) ?? 1) - 1
    if (mine === 0) this.#byToken.delete(tokenId)
    else this.#byToken.set(tokenId, mine)
    const counted = knownEndings.has(code) ? code : 0
    this.#closed.set(counted, (this.#closed.get(counted) ?? 0) + 1)
    if (this.#sockets.size === 0) this.#empty?.()
  }

  #nextBeat(): void {
    this.#timer = this.#services.timers.after(this.#limits.beatMs, () => this.#beat())
  }

  #beat(): void {
    this.#timer = undefined
    if (this.#sockets.size === 0) return
    const nowMs = this.#services.clock.monotonic()
    for (const live of this.#sockets.values()) live.beat(nowMs)
    if (nowMs - this.#lookedAtMs >= this.#limits.tokenLookMs) {
      this.#lookedAtMs = nowMs
      this.#lookAtTokens().catch((error: unknown) => {
        this.#services.log.warn('tokens of live sockets were not looked at', {
          error: String(error),
        })
      })
    }
    if (!this.#goingDown) this.#nextBeat()
  }

  /** One question for each token, however many sockets it has. */
  async #lookAtTokens(): Promise<void> {
    const { records, clock } = this.#services
    const tokens = new Map<string, Uint8Array>()
    for (const { caller } of this.#sockets.values()) tokens.set(caller.tokenId, caller.tokenUuid)
    const ended = new Set<string>()
    for (const [tokenId, uuid] of tokens) {
      const row = await records.read('api-token-by-uuid', { uuid })
      const opens =
        row !== undefined &&
        row.revokedAtMs === null &&
        row.expiresAtMs > clock.now() &&
        holds(new Set(row.scopes.split(' ')), 'events:read')
      if (!opens) ended.add(tokenId)
    }
    for (const live of this.#sockets.values()) {
      if (ended.has(live.caller.tokenId)) live.end(endings.tokenEnded)
    }
  }
}
