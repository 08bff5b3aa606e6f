// A listener on free ports with a handler that writes down what it is told and answers as the test
// wants. `registered` stands for the records: which certificate is whose.
import { afterEach } from 'vitest'
import { openListener } from '../../gateway/src/adapters/link/listener/open-listener.js'
import type {
  Listener,
  ListenerOptions,
} from '../../gateway/src/adapters/link/listener/open-listener.js'
import { systemClock, systemTimers } from '../../gateway/src/adapters/system/index.js'
import type {
  Admission,
  Channel,
  CloseReason,
  ConnectRequest,
  LinkHandler,
  LinkSession,
  UplinkOutcome,
} from '../../gateway/src/core/ports/link.js'
import { selfSigned } from './certificates.js'
import type { TestCertificate } from './certificates.js'

export interface Uplink {
  readonly session: LinkSession
  readonly channel: Channel
  readonly text: string
  readonly payload: Uint8Array
  readonly answer: (outcome: UplinkOutcome) => void
  readonly fail: () => void
}

export class RecordingHandler implements LinkHandler {
  readonly registered = new Map<string, string>()
  readonly revoked = new Set<string>()
  readonly requests: ConnectRequest[] = []
  readonly events: string[] = []
  readonly uplinks: Uplink[] = []
  readonly sessions = new Map<string, LinkSession>()
  /** Instead of answering at once. */
  holdsUplinks = false
  admission: ((request: ConnectRequest) => Promise<Admission>) | undefined

  async admit(request: ConnectRequest): Promise<Admission> {
    this.requests.push(request)
    if (this.admission !== undefined) return this.admission(request)
    return this.byRecords(request)
  }

  byRecords(request: ConnectRequest): Admission {
    const sha256 = Buffer.from(request.certificateSha256).toString('hex')
    const sn = this.registered.get(sha256)
    if (sn === undefined) return { ok: false, code: 'CERTIFICATE_UNKNOWN' }
    if (this.revoked.has(sha256)) return { ok: false, code: 'CERTIFICATE_REVOKED' }
    return { ok: true, sn, terminalId: 7, certificateId: 1, spki: new Uint8Array(0), notAfterMs: 1 }
  }

  opened(session: LinkSession): void {
    this.events.push(`opened ${session.sn}`)
    this.sessions.set(session.sn, session)
  }

  subscribed(session: LinkSession): void {
    this.events.push(`subscribed ${session.sn}`)
  }

  uplink(session: LinkSession, channel: Channel, payload: Uint8Array): Promise<UplinkOutcome> {
    const text = Buffer.from(payload).toString()
    this.events.push(`${channel} ${text.slice(0, 40)}`)
    return new Promise((resolve, reject) => {
      const fail = (): void => reject(new Error('the disk is full'))
      this.uplinks.push({ session, channel, text, payload, answer: resolve, fail })
      if (!this.holdsUplinks) resolve({ ok: true })
    })
  }

  closed(session: LinkSession, reason: CloseReason): void {
    this.events.push(`closed ${session.sn} ${reason}`)
    if (this.sessions.get(session.sn) === session) this.sessions.delete(session.sn)
  }
}

export interface Harness {
  readonly listener: Listener
  readonly handler: RecordingHandler
  readonly complaints: unknown[]
  readonly sn: string
  readonly terminal: TestCertificate
}

const server = selfSigned('localhost')
const host = '127.0.0.1'

const open: Harness[] = []

/** Registers one terminal; more with `registered.set`. */
export const openHarness = async (options: Partial<ListenerOptions> = {}): Promise<Harness> => {
  const complaints: unknown[] = []
  const quiet = (): void => undefined
  const log = {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (message: string, fields?: object) => void complaints.push({ message, ...fields }),
  }
  const listener = openListener({
    certificate: server,
    tls: { host, port: 0 },
    clock: systemClock,
    timers: systemTimers,
    log,
    endOfTurn: setImmediate,
    ...options,
  })
  const handler = new RecordingHandler()
  const sn = 'SN-0001'
  const terminal = selfSigned(sn)
  handler.registered.set(terminal.sha256, sn)
  await listener.start(handler)
  const harness = { listener, handler, complaints, sn, terminal }
  open.push(harness)
  return harness
}

afterEach(async () => {
  for (const { listener, complaints } of open.splice(0)) {
    await listener.stop()
    if (complaints.length > 0) throw new Error('the listener complained', { cause: complaints })
  }
})
