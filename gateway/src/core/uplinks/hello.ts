/**
 * Hello (signed): the session is opened. The records are told first; then the Welcome, signed, with our
 * half of the key agreement; then the lane is looked at, so that everything pending goes out anew.
 */
import { sessionKey, uuidToText, type ErrorCode, type Hello } from '@tillgate/protocol'

import { watchLimits } from '../bindings/watch.js'
import { renewCertificateBody, welcomeBody } from '../downlinks/bodies.js'
import { coreLimits } from '../limits.js'
import { newLane } from '../lanes/lane.js'
import type { OpenSessionResult } from '../operations/open-session.js'
import type { UplinkOutcome } from '../ports/link.js'
import type { Greeting, Session } from '../sessions/session.js'
import { raiseAlarm } from './about-command.js'
import { heard, refusedUplink, type Authentic, type UplinkPorts } from './context.js'

const seedBytes = 32

/** Refused Hellos that a person should look at, in words. */
const refusals: Partial<Record<ErrorCode, string>> = {
  SEQ_REGRESSION: 'a Hello said again',
  SEQ_AHEAD: 'a Hello beyond all sequences',
}

/** A broker delivers again what it knows no acknowledgement of: there a Hello said again is nobody's lie. */
const alarmFor = (session: Session, code: ErrorCode): string | undefined =>
  session.brokered && code === 'SEQ_REGRESSION' ? undefined : refusals[code]

interface Agreed {
  readonly sessionId: Uint8Array
  readonly macKey: Uint8Array
  /** Our half. */
  readonly keyShare: Uint8Array
}

/** Undefined where the terminal's half is no point on the curve. */
const agree = (
  { digest, entropy, ids }: UplinkPorts,
  { sn }: Session,
  { hash: helloHash, uplink: { message } }: Authentic<Hello>,
): Agreed | undefined => {
  const ours = digest.agreementKey(entropy.bytes(seedBytes))
  const agreed = ours.agree(message.keyShare)
  if (agreed === undefined) return undefined
  const { sessionNonce } = message
  const sessionId = ids.next()
  const macKey = sessionKey(digest, { agreed, sn, sessionNonce, sessionId, helloHash })
  return { sessionId, macKey, keyShare: ours.keyShare }
}

const open = (
  ports: UplinkPorts,
  session: Session,
  said: Authentic<Hello>,
  { sessionId, macKey }: Agreed,
): Promise<OpenSessionResult> => {
  const { uplink } = said
  const { message } = uplink
  const { sessionKeys } = ports
  return ports.records.submit('open-session', {
    terminalId: session.terminalId,
    certificateId: session.certificateId,
    sessionId,
    sessionNonce: message.sessionNonce,
    bootId: uplink.bootId,
    uplinkSeq: uplink.uplinkSeq,
    firmware: message.firmware,
    model: message.model,
    assetEpoch: message.assetEpoch,
    bindingEpoch: message.bindingEpoch,
    lastSeq: message.lastSeq,
    signerListVersion: message.signerListVersion,
    locked: message.locked,
    keySlots: JSON.stringify(
      message.keySlots.map(({ purpose, version, state, algorithm }) => ({
        purpose,
        version,
        state,
        algorithm,
      })),
    ),
    hasMasterKey: message.keySlots.some(
      ({ purpose, state }) => purpose === 'TMK' && state === 'ACTIVE',
    ),
    evidence: said.evidence ?? said.body,
    ...(session.brokered && sessionKeys !== undefined
      ? { sessionKey: sessionKeys.seal({ sn: session.sn, sessionId }, macKey) }
      : {}),
    withoutAlarms: ports.alarmBudget.isSpent(session.terminalId),
    atMs: ports.clock.now(),
  })
}

const welcome = async (
  ports: UplinkPorts,
  session: Session,
  said: Authentic<Hello>,
  fields: {
    readonly greeting: Greeting
    readonly keyShare: Uint8Array
    readonly lastUplinkSeq: number
  },
): Promise<void> => {
  const list = ports.welcome.signerList()
  const body = welcomeBody(
    { sn: session.sn, ids: ports.ids },
    {
      sessionNonce: fields.greeting.nonce,
      helloHash: said.hash,
      sessionId: fields.greeting.sessionId,
      timeMs: ports.clock.now(),
      keyShare: fields.keyShare,
      signerListVersion: list.version,
      heartbeatS: ports.welcome.heartbeatS,
      lastUplinkSeq: fields.lastUplinkSeq,
    },
  )
  const envelope = await ports.signer.envelope('ordinary', body)
  if (session.closed) return
  session.link.send(envelope)
  if (said.uplink.message.signerListVersion < list.version) session.link.send(list.envelope)
}

/** A certificate that ends soon: the terminal is asked for a RenewRequest, in every session until it has. */
const askForRenewal = async (ports: UplinkPorts, session: Session): Promise<void> => {
  const leftMs = session.link.admission.notAfterMs - ports.clock.now()
  if (leftMs > coreLimits.renewBeforeMs) return
  const body = renewCertificateBody(
    { sn: session.sn, ids: ports.ids },
    { reason: 'expiring', certificate: undefined, chain: undefined },
  )
  const envelope = await ports.signer.envelope('ordinary', body)
  if (!session.closed) session.link.send(envelope)
}

/** Not a merchant's: they stay when a terminal is taken from him. */
const lastingPurposes: ReadonlySet<string> = new Set(['TMK', 'KBPK', 'REGISTRY', 'IDENTITY'])

/** A terminal in stock that shows working keys has not erased what it has proved to have erased. */
const watchKeys = async (
  { records, clock, watchMs, alarmBudget }: UplinkPorts,
  { terminalId, sn }: Session,
  { uplink, evidence }: Authentic<Hello>,
  sessionId: Uint8Array,
): Promise<void> => {
  const hasKeys = uplink.message.keySlots.some(
    ({ purpose, state }) => !lastingPurposes.has(purpose) && state === 'ACTIVE',
  )
  if (!hasKeys || alarmBudget.isSpent(terminalId)) return
  const atMs = clock.now()
  const told = await records.submit('report-attempt', {
    by: { source: 'terminal', terminalId, sn },
    ...{ kind: 'key', reference: `session ${uuidToText(sessionId)}` },
    ...{ triedAtMs: atMs, atMs, evidence, actor: 'terminal' },
    watchMs: watchMs ?? watchLimits.watchMsDefault,
  })
  if (told.watched && told.recorded) alarmBudget.take(terminalId)
}

export const onHello = async (
  ports: UplinkPorts,
  session: Session,
  said: Authentic<Hello>,
): Promise<UplinkOutcome> => {
  const { message } = said.uplink
  if (!ports.helloBudget.take(session.terminalId)) return refusedUplink('RATE_LIMITED')
  const agreed = agree(ports, session, said)
  if (agreed === undefined) return refusedUplink('MALFORMED')
  const { sessionId, macKey, keyShare } = agreed
  const opened = await open(ports, session, said, agreed)
  if (!opened.ok) {
    if (opened.code === 'CERTIFICATE_REVOKED') session.link.close('revoked')
    const detail = alarmFor(session, opened.code)
    if (detail !== undefined) {
      await raiseAlarm(ports, session, opened.code, { detail, evidence: said.evidence })
    }
    return refusedUplink(opened.code)
  }
  for (const _alarm of opened.alarms) ports.alarmBudget.take(session.terminalId)
  const overtaking = ports.sessions.overtaking(session, opened.fence)
  if (session.closed || overtaking !== undefined) {
    // It went while this was being written: the records must not show it as open. A later one that
    // stands has lost the lane to it, and gets it back with a Hello of its own.
    const isAhead = (overtaking?.greeting?.lane.fence ?? 0) > opened.fence
    if (!isAhead) overtaking?.link.close('replaced')
    await ports.records.submit('end-session', {
      terminalId: session.terminalId,
      fence: opened.fence,
      reason: 'peer',
      atMs: ports.clock.now(),
    })
    return heard
  }
  if (opened.state === 'IN_STOCK') await watchKeys(ports, session, said, sessionId)
  const greeting: Greeting = {
    nonce: message.sessionNonce,
    sessionId,
    macKey,
    lane: newLane({ terminalId: session.terminalId, ...opened }),
  }
  // Without its Welcome a terminal knows no time and may answer nothing: until then nothing leaves.
  greeting.lane.working = true
  session.greeting = greeting
  ports.sessions.greet(session)?.link.close('replaced')
  ports.coordination.own(session.terminalId, greeting.lane.fence)
  session.macCounter = 0
  session.newestUplinkSeq = said.uplink.uplinkSeq
  session.helloTimer?.cancel()
  session.helloTimer = undefined
  try {
    await welcome(ports, session, said, {
      greeting,
      keyShare,
      lastUplinkSeq: opened.lastUplinkSeq,
    })
    await askForRenewal(ports, session)
  } catch (error) {
    // The Hello is durable; without a Welcome the terminal says it again.
    ports.log.warn('a Welcome could not be signed', { sn: session.sn, error: String(error) })
    return heard
  }
  greeting.lane.working = false
  ports.nudgeLane(session.terminalId)
  return heard
}
