/**
 * The PUBLISHes of one session on their way to the handler: at most so many at a time, the others held
 * back in order; acknowledged strictly in arrival order ([MQTT-4.6.0-2]) and only once answered (I5).
 * Pure: every function gives a new window. QoS 0 takes a place too, or a flood of it would know no bound.
 */
import type { Channel, UplinkOutcome } from '../../../../core/ports/link.js'
import type { ListenerLimits } from '../limits.js'

export interface HeldUplink {
  readonly channel: Channel
  /** Undefined at QoS 0: nothing to acknowledge. */
  readonly packetId: number | undefined
  readonly payload: Uint8Array
}

interface InFlight {
  readonly number: number
  readonly packetId: number | undefined
  readonly outcome: UplinkOutcome | undefined
}

export interface UplinkWindow {
  readonly nextNumber: number
  readonly inFlight: readonly InFlight[]
  readonly held: readonly HeldUplink[]
  readonly heldBytes: number
}

export interface StartedUplink extends HeldUplink {
  readonly number: number
}

export interface Acknowledgement {
  readonly packetId: number
  readonly outcome: UplinkOutcome
}

export interface WindowStep {
  readonly window: UplinkWindow
  readonly started: readonly StartedUplink[]
  readonly acknowledged: readonly Acknowledgement[]
}

type Limits = Pick<ListenerLimits, 'uplinksInFlightMax' | 'heldBytesMax' | 'heldOverheadBytes'>

export const emptyWindow: UplinkWindow = { nextNumber: 1, inFlight: [], held: [], heldBytes: 0 }

export const isHoldFull = (window: UplinkWindow, limits: Limits): boolean =>
  window.heldBytes >= limits.heldBytesMax

const costOf = (uplink: HeldUplink, limits: Limits): number =>
  uplink.payload.length + limits.heldOverheadBytes

/** Field by field: a spread that sets fields anew costs V8 ten times as much. */
const moved = (
  { held, heldBytes }: UplinkWindow,
  nextNumber: number,
  inFlight: readonly InFlight[],
): UplinkWindow => ({ nextNumber, inFlight, held, heldBytes })

/** `hold`: nothing further is begun (drain). */
export const arrive = (
  window: UplinkWindow,
  uplink: HeldUplink,
  hold: boolean,
  limits: Limits,
): WindowStep => {
  const mustWait = hold || window.held.length > 0
  if (mustWait || window.inFlight.length >= limits.uplinksInFlightMax) {
    const held = [...window.held, uplink]
    const heldBytes = window.heldBytes + costOf(uplink, limits)
    return { window: { ...window, held, heldBytes }, started: [], acknowledged: [] }
  }
  const { nextNumber: number } = window
  const entry = { number, packetId: uplink.packetId, outcome: undefined }
  const inFlight = [...window.inFlight, entry]
  const { channel, packetId, payload } = uplink
  return {
    window: moved(window, number + 1, inFlight),
    started: [{ number, channel, packetId, payload }],
    acknowledged: [],
  }
}

/** An answer nobody waits for changes nothing. */
export const answer = (
  window: UplinkWindow,
  number: number,
  outcome: UplinkOutcome,
  hold: boolean,
  limits: Limits,
): WindowStep => {
  const answered = window.inFlight.map((one) =>
    one.number === number ? { number, packetId: one.packetId, outcome } : one,
  )
  const firstOpen = answered.findIndex((one) => one.outcome === undefined)
  const done = firstOpen === -1 ? answered : answered.slice(0, firstOpen)
  const acknowledged: Acknowledgement[] = []
  for (const { packetId, outcome: said } of done) {
    if (packetId !== undefined && said !== undefined) acknowledged.push({ packetId, outcome: said })
  }
  const rest = moved(window, window.nextNumber, answered.slice(done.length))
  return hold ? { window: rest, started: [], acknowledged } : refill(rest, acknowledged, limits)
}

const refill = (
  window: UplinkWindow,
  acknowledged: readonly Acknowledgement[],
  limits: Limits,
): WindowStep => {
  const free = Math.max(0, limits.uplinksInFlightMax - window.inFlight.length)
  const taken = window.held.slice(0, free)
  if (taken.length === 0) return { window, started: [], acknowledged }
  const started = taken.map((uplink, index) => ({ number: window.nextNumber + index, ...uplink }))
  const entries = started.map(({ number, packetId }) => ({ number, packetId, outcome: undefined }))
  const bytes = taken.reduce((sum, uplink) => sum + costOf(uplink, limits), 0)
  const next: UplinkWindow = {
    nextNumber: window.nextNumber + taken.length,
    inFlight: [...window.inFlight, ...entries],
    held: window.held.slice(taken.length),
    heldBytes: window.heldBytes - bytes,
  }
  return { window: next, started, acknowledged }
}
