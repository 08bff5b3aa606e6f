/** What a PUBACK means for a lane: the attempt's time, kept in memory until a move writes it, and a line of the trail. */
import { uuidToText } from '@tillgate/protocol'

import type { Lane } from '../lanes/lane.js'
import type { Clock } from '../ports/system.js'
import type { Trail } from '../trail/trail.js'
import type { GreetedSession, Outgoing } from './lane-steps.js'

/** Remembers an attempt, and gives what writes down its PUBACK. */
const attemptNoted = (lane: Lane, out: Outgoing, clock: Clock): (() => void) | undefined => {
  if (out.kind !== 'command') return undefined
  const { type } = out
  const uuid = uuidToText(out.uuid)
  lane.attempts.set(uuid, { type, deliveredAtMs: null })
  return () => {
    if (lane.attempts.has(uuid)) lane.attempts.set(uuid, { type, deliveredAtMs: clock.now() })
  }
}

/** What is to be called at the PUBACK of what goes out now, if anything. */
export const deliveryOf = (
  { clock, trail }: { readonly clock: Clock; readonly trail: Trail },
  { greeting, sn }: GreetedSession,
  out: Outgoing,
): (() => void) | undefined => {
  const noted = attemptNoted(greeting.lane, out, clock)
  const delivery = trail.begin('delivered')
  if (delivery === undefined) return noted
  return () => {
    noted?.()
    delivery.end(out.uuid, sn, { message: out.kind, seq: out.seq })
  }
}
