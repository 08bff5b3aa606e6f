/**
 * From a CONNECT to a CONNACK: what is refused before the handler is asked, and what a terminal is
 * told when it is let in. MQTT 3.1.1 §3.1–3.2, MQTT 5 §3.1–3.2. Clean session or not makes no
 * difference: there never is a session to come back to.
 */
import { downTopic, stateTopic, upTopic } from '@tillgate/protocol'
import type { Packet as OutboundPacket } from 'mqtt-packet'
import type { Admission, Admitted } from '../../../../core/ports/link.js'
import type { ListenerLimits } from '../limits.js'
import type { PacketFault } from '../packets/byte-reader.js'
import type { Connect } from '../packets/inbound.js'
import { connackReason, reasons } from '../reason-codes.js'
import { emptyQueue } from './downlink-queue.js'
import { refuse, refuseSilently } from './ending.js'
import { emptyWindow } from './uplink-window.js'
import type { Admitting, Connected, SessionEffect, Step } from './session-state.js'

export const onConnect = (connect: Connect, limits: ListenerLimits): Step => {
  const objection = objectionTo(connect, limits)
  if (objection !== undefined) {
    return refuse(connect.version, objection.reason, { rule: objection.rule }, limits)
  }
  return {
    state: { phase: 'admitting', connect },
    effects: [
      { do: 'arm', timer: 'deadline', ms: limits.admitMsMax },
      { do: 'admit', connect },
    ],
  }
}

/** What can be said without the records. Whose topic the will has, only they know. */
const objectionTo = (connect: Connect, limits: ListenerLimits): PacketFault | undefined => {
  const { will } = connect
  if (connect.enhancedAuthentication) {
    return { reason: reasons.badAuthenticationMethod, rule: '[MQTT-4.12.0-1] no enhanced auth' }
  }
  if (connect.clientId === '') {
    const rule = '[MQTT-3.1.3-8] the client id is the serial number'
    return { reason: reasons.clientIdentifierNotValid, rule }
  }
  if (connect.packetBytesMax < limits.clientPacketBytesMin) {
    return {
      reason: reasons.packetTooLarge,
      rule: '[MQTT-3.1.2-24] a Maximum Packet Size too small',
    }
  }
  if (will === undefined) return undefined
  if (will.retain)
    return { reason: reasons.retainNotSupported, rule: '[MQTT-3.2.2-13] retained will' }
  if (will.qos === 2) return { reason: reasons.qosNotSupported, rule: '[MQTT-3.2.2-12] QoS 2 will' }
  if (will.payload.length > limits.willBytesMax) {
    return { reason: reasons.quotaExceeded, rule: 'a will above its limit' }
  }
  return undefined
}

/** A first packet that cannot be read. Its version decides in which words it is refused. */
export const onUnreadableConnect = (
  fault: PacketFault,
  level: number | undefined,
  limits: ListenerLimits,
): Step => {
  const why = { rule: fault.rule }
  if (fault.reason === reasons.unsupportedProtocolVersion) {
    return refuse(level !== undefined && level > 5 ? 5 : 4, fault.reason, why, limits)
  }
  // 3.1.1 has no word for it: the connection is closed without a CONNACK [MQTT-3.1.4-1].
  return level === 5 ? refuse(5, fault.reason, why, limits) : refuseSilently(why, limits)
}

export const onAdmission = (
  state: Admitting,
  admission: Admission,
  at: number,
  limits: ListenerLimits,
): Step => {
  const { connect } = state
  const { version } = connect
  if (!admission.ok) {
    const why = { rule: 'the handler refuses', code: admission.code }
    return refuse(version, connackReason(admission.code), why, limits)
  }
  if (connect.clientId !== admission.sn) {
    const why = { rule: 'the client id is the serial number', code: 'CONNECT_REFUSED' } as const
    return refuse(version, reasons.clientIdentifierNotValid, why, limits)
  }
  const next = connectedState(connect, admission, at, limits)
  if (connect.will !== undefined && connect.will.topic !== next.client.topics.state) {
    const why = { rule: 'a will goes to the own state topic', code: 'TOPIC_FORBIDDEN' } as const
    return refuse(version, reasons.notAuthorized, why, limits)
  }
  const effects: SessionEffect[] = [
    { do: 'enter', admission, version },
    { do: 'write', packet: connack(connect, limits), version },
    { do: 'arm', timer: 'deadline', ms: next.keepAlive.limitMs },
    { do: 'opened' },
  ]
  return { state: next, effects }
}

/** The rejection of the handler, or its silence. */
export const onAdmissionFailed = (state: Admitting, limits: ListenerLimits): Step => {
  const why = { rule: 'the records do not answer', code: 'RECORDS_UNAVAILABLE' } as const
  return refuse(state.connect.version, reasons.serverUnavailable, why, limits)
}

const connectedState = (
  connect: Connect,
  { sn }: Admitted,
  at: number,
  limits: ListenerLimits,
): Connected => {
  const inFlightMax = Math.min(connect.receiveMaximum, limits.downlinksInFlightMax)
  const packetBytesMax = Math.min(connect.packetBytesMax, limits.packetBytesMax)
  return {
    phase: 'connected',
    client: {
      version: connect.version,
      sn,
      topics: { down: downTopic(sn), up: upTopic(sn), state: stateTopic(sn) },
      sessionExpiryS: connect.sessionExpiryS,
    },
    will: connect.will?.payload,
    // [MQTT-3.1.2-24] of 3.1.1, [MQTT-3.1.2-22] of 5: one and a half times.
    keepAlive: {
      limitMs: keepAliveS(connect, limits) * 1_500,
      heardAt: at,
      stoppedAt: undefined,
      suspect: false,
    },
    grantedQos: undefined,
    uplinks: emptyWindow,
    downlinks: emptyQueue(inFlightMax, packetBytesMax, at),
    outputFull: false,
    draining: false,
  }
}

const isOverruled = ({ version, keepAliveS: asked }: Connect, limits: ListenerLimits): boolean =>
  version === 5 && (asked === 0 || asked > limits.keepAliveSMax)

const keepAliveS = (connect: Connect, limits: ListenerLimits): number => {
  if (isOverruled(connect, limits)) return limits.keepAliveSMax
  return connect.keepAliveS === 0 ? limits.silentSMax : connect.keepAliveS
}

const connack = (connect: Connect, limits: ListenerLimits): OutboundPacket => {
  if (connect.version === 4) return { cmd: 'connack', sessionPresent: false, returnCode: 0 }
  return {
    cmd: 'connack',
    sessionPresent: false,
    reasonCode: reasons.success,
    properties: {
      sessionExpiryInterval: 0,
      receiveMaximum: limits.uplinksInFlightMax,
      maximumQoS: 1,
      retainAvailable: false,
      maximumPacketSize: limits.packetBytesMax,
      topicAliasMaximum: 0,
      wildcardSubscriptionAvailable: false,
      subscriptionIdentifiersAvailable: false,
      sharedSubscriptionAvailable: false,
      ...(isOverruled(connect, limits) ? { serverKeepAlive: limits.keepAliveSMax } : {}),
    },
  }
}
