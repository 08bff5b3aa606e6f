/**
 * PUBLISH to a terminal and the PUBACKs for it (MQTT 3.1.1 §3.3–3.4, MQTT 5 the same), within the
 * client's Receive Maximum and Maximum Packet Size. Not subscribed is the same as not there.
 */
import type { SendOutcome } from '../../../../core/ports/link.js'
import type { ListenerLimits } from '../limits.js'
import type { Puback } from '../packets/inbound.js'
import { acknowledge, enqueue, hasRoom } from './downlink-queue.js'
import type { SentDownlink, Ticket } from './downlink-queue.js'
import { end } from './ending.js'
import { withDownlinks } from './session-state.js'
import type { Client, Connected, SessionEffect, SessionState, Step } from './session-state.js'

/** Fixed header, length of the topic, packet identifier, properties: at most. */
const publishOverheadBytes = 1 + 4 + 2 + 2 + 1

/** What `send` will answer; anything but `queued` changes nothing. */
export const sendOutcome = (
  state: SessionState,
  payload: Uint8Array,
  limits: ListenerLimits,
): SendOutcome => {
  if (state.phase !== 'connected' || state.grantedQos === undefined) return 'closed'
  const { downlinks, client } = state
  const packetBytes = publishOverheadBytes + client.topics.down.length + payload.length
  // [MQTT-3.1.2-24]: never a packet above what the client asked for.
  if (state.outputFull || packetBytes > downlinks.packetBytesMax) return 'full'
  if (state.grantedQos === 0) return 'queued'
  return hasRoom(downlinks, payload.length, limits) ? 'queued' : 'full'
}

export const onSend = (
  state: Connected,
  payload: Uint8Array,
  ticket: Ticket,
  at: number,
  limits: ListenerLimits,
): Step => {
  if (state.grantedQos === 0) return { state, effects: [publish(state.client, { payload })] }
  const { queue, sent } = enqueue(state.downlinks, payload, ticket, at)
  const effects = sent.map((one) => publish(state.client, one))
  if (state.downlinks.waiting.length === 0 && queue.waiting.length > 0) {
    effects.push({ do: 'arm', timer: 'unread', ms: limits.unreadMsMax })
  }
  return { state: withDownlinks(state, queue), effects }
}

export const onPuback = (state: Connected, packet: Puback, at: number): Step => {
  const { queue, sent, delivered } = acknowledge(state.downlinks, packet.packetId, at)
  const effects = sent.map((one) => publish(state.client, one))
  // From 0x80 on it says: not taken. Its place is free, but delivered it is not.
  if (delivered !== undefined && packet.reason < 0x80) {
    effects.push({ do: 'delivered', tell: delivered })
  }
  return { state: withDownlinks(state, queue), effects }
}

/** Something waits behind what the terminal does not acknowledge. */
export const onUnread = (state: Connected, at: number, limits: ListenerLimits): Step => {
  const { waiting, movedAt } = state.downlinks
  if (waiting.length === 0) return { state, effects: [] }
  const left = movedAt + limits.unreadMsMax - at
  if (left <= 0) return end(state, 'quota', limits, 'downlinks are not acknowledged')
  return { state, effects: [{ do: 'arm', timer: 'unread', ms: left }] }
}

const publish = (
  { topics, version }: Client,
  { packetId, payload }: Pick<SentDownlink, 'payload'> & Partial<SentDownlink>,
): SessionEffect => ({
  do: 'write',
  version,
  packet: {
    cmd: 'publish',
    topic: topics.down,
    payload: Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength),
    qos: packetId === undefined ? 0 : 1,
    dup: false,
    retain: false,
    ...(packetId === undefined ? {} : { messageId: packetId }),
  },
})
