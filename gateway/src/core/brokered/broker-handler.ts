/**
 * What comes from a broker: whose it is (its own authentication alone says so), and on to the handlers
 * that a listener's uplinks go to. The node that takes a Hello owns the session and keeps its lane; any
 * other uplink may come to any node, and is a visit where another node owns the session. A session that
 * nobody knows, or that the records call over, is answered with a HelloRequest.
 * It must never change anything because of the order in which uplinks come.
 */
import {
  kidOf,
  parseEnvelope,
  parseUplink,
  type Envelope,
  type ErrorCode,
} from '@tillgate/protocol'

import { coreLimits } from '../limits.js'
import type { Broker, BrokerHandler } from '../ports/broker.js'
import type { Channel, CloseReason, UplinkOutcome } from '../ports/link.js'
import type { SessionKeys } from '../ports/session-keys.js'
import type { CertificateRow, TerminalRow } from '../records/tables.js'
import { newSession, type Session } from '../sessions/session.js'
import { SessionFenced } from '../uplinks/about-command.js'
import { refusedUplink, type GreetedSession } from '../uplinks/context.js'
import { receiveUplink, type ReceivePorts } from '../uplinks/receive.js'
import { BrokeredLink } from './brokered-link.js'
import type { HelloRequests } from './hello-requests.js'
import { enterByKid, readTerminal, type Entry } from './known-terminal.js'
import { Visits } from './visits.js'

export interface BrokerHandlerPorts extends ReceivePorts {
  readonly broker: Broker
  readonly sessionKeys: SessionKeys
  readonly helloRequests: HelloRequests
  trusts(certificate: CertificateRow): boolean
}

type Auth = NonNullable<Envelope['auth']>
type SignatureAuth = Extract<Auth, { kind: 'signature' }>
type Enter = Entry & { readonly ok: true }

/** The session is over for the terminal as well, as far as anybody knows. */
const endsForGood: ReadonlySet<CloseReason> = new Set(['peer', 'keep-alive', 'revoked'])

export const createBrokerHandler = (ports: BrokerHandlerPorts): BrokerHandler => {
  const { records, sessions, coordination, broker, clock, digest, log } = ports
  let links = 0

  const refuse = (code: ErrorCode): UplinkOutcome => ports.refusals.counted(refusedUplink(code))

  const endInRecords = (session: Session, reason: CloseReason): void => {
    if (session.greeting === undefined || !endsForGood.has(reason)) return
    const { fence } = session.greeting.lane
    const { terminalId } = session
    records
      .submit('end-session', { terminalId, fence, reason, atMs: clock.now() })
      .catch((error: unknown) => {
        // Presence is a hint: the next Hello sets it right.
        log.debug('the end of a session was not recorded', { sn: session.sn, error: String(error) })
      })
  }

  const linkFor = ({ admission, sha256 }: Enter, closed: BrokeredLinkClosed): BrokeredLink =>
    new BrokeredLink({ id: (links += 1), admission, certificateSha256: sha256, broker, closed })

  const sessionFor = (entry: Enter): Session => {
    const deviceKey = ports.verifier.importKey(entry.admission.spki)
    const link = linkFor(entry, (closing, reason) => {
      session.closed = true
      sessions.remove(closing)
      if (session.greeting === undefined) return
      coordination.disown(session.terminalId, session.greeting.lane.fence)
      endInRecords(session, reason)
    })
    const session = newSession(link, deviceKey, true)
    return session
  }

  const visits = new Visits({
    ...ports,
    link: (entry) =>
      linkFor(entry, (closing, reason) => {
        const session = visiting.get(closing)
        if (session !== undefined) endInRecords(session, reason)
      }),
  })
  /** Only for the time of one uplink: a will that a visit takes ends the session in the records. */
  const visiting = new WeakMap<object, GreetedSession>()

  /** More than this node should keep: the one that has stood longest is left to whoever is asked next. */
  const makeRoom = (): void => {
    if (sessions.size < coreLimits.brokeredSessionsMax) return
    for (const { link, brokered } of sessions.all()) {
      if (!brokered) continue
      link.close('server-moved')
      return
    }
  }

  const greet = async (
    sn: string,
    channel: Channel,
    payload: Uint8Array,
    auth: SignatureAuth,
  ): Promise<UplinkOutcome> => {
    const known = await readTerminal(records, sn)
    if (known === undefined) return refuse('CERTIFICATE_UNKNOWN')
    const entry = enterByKid(ports, known, auth.kid)
    if (!entry.ok) return refuse(entry.code)
    makeRoom()
    const session = sessionFor(entry)
    try {
      return await receiveUplink(ports, session, channel, payload)
    } finally {
      if (session.greeting === undefined) session.closed = true
    }
  }

  /** Whose lane this node keeps, and whose key this is. */
  const ownSession = (sn: string, auth: Auth): GreetedSession | undefined => {
    const session = sessions.ofSn(sn)
    if (session?.greeting === undefined || session.closed || !session.brokered) return undefined
    const isTheirs =
      auth.kind === 'mac'
        ? digest.equal(auth.sessionId, session.greeting.sessionId)
        : session.deviceKey !== undefined &&
          digest.equal(auth.kid, kidOf(digest, session.deviceKey.spki))
    return isTheirs ? (session as GreetedSession) : undefined
  }

  /** What was said under the session before may still be on its way: that one is no stranger. */
  const askForHello = (terminal: TerminalRow | undefined): void => {
    if (terminal === undefined) return
    const { sessionSinceMs, sessionEndedMs, sn } = terminal
    const isFresh =
      sessionEndedMs === null && clock.now() - (sessionSinceMs ?? 0) < coreLimits.stragglersMs
    if (!isFresh) ports.helloRequests.ask(sn)
  }

  /** Undefined where the lane has a new owner, by now. */
  const tryOnce = async (
    sn: string,
    channel: Channel,
    payload: Uint8Array,
    auth: Auth,
  ): Promise<UplinkOutcome | undefined> => {
    const own = ownSession(sn, auth)
    const visit = own === undefined ? await visits.of(sn, auth) : { session: own, isOver: false }
    if (visit.session === undefined) {
      if (visit.code === 'UNKNOWN_SESSION') askForHello(visit.terminal)
      return refuse(visit.code)
    }
    const { session } = visit
    if (own === undefined) visiting.set(session.link, session)
    try {
      const outcome = await receiveUplink(ports, session, channel, payload)
      // Over, and it speaks: nobody keeps its lane.
      if (visit.isOver && outcome.ok) ports.helloRequests.ask(sn)
      return outcome
    } catch (error) {
      if (!(error instanceof SessionFenced)) throw error
      if (own === undefined) visits.forget(session)
      else own.link.close('replaced')
      return undefined
    }
  }

  const own = (): readonly GreetedSession[] =>
    [...sessions.all()].filter(
      (session): session is GreetedSession => session.brokered && session.greeting !== undefined,
    )

  return {
    async uplink(sn, channel, payload) {
      const envelope = parseEnvelope(payload)
      if (!envelope.ok) return refuse(envelope.code)
      const { auth, body } = envelope.value
      if (auth === undefined) return refuse('NOT_SIGNED')
      if (auth.kind === 'signature') {
        const uplink = parseUplink(body)
        if (!uplink.ok) return refuse(uplink.code)
        if (uplink.value.message.kind === 'hello') return greet(sn, channel, payload, auth)
      }
      for (let tries = 0; tries < coreLimits.visitTriesMax; tries++) {
        const outcome = await tryOnce(sn, channel, payload, auth)
        if (outcome !== undefined) return outcome
      }
      // One Hello after the other: what counts is said again, or asked for.
      return refuse('UNKNOWN_SESSION')
    },

    resumed() {
      for (const { terminalId, greeting } of own()) {
        const { lane } = greeting
        if (lane.sent.size === 0 && lane.open === 0) continue
        for (const [id, sent] of lane.sent) {
          lane.sent.set(id, { ...sent, at: Number.NEGATIVE_INFINITY })
        }
        ports.nudgeLane(terminalId)
      }
    },

    leaving() {
      for (const { link } of own()) link.close('server-moved')
    },
  }
}

type BrokeredLinkClosed = (link: BrokeredLink, reason: CloseReason) => void
