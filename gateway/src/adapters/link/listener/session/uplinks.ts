/**
 * PUBLISH from a terminal: what is refused, and the way of the others through the window to the
 * handler and back as PUBACKs. MQTT 3.1.1 §3.3–3.4, MQTT 5 the same. A forbidden PUBLISH ends the
 * session on both versions: that is how the handler comes to know of it.
 */
import type { Channel, CloseReason, UplinkOutcome } from '../../../../core/ports/link.js'
import type { ListenerLimits } from '../limits.js'
import type { MqttVersion, Publish } from '../packets/inbound.js'
import { pubackReason, reasons } from '../reason-codes.js'
import { end } from './ending.js'
import { answer, arrive } from './uplink-window.js'
import type { Acknowledgement, WindowStep } from './uplink-window.js'
import { withUplinks } from './session-state.js'
import type { Client, Connected, SessionEffect, Step } from './session-state.js'

interface Objection {
  readonly reason: CloseReason
  readonly code: number
  readonly why: string
}

export const onPublish = (state: Connected, packet: Publish, limits: ListenerLimits): Step => {
  const objection = objectionTo(packet)
  if (objection !== undefined) {
    return end(state, objection.reason, limits, objection.why, objection.code)
  }
  const channel = channelOf(state.client, packet.topic)
  if (channel === undefined) return end(state, 'not-authorized', limits, 'a topic not its own')
  const { packetId, payload } = packet
  const uplink = { channel, packetId, payload }
  return moved(state, arrive(state.uplinks, uplink, state.draining, limits), limits)
}

const objectionTo = ({ qos, retain, aliased }: Publish): Objection | undefined => {
  const reason = 'protocol-error'
  if (qos === 2) return { reason, code: reasons.qosNotSupported, why: '[MQTT-3.2.2-11] QoS 2' }
  if (retain) return { reason, code: reasons.retainNotSupported, why: '[MQTT-3.2.2-14] RETAIN' }
  if (aliased) return { reason, code: reasons.topicAliasInvalid, why: '[MQTT-3.3.2-9] an alias' }
  return undefined
}

const channelOf = ({ topics }: Client, topic: string): Channel | undefined => {
  if (topic === topics.up) return 'up'
  return topic === topics.state ? 'state' : undefined
}

export const onUplinkAnswered = (
  state: Connected,
  number: number,
  outcome: UplinkOutcome,
  limits: ListenerLimits,
): Step => moved(state, answer(state.uplinks, number, outcome, state.draining, limits), limits)

/** No further PUBLISH is begun; what is out is answered first, within its time. */
export const onDrain = (state: Connected, limits: ListenerLimits): Step => {
  if (state.draining) return { state, effects: [] }
  if (state.uplinks.inFlight.length === 0) return end(state, 'server-moved', limits)
  return {
    state: { ...state, draining: true },
    effects: [{ do: 'arm', timer: 'drain', ms: limits.drainSessionMsMax }],
  }
}

const moved = (state: Connected, step: WindowStep, limits: ListenerLimits): Step => {
  const { version } = state.client
  const effects: SessionEffect[] = step.acknowledged.map((one) => puback(one, version))
  for (const { number, channel, payload } of step.started) {
    effects.push({ do: 'uplink', number, channel, payload })
  }
  const next = withUplinks(state, step.window)
  if (!state.draining || step.window.inFlight.length > 0) return { state: next, effects }
  const last = end(next, 'server-moved', limits)
  return { state: last.state, effects: [...effects, ...last.effects] }
}

const puback = (
  { packetId: messageId, outcome }: Acknowledgement,
  version: MqttVersion,
): SessionEffect => {
  if (version === 4) return { do: 'write', packet: { cmd: 'puback', messageId }, version }
  const reasonCode = outcome.ok ? reasons.success : pubackReason(outcome.code)
  return { do: 'write', packet: { cmd: 'puback', messageId, reasonCode }, version }
}
