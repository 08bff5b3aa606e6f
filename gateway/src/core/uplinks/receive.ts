/**
 * The way of an uplink: authenticate it, give it to its handler, answer once it is durable. Before the
 * Hello nothing else is taken. What is refused changes nothing; where the catalogue says so its alarm is
 * durable before the refusal is acknowledged.
 */
import {
  copyBytes,
  countsOnlyWhenNewer,
  errorByCode,
  type ErrorCode,
  type Hello,
} from '@tillgate/protocol'

import { coreLimits } from '../limits.js'
import type { Channel, UplinkOutcome } from '../ports/link.js'
import type { Session } from '../sessions/session.js'
import { raiseAlarm } from './about-command.js'
import { onAccepted } from './accepted.js'
import { onAlarm } from './alarm.js'
import { authenticate, type AuthenticationPorts } from './authenticate.js'
import {
  heard,
  refusedUplink,
  type Authentic,
  type GreetedSession,
  type UplinkPorts,
} from './context.js'
import { onHeartbeat } from './heartbeat.js'
import { onHello } from './hello.js'
import { cleaned, holdsCardNumber, plantedIn } from './planted.js'
import { onProgress } from './progress.js'
import { onProof } from './proof.js'
import { onReady } from './ready.js'
import { onRefused } from './refused.js'
import { onReleased } from './released.js'
import { onRenewRequest } from './renew-request.js'
import { onResult } from './result.js'
import { onStatus } from './status.js'

export type ReceivePorts = UplinkPorts & AuthenticationPorts

type Said<K extends Authentic['uplink']['message']['kind']> = Authentic<
  Extract<Authentic['uplink']['message'], { kind: K }>
>

const handle = (
  ports: UplinkPorts,
  session: GreetedSession,
  said: Authentic,
): Promise<UplinkOutcome> => {
  const { kind } = said.uplink.message
  switch (kind) {
    case 'hello':
      return onHello(ports, session, said as Said<'hello'>)
    case 'heartbeat':
      return onHeartbeat(ports, session, said as Said<'heartbeat'>)
    case 'accepted':
      return onAccepted(ports, session, said as Said<'accepted'>)
    case 'progress':
      return onProgress(ports, session, said as Said<'progress'>)
    case 'ready':
      return onReady(ports, session, said as Said<'ready'>)
    case 'released':
      return onReleased(ports, session, said as Said<'released'>)
    case 'refused':
      return onRefused(ports, session, said as Said<'refused'>)
    case 'result':
      return onResult(ports, session, said as Said<'result'>)
    case 'proof':
      return onProof(ports, session, said as Said<'proof'>)
    case 'status':
      return onStatus(ports, session, said as Said<'status'>)
    case 'alarm':
      return onAlarm(ports, session, said as Said<'alarm'>)
    case 'renewRequest':
      return onRenewRequest(ports, session, said as Said<'renewRequest'>)
    // A person carries it; over a line a terminal says Hello and Ready.
    case 'offlineReady':
      return Promise.resolve(refusedUplink('UNKNOWN_MESSAGE'))
    default:
      return kind satisfies never
  }
}

const refuse = async (
  ports: ReceivePorts,
  session: Session,
  refusal: { readonly code: ErrorCode; readonly detail: string; readonly payload: Uint8Array },
): Promise<UplinkOutcome> => {
  const { code, detail, payload } = refusal
  ports.log.debug('an uplink was refused', { sn: session.sn, code, detail })
  if (errorByCode(code).alarm) {
    const evidence = holdsCardNumber(payload) ? null : copyBytes(payload)
    await raiseAlarm(ports, session, code, { detail, evidence })
  }
  return refusedUplink(code)
}

/** What comes behind a Hello waits until the session stands. */
const greet = async (
  ports: ReceivePorts,
  session: Session,
  said: Authentic<Hello>,
): Promise<UplinkOutcome> => {
  const greeting = onHello(ports, session, said)
  session.greetingUnderWay = greeting.then(
    () => undefined,
    () => undefined,
  )
  return greeting
}

/** Undefined where it can't be taken; its alarm is durable either way. */
const withoutPlanted = async (
  ports: ReceivePorts,
  session: Session,
  said: Authentic,
): Promise<Authentic | undefined> => {
  const { message } = said.uplink
  const fields = plantedIn(message)
  if (fields.length === 0) return said
  const detail = `${message.kind}: ${fields.join(', ')}`
  await raiseAlarm(ports, session, 'CARD_DATA', { detail, evidence: null })
  return cleaned(said, fields)
}

const receiveOne = async (
  ports: ReceivePorts,
  session: Session,
  channel: Channel,
  payload: Uint8Array,
): Promise<UplinkOutcome> => {
  if (session.greetingUnderWay !== undefined) await session.greetingUnderWay
  const authentication = await authenticate(ports, session, payload)
  if (!authentication.ok) return refuse(ports, session, { ...authentication, payload })
  const said = await withoutPlanted(ports, session, authentication.said)
  if (said === undefined) return refusedUplink('CARD_DATA')
  const { kind } = said.uplink.message
  if (kind === 'hello' && channel === 'up') return greet(ports, session, said as Authentic<Hello>)
  if ((kind === 'heartbeat') !== (channel === 'state')) {
    return refuse(ports, session, { code: 'TOPIC_FORBIDDEN', detail: kind, payload })
  }
  if (session.greeting === undefined) return refusedUplink('UNKNOWN_SESSION')
  const will = said.uplink.message.kind === 'heartbeat' && said.uplink.message.will
  if (countsOnlyWhenNewer(kind) && !will && !session.brokered) {
    if (said.uplink.uplinkSeq <= session.newestUplinkSeq) return heard
    session.newestUplinkSeq = said.uplink.uplinkSeq
  }
  const { commandId } = said.uplink
  if (commandId === undefined) return handle(ports, session as GreetedSession, said)
  const taking = ports.trail.begin('uplink')
  const outcome = await handle(ports, session as GreetedSession, said)
  taking?.end(commandId, session.sn, { message: kind, outcome: outcome.ok ? 'ok' : outcome.code })
  return outcome
}

export const receiveUplink = async (
  ports: ReceivePorts,
  session: Session,
  channel: Channel,
  payload: Uint8Array,
): Promise<UplinkOutcome> => {
  // The link holds back the seventeenth; this is the second lock (I7).
  if (session.uplinksUnderWay >= coreLimits.uplinksPerSessionMax) {
    return ports.refusals.counted(refusedUplink('RATE_LIMITED'))
  }
  session.uplinksUnderWay += 1
  try {
    return ports.refusals.counted(await receiveOne(ports, session, channel, payload))
  } finally {
    session.uplinksUnderWay -= 1
  }
}
