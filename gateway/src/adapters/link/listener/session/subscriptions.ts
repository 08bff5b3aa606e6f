/**
 * SUBSCRIBE and UNSUBSCRIBE (MQTT 3.1.1 §3.8–3.11, MQTT 5 the same): a terminal may read its own
 * `down` topic and nothing else. A refused filter is answered, not punished: [MQTT-3.8.4-5].
 */
import type { ListenerLimits } from '../limits.js'
import type { Subscribe, SubscriptionRequest, Unsubscribe } from '../packets/inbound.js'
import { reasons, subscribeFailure } from '../reason-codes.js'
import { dropWaiting } from './downlink-queue.js'
import { end } from './ending.js'
import type { Client, Connected, SessionEffect, Step } from './session-state.js'

export const onSubscribe = (state: Connected, packet: Subscribe, limits: ListenerLimits): Step => {
  if (packet.identified) {
    const why = '[MQTT5 3.2.2.3.12] a subscription identifier'
    return end(state, 'protocol-error', limits, why, reasons.subscriptionIdentifiersNotSupported)
  }
  const { version } = state.client
  let { grantedQos } = state
  const granted = packet.requests.map((request) => {
    const code = grant(state.client, request)
    if (code === 0 || code === 1) grantedQos = code
    return code
  })
  const { packetId: messageId } = packet
  const effects: SessionEffect[] = [
    { do: 'write', packet: { cmd: 'suback', messageId, granted }, version },
  ]
  if (state.grantedQos === undefined && grantedQos !== undefined) effects.push({ do: 'subscribed' })
  return { state: { ...state, grantedQos }, effects }
}

const grant = (client: Client, { filter, qos }: SubscriptionRequest): number => {
  if (filter === client.topics.down) return qos === 0 ? 0 : 1
  if (client.version === 4) return subscribeFailure
  if (filter.startsWith('$share/')) return reasons.sharedSubscriptionsNotSupported
  return /[#+]/.test(filter) ? reasons.wildcardSubscriptionsNotSupported : reasons.notAuthorized
}

export const onUnsubscribe = (state: Connected, packet: Unsubscribe): Step => {
  const { version, topics } = state.client
  let { grantedQos } = state
  const granted = packet.filters.map((filter) => {
    if (filter !== topics.down || grantedQos === undefined) return reasons.noSubscriptionExisted
    grantedQos = undefined
    return reasons.success
  })
  const { packetId: messageId } = packet
  const unsuback = { cmd: 'unsuback', messageId, granted } as const
  const effects: SessionEffect[] = [{ do: 'write', packet: unsuback, version }]
  if (grantedQos !== undefined) return { state: { ...state, grantedQos }, effects }
  const downlinks = dropWaiting(state.downlinks)
  return { state: { ...state, grantedQos, downlinks }, effects }
}
