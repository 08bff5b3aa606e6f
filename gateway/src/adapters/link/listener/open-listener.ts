/**
 * Tillgate's own MQTT listener: the embedded link. Opens the ports, lets connections in, and lets them
 * go again in two ways: `drain` sends terminals elsewhere at a bounded rate, `stop` closes at once.
 * Who may come in is the handler's answer and nobody else's.
 */
import type { Link, LinkHandler, LinkSession } from '../../../core/ports/link.js'
import type { Log } from '../../../core/ports/log.js'
import type { Clock, Timers } from '../../../core/ports/system.js'
import { Connection } from './connection.js'
import { Counters } from './counters.js'
import type { CounterName } from './counters.js'
import { listenerLimits } from './limits.js'
import type { ListenerLimits } from './limits.js'
import { Anteroom } from './server/anteroom.js'
import { Doorkeeper } from './server/doorkeeper.js'
import type { Doorway } from './server/doorkeeper.js'
import type { Endpoint, OnWire } from './server/endpoint.js'
import { tlsEndpoint } from './server/tls-server.js'
import type { TlsPort } from './server/tls-server.js'
import { ticketKeysBytes } from './server/tls-options.js'
import type { ServerCertificate, TlsSettings, TlsVersion } from './server/tls-options.js'
import type { Wire } from './server/wire.js'
import { wsEndpoint } from './server/ws-server.js'
import type { WsPort } from './server/ws-server.js'
import { Sessions } from './sessions.js'

export interface ListenerOptions {
  readonly certificate: ServerCertificate
  /** 48 bytes, the same on every node; random where left out. */
  readonly ticketKeys?: Uint8Array
  readonly minVersion?: TlsVersion
  readonly maxVersion?: TlsVersion
  readonly tls?: TlsPort
  readonly wss?: WsPort
  readonly limits?: Partial<ListenerLimits>
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  /**
   * Runs an action at the end of this turn of the event loop, so that all that one turn has to say to
   * a terminal leaves in one write. A microtask where left out: right, but it may write more often.
   */
  readonly endOfTurn?: (action: () => void) => void
}

export interface ListenerPorts {
  readonly tls?: number
  readonly wss?: number
}

export interface Listener extends Link {
  /** Known after `start`. */
  readonly ports: ListenerPorts
  readonly sessionCount: number
  sessionOf(sn: string): LinkSession | undefined
  counters(): ReadonlyMap<CounterName, number>
  /** 48 bytes. Tickets under the old ones are worth nothing from now on. */
  setTicketKeys(keys: Uint8Array): void
  /** For connections from now on; those that stand stay. */
  setServerCertificate(certificate: ServerCertificate): void
}

export const openListener = (options: ListenerOptions): Listener => new MqttListener(options)

const drainTicksPerSecond = 20

class MqttListener implements Listener {
  readonly #options: ListenerOptions
  readonly #limits: ListenerLimits
  readonly #counters = new Counters()
  readonly #sessions = new Sessions()
  readonly #doorkeeper: Doorkeeper
  readonly #connections = new Set<Connection>()
  #settings: TlsSettings
  #endpoints: readonly Endpoint[] = []
  #ports: ListenerPorts = {}
  #closed: Promise<unknown> | undefined

  constructor(options: ListenerOptions) {
    this.#options = options
    this.#limits = { ...listenerLimits, ...options.limits }
    this.#doorkeeper = new Doorkeeper(this.#limits)
    const { certificate, minVersion = 'TLSv1.2', maxVersion = 'TLSv1.3', ticketKeys } = options
    const keys = ticketKeys === undefined ? undefined : checkedKeys(ticketKeys)
    this.#settings = { certificate, minVersion, maxVersion, ticketKeys: keys }
  }

  get ports(): ListenerPorts {
    return this.#ports
  }

  get sessionCount(): number {
    return this.#sessions.size
  }

  sessionOf(sn: string): LinkSession | undefined {
    return this.#sessions.of(sn)
  }

  counters(): ReadonlyMap<CounterName, number> {
    return this.#counters.all()
  }

  setTicketKeys(keys: Uint8Array): void {
    this.#renew({ ...this.#settings, ticketKeys: checkedKeys(keys) })
  }

  setServerCertificate(certificate: ServerCertificate): void {
    this.#renew({ ...this.#settings, certificate })
  }

  async start(handler: LinkHandler): Promise<void> {
    if (this.#endpoints.length > 0) throw new Error('the listener has been started before')
    const { tls, wss, clock, timers, endOfTurn = queueMicrotask } = this.#options
    const parts = {
      doorkeeper: this.#doorkeeper,
      anteroom: new Anteroom({ clock, limits: this.#limits, endOfTurn }),
      counters: this.#counters,
      limits: this.#limits,
      clock,
      timers,
    }
    const onWire = this.#receiver(handler)
    const tlsEnd = tls && tlsEndpoint(tls, this.#settings, parts, onWire)
    const wssEnd = wss && wsEndpoint(wss, this.#settings, parts, onWire)
    this.#endpoints = [tlsEnd, wssEnd].filter((one) => one !== undefined)
    try {
      if (tlsEnd !== undefined) this.#ports = { tls: await tlsEnd.listen() }
      if (wssEnd !== undefined) this.#ports = { ...this.#ports, wss: await wssEnd.listen() }
    } catch (cause) {
      await this.stop()
      throw cause
    }
  }

  async drain(): Promise<void> {
    const closed = this.#close()
    const perTick = Math.max(1, Math.floor(this.#limits.drainPerSecondMax / drainTicksPerSecond))
    const waiting = [...this.#connections]
    while (waiting.length > 0) {
      for (const connection of waiting.splice(0, perTick)) connection.drain()
      if (waiting.length > 0) await this.#pause(1_000 / drainTicksPerSecond)
    }
    await closed
  }

  async stop(): Promise<void> {
    const closed = this.#close()
    for (const connection of this.#connections) connection.close('server-stopping')
    await closed
  }

  #receiver(handler: LinkHandler): OnWire {
    const { clock, timers, log, endOfTurn = queueMicrotask } = this.#options
    const parts = {
      handler,
      sessions: this.#sessions,
      counters: this.#counters,
      limits: this.#limits,
      clock,
      timers,
      log,
      endOfTurn,
    }
    return (wire: Wire, doorway: Doorway) => {
      const connection: Connection = new Connection(parts, wire, doorway, () => {
        this.#connections.delete(connection)
      })
      this.#connections.add(connection)
      // It may have been under way while we went down.
      if (this.#closed !== undefined) connection.close('server-stopping')
    }
  }

  #close(): Promise<unknown> {
    this.#closed ??= Promise.all(this.#endpoints.map((endpoint) => endpoint.close()))
    return this.#closed
  }

  #renew(settings: TlsSettings): void {
    this.#settings = settings
    for (const endpoint of this.#endpoints) endpoint.renew(settings)
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.#options.timers.after(ms, resolve))
  }
}

const checkedKeys = (keys: Uint8Array): Buffer => {
  if (keys.length !== ticketKeysBytes) throw new RangeError('ticket keys are 48 bytes')
  return Buffer.from(keys)
}
