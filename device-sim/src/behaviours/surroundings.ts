/**
 * What a terminal stands in: its line, its clock, its profile, as its behaviours change them. Done once,
 * before it is first switched on; the first behaviour of the list stands nearest to the world.
 */
import type { Clock } from '../system/system.js'
import type { Profile } from '../terminal/profile.js'
import type { Transport } from '../transport/transport.js'
import type { Behaviour } from './behaviour.js'

export interface Surroundings {
  readonly transport: Transport
  readonly clock: Clock
  readonly profile: Profile
}

export const surroundingsOf = (
  given: Surroundings,
  behaviours: readonly Behaviour[],
): Surroundings => {
  let { transport, clock, profile } = given
  for (const behaviour of behaviours) {
    transport = behaviour.transport?.(transport) ?? transport
    clock = behaviour.clock?.(clock) ?? clock
    profile = behaviour.profile?.(profile) ?? profile
  }
  return { transport, clock, profile }
}
