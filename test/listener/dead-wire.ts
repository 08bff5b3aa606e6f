// A connection without a socket: its wire ends nowhere, takes whatever is fed to it and remembers what
// it was asked to do.
import { Connection } from '../../gateway/src/adapters/link/listener/connection.js'
import { Counters } from '../../gateway/src/adapters/link/listener/counters.js'
import { listenerLimits } from '../../gateway/src/adapters/link/listener/limits.js'
import type { Wire, WireEvents } from '../../gateway/src/adapters/link/listener/server/wire.js'
import { Sessions } from '../../gateway/src/adapters/link/listener/sessions.js'
import { systemClock } from '../../gateway/src/adapters/system/index.js'
import { RecordingHandler } from './harness.js'

export const sn = 'SN-0001'

export class DeadWire implements Wire {
  readonly transport = 'tls'
  readonly remoteAddress = '192.0.2.1'
  readonly certificateSha256 = new Uint8Array(32)
  readonly resumed = false
  readonly bufferedBytes = 0
  isClosed = false
  isPaused = false
  written = 0
  #events: WireEvents | undefined

  attach(events: WireEvents): void {
    this.#events = events
  }
  write(bytes: Uint8Array, flushed: () => void): void {
    this.written += bytes.length
    flushed()
  }
  feed(bytes: Uint8Array): void {
    if (!this.isClosed) this.#events?.data(bytes)
  }
  pause(): void {
    this.isPaused = true
  }
  resume(): void {
    this.isPaused = false
  }
  end(): void {
    this.destroy()
  }
  destroy(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.#events?.closed()
  }
}

/** Time that stands still: it counts what was armed and neither cancelled nor due. */
class StandingTimers {
  armed = 0

  after(): { readonly cancel: () => void } {
    this.armed += 1
    let isArmed = true
    const cancel = (): void => {
      if (isArmed) this.armed -= 1
      isArmed = false
    }
    return { cancel }
  }
}

/** Connections without sockets: what they share, and how to open one. */
export const ground = () => {
  const timers = new StandingTimers()
  const complaints: unknown[] = []
  const handler = new RecordingHandler()
  handler.registered.set('00'.repeat(32), sn)
  const quiet = (): void => undefined
  const error = (message: string, fields?: object): void => {
    complaints.push({ message, ...fields })
  }
  const parts = {
    handler,
    sessions: new Sessions(),
    counters: new Counters(),
    limits: listenerLimits,
    clock: systemClock,
    timers,
    log: { debug: quiet, info: quiet, warn: quiet, error },
    endOfTurn: queueMicrotask,
  }
  const open = (wire = new DeadWire()): DeadWire => {
    const doorway = { acceptedAt: systemClock.monotonic(), release: quiet, leave: quiet }
    new Connection(parts, wire, doorway, quiet)
    return wire
  }
  return { parts, handler, timers, complaints, open }
}

/** All that has been answered by now has been carried out. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve()
}
