/**
 * What a running node renews by itself: its server certificate before it ends or when its files change,
 * and the TLS ticket key at a quiet hour every day. Both are asked of the PKI, which knows when they are
 * due. What stands stays: a new certificate and a new key count for connections from then on.
 */
import { equalBytes } from '@tillgate/protocol'
import type { Log } from '../core/ports/log.js'
import type { Clock, TimerHandle, Timers } from '../core/ports/system.js'
import type { Listener } from '../adapters/link/listener/open-listener.js'
import type { Pki } from '../pki/index.js'
import type { ServerTlsPem } from './services.js'

export interface UpkeepPorts {
  readonly pki: Pki
  /** Undefined where this node has none: the API's certificate is renewed all the same. */
  readonly listener: Pick<Listener, 'setServerCertificate' | 'setTicketKeys'> | undefined
  /** Somebody else may change the certificate at any time. */
  readonly hasFiles: boolean
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  renewed(tls: ServerTlsPem): void
}

export interface Upkeep {
  /** Looks now. What fails is logged; the timer looks again. */
  look(): Promise<void>
  stop(): void
}

/** Looks at least this often; a timer of Node must stay below 2^31 ms. */
const lookMs = 3_600_000
const filesLookMs = 60_000

export const startUpkeep = (ports: UpkeepPorts): Upkeep => {
  const { pki, listener, clock, timers, log } = ports
  let timer: TimerHandle | undefined
  let stopped = false
  /** As it was taken last; a new context is made only for what is new. */
  let taken = ''
  let ticketKey = new Uint8Array()

  const renew = async (): Promise<void> => {
    const { key, cert, clientCas } = await pki.serverTls()
    if (cert + key !== taken) {
      listener?.setServerCertificate({ key, cert, ca: clientCas })
      ports.renewed({ key, cert })
      taken = cert + key
    }
    const ofToday = await pki.ticketKey()
    if (equalBytes(ofToday, ticketKey)) return
    listener?.setTicketKeys(ofToday)
    ticketKey = new Uint8Array(ofToday)
  }

  const look = (): Promise<void> =>
    renew().catch((error: unknown) => {
      log.warn('the node could not renew its certificate or ticket key', { error: String(error) })
    })

  const schedule = (): void => {
    if (stopped) return
    const due = Math.max(1_000, pki.ticketKeyDueMs() - clock.now())
    timer = timers.after(Math.min(due, ports.hasFiles ? filesLookMs : lookMs), () => {
      void look().finally(schedule)
    })
  }

  schedule()
  return {
    look,
    stop() {
      stopped = true
      timer?.cancel()
    },
  }
}
