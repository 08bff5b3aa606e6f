/**
 * Browsers can't send an Authorization header with a WebSocket, and a token in the URL would stand in
 * logs. So a socket that came without one is given a moment to say its token in its first message:
 * `{"token":"tgat_…"}`. How many may wait so, in all and by address, is bounded.
 */
import type { RawData, WebSocket } from 'ws'
import type { Log, Timers } from '@tillgate/gateway'

import type { LiveLimits } from '../limits.js'
import { asProblem } from '../problems/error-handler.js'
import { problem, type ApiProblem } from '../problems/problem.js'
import { addressKey } from '../rates/address-key.js'
import { endingOf, type Ending } from './endings.js'

const tokenIn = (data: RawData, isBinary: boolean): string => {
  if (isBinary || !(data instanceof Buffer)) throw problem('VALIDATION')
  const message: unknown = parse(data.toString('utf8'))
  const token = (message as { readonly token?: unknown } | null)?.token
  if (typeof token !== 'string') throw problem('VALIDATION')
  return token
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw problem('VALIDATION')
  }
}

export class TokenMessages {
  readonly #timers: Timers
  readonly #log: Log
  readonly #limits: LiveLimits
  readonly #waiting = new Map<WebSocket, string>()

  constructor(parts: { readonly timers: Timers; readonly log: Log }, limits: LiveLimits) {
    this.#timers = parts.timers
    this.#log = parts.log
    this.#limits = limits
  }

  get waiting(): number {
    return this.#waiting.size
  }

  /** Throws where too many wait already. */
  assertRoom(address: string): void {
    const { waitingMax, waitingPerAddressMax } = this.#limits
    const key = addressKey(address)
    let mine = 0
    for (const other of this.#waiting.values()) if (other === key) mine++
    if (this.#waiting.size < waitingMax && mine < waitingPerAddressMax) return
    throw problem('RATE_LIMITED', { detail: 'Too many live sockets wait for their token.' })
  }

  /** `begin` is given the token; what it throws ends the socket. */
  await(socket: WebSocket, address: string, begin: (token: string) => Promise<void>): void {
    this.#waiting.set(socket, addressKey(address))
    const late = this.#timers.after(this.#limits.tokenMsMax, () =>
      this.#refuse(socket, problem('UNAUTHENTICATED')),
    )
    const leave = (): void => {
      late.cancel()
      this.#waiting.delete(socket)
    }
    socket.once('close', leave)
    socket.once('message', (data, isBinary) => {
      void this.#begin(() => begin(tokenIn(data, isBinary)), socket).finally(leave)
    })
  }

  sendAway({ code, word }: Ending): void {
    for (const socket of this.#waiting.keys()) this.#close(socket, code, word)
  }

  cut(): void {
    for (const socket of this.#waiting.keys()) socket.terminate()
  }

  async #begin(begin: () => Promise<void>, socket: WebSocket): Promise<void> {
    try {
      await begin()
    } catch (error) {
      const known = asProblem(error)
      if (known === undefined) this.#log.error('a live socket was not opened', { error })
      this.#refuse(socket, known ?? problem('INTERNAL'))
    }
  }

  #refuse(socket: WebSocket, refused: ApiProblem): void {
    const { code, word } = endingOf(refused)
    this.#close(socket, code, word)
  }

  #close(socket: WebSocket, code: number, word: string): void {
    socket.close(code, word)
    const cut = this.#timers.after(this.#limits.closeMsMax, () => socket.terminate())
    socket.once('close', () => cut.cancel())
  }
}
