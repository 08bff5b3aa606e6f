/**
 * What a running node renews by itself: its server certificate before it ends, and the TLS ticket key at
 * a quiet hour every day. Both are asked of the PKI, which knows when they are due.
 */
import type { Log } from '../core/ports/log.js'
import type { Clock, TimerHandle, Timers } from '../core/ports/system.js'
import type { Listener } from '../adapters/link/listener/open-listener.js'
import type { Pki } from '../pki/index.js'
import type { ServerTlsPem } from './services.js'

export interface UpkeepPorts {
  readonly pki: Pki
  /** Undefined where this node has none: the API's certificate is renewed all the same. */
  readonly listener: Pick<Listener, 'setServerCertificate' | 'setTicketKeys'> | undefined
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  renewed(tls: ServerTlsPem): void
}

/** Looks at least this often; a timer of Node must stay below 2^31 ms. */
const lookMs = 3_600_000

export const startUpkeep = (ports: UpkeepPorts): { stop(): void } => {
  const { pki, listener, clock, timers, log } = ports
  let timer: TimerHandle | undefined
  let stopped = false

  const renew = async (): Promise<void> => {
    const tls = await pki.serverTls()
    listener?.setServerCertificate({ key: tls.key, cert: tls.cert, ca: tls.clientCas })
    ports.renewed({ key: tls.key, cert: tls.cert })
    listener?.setTicketKeys(await pki.ticketKey())
  }

  const schedule = (): void => {
    if (stopped) return
    const due = Math.max(1_000, pki.ticketKeyDueMs() - clock.now())
    timer = timers.after(Math.min(due, lookMs), () => {
      renew()
        .catch((error: unknown) => {
          log.warn('the node could not renew its certificate or ticket key', {
            error: String(error),
          })
        })
        .finally(schedule)
    })
  }

  schedule()
  return {
    stop() {
      stopped = true
      timer?.cancel()
    },
  }
}
