/**
 * What the link calls: admission by the records on every connection, sessions opened and closed, uplinks
 * handed on. It asks a subscribed terminal that has not said Hello for one. It never sends a command.
 */
import { helloRequestBody } from '../downlinks/bodies.js'
import type { LinkHandler, LinkSession } from '../ports/link.js'
import type { Timers, DurationMs } from '../ports/system.js'
import type { CertificateRow } from '../records/tables.js'
import { mayConnect } from '../terminals/may-connect.js'
import { receiveUplink, type ReceivePorts } from '../uplinks/receive.js'
import { newSession, type Session } from './session.js'

export interface LinkHandlerPorts extends ReceivePorts {
  readonly timers: Timers
  /** A subscribed session that has not said Hello for this long gets a HelloRequest. */
  readonly helloPatienceMs: DurationMs
  /** The CA behind a certificate is one of ours, or of a maker that we trust, still. */
  trusts(certificate: CertificateRow): boolean
}

/** How often a silent session is asked before it is left to its keep-alive. */
const helloRequestsMax = 12

export const createLinkHandler = (ports: LinkHandlerPorts): LinkHandler => {
  const { records, sessions, clock, timers, log } = ports

  const askForHello = (session: Session, asked: number): void => {
    if (session.closed || session.greeting !== undefined || asked >= helloRequestsMax) return
    session.helloTimer = timers.after(ports.helloPatienceMs, () => {
      if (session.closed || session.greeting !== undefined) return
      ports.signer
        .envelope('ordinary', helloRequestBody({ sn: session.sn, ids: ports.ids }))
        .then((envelope) => {
          if (!session.closed && session.greeting === undefined) session.link.send(envelope)
        })
        .catch((error: unknown) => {
          log.warn('a HelloRequest could not be signed', { sn: session.sn, error: String(error) })
        })
      askForHello(session, asked + 1)
    })
  }

  const endSession = (session: Session, reason: string): void => {
    const { greeting } = session
    if (greeting === undefined) return
    ports.coordination.disown(session.terminalId, greeting.lane.fence)
    records
      .submit('end-session', {
        terminalId: session.terminalId,
        fence: greeting.lane.fence,
        reason,
        atMs: clock.now(),
      })
      .catch((error: unknown) => {
        // Presence is a hint: the next Hello sets it right.
        log.debug('the end of a session was not recorded', { sn: session.sn, error: String(error) })
      })
  }

  return {
    async admit(request) {
      const found = await records.read('certificate-by-hash', { sha256: request.certificateSha256 })
      const trusted = found !== undefined && ports.trusts(found.certificate)
      return mayConnect(found, { nowMs: clock.now(), trusted })
    },

    opened(link: LinkSession) {
      const deviceKey = ports.verifier.importKey(link.admission.spki)
      if (deviceKey === undefined) {
        log.error('a registered certificate has a key that is of no use', { sn: link.sn })
        link.close('not-authorized')
        return
      }
      sessions.add(newSession(link, deviceKey))
    },

    subscribed(link) {
      const session = sessions.ofLink(link)
      if (session !== undefined) askForHello(session, 0)
    },

    async uplink(link, channel, payload) {
      const session = sessions.ofLink(link)
      if (session === undefined) return { ok: false, code: 'UNKNOWN_SESSION' }
      return receiveUplink(ports, session, channel, payload)
    },

    closed(link, reason) {
      const session = sessions.remove(link)
      if (session === undefined) return
      session.closed = true
      session.helloTimer?.cancel()
      endSession(session, reason)
    },
  }
}
