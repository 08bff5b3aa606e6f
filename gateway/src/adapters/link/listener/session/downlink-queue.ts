/**
 * What goes down to one terminal: packet identifiers, at most so many unacknowledged at a time
 * (Receive Maximum, [MQTT5 4.9]), the rest waiting in order within a bound of count and bytes. Pure.
 * It keeps no payload once it is written: the listener holds no MQTT session, nothing is sent twice.
 */
import type { ListenerLimits } from '../limits.js'

/** Whom to tell of the PUBACK; carried along, never called here. */
export type Ticket = (() => void) | undefined

interface Waiting {
  readonly payload: Uint8Array
  readonly ticket: Ticket
}

interface Unacknowledged {
  readonly packetId: number
  readonly ticket: Ticket
}

export interface DownlinkQueue {
  readonly inFlightMax: number
  /** Of a whole packet, as the client asked for [MQTT-3.1.2-24]. */
  readonly packetBytesMax: number
  readonly nextPacketId: number
  readonly inFlight: readonly Unacknowledged[]
  readonly waiting: readonly Waiting[]
  readonly waitingBytes: number
  /** When something last left or was acknowledged. */
  readonly movedAt: number
}

export interface SentDownlink {
  readonly packetId: number
  readonly payload: Uint8Array
}

export interface QueueStep {
  readonly queue: DownlinkQueue
  readonly sent: readonly SentDownlink[]
  /** The acknowledged one's. */
  readonly delivered: Ticket
}

type Limits = Pick<ListenerLimits, 'downlinksQueuedMax' | 'downlinkBytesQueuedMax'>

const packetIdMax = 65_535

export const emptyQueue = (
  inFlightMax: number,
  packetBytesMax: number,
  movedAt: number,
): DownlinkQueue => ({
  inFlightMax,
  packetBytesMax,
  nextPacketId: 1,
  inFlight: [],
  waiting: [],
  waitingBytes: 0,
  movedAt,
})

export const hasRoom = (queue: DownlinkQueue, payloadBytes: number, limits: Limits): boolean =>
  queue.inFlight.length < queue.inFlightMax ||
  (queue.waiting.length < limits.downlinksQueuedMax &&
    queue.waitingBytes + payloadBytes <= limits.downlinkBytesQueuedMax)

/** Field by field: a spread that sets fields anew costs V8 ten times as much. */
const moved = (
  { inFlightMax, packetBytesMax, waiting, waitingBytes }: DownlinkQueue,
  inFlight: readonly Unacknowledged[],
  nextPacketId: number,
  movedAt: number,
): DownlinkQueue => ({
  inFlightMax,
  packetBytesMax,
  nextPacketId,
  inFlight,
  waiting,
  waitingBytes,
  movedAt,
})

/** Nothing may overtake what waits. */
export const enqueue = (
  queue: DownlinkQueue,
  payload: Uint8Array,
  ticket: Ticket,
  at: number,
): QueueStep => {
  if (queue.inFlight.length < queue.inFlightMax) {
    const { next, packetId } = take(queue, ticket, at)
    return { queue: next, sent: [{ packetId, payload }], delivered: undefined }
  }
  const movedAt = queue.waiting.length === 0 ? at : queue.movedAt
  const waiting = [...queue.waiting, { payload, ticket }]
  const waitingBytes = queue.waitingBytes + payload.length
  return { queue: { ...queue, waiting, waitingBytes, movedAt }, sent: [], delivered: undefined }
}

/** A PUBACK. One that answers nothing of ours is no reason to part. */
export const acknowledge = (queue: DownlinkQueue, packetId: number, at: number): QueueStep => {
  const found = queue.inFlight.find((one) => one.packetId === packetId)
  if (found === undefined) return { queue, sent: [], delivered: undefined }
  const inFlight = queue.inFlight.filter((one) => one !== found)
  let next = moved(queue, inFlight, queue.nextPacketId, at)
  const first = next.waiting[0]
  if (first === undefined) return { queue: next, sent: [], delivered: found.ticket }
  next = {
    ...next,
    waiting: next.waiting.slice(1),
    waitingBytes: next.waitingBytes - first.payload.length,
  }
  const taken = take(next, first.ticket, at)
  const sent = [{ packetId: taken.packetId, payload: first.payload }]
  return { queue: taken.next, sent, delivered: found.ticket }
}

/** After UNSUBSCRIBE nothing more is begun [MQTT-3.10.4-2]; what is out may still be acknowledged. */
export const dropWaiting = (queue: DownlinkQueue): DownlinkQueue => ({
  ...queue,
  waiting: [],
  waitingBytes: 0,
})

const take = (
  queue: DownlinkQueue,
  ticket: Ticket,
  at: number,
): { readonly next: DownlinkQueue; readonly packetId: number } => {
  let packetId = queue.nextPacketId
  while (queue.inFlight.some((one) => one.packetId === packetId)) packetId = following(packetId)
  const inFlight = [...queue.inFlight, { packetId, ticket }]
  return { next: moved(queue, inFlight, following(packetId), at), packetId }
}

const following = (packetId: number): number => (packetId === packetIdMax ? 1 : packetId + 1)
