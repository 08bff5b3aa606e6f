/**
 * Heartbeats: QoS 0 on the state topic, under the session's MAC, as often as Welcome said. With each goes
 * what was said for good and has no Receipt yet: a Receipt can be lost while the session lasts for weeks.
 */
import { bootOf } from '../chance.js'
import { maced } from '../uplink/authenticate.js'
import { aboutNothing, compose } from '../uplink/compose.js'
import { resendEvidence } from '../uplink/evidence.js'
import { nextToken } from '../uplink/outbox.js'
import type { Turn } from '../turn.js'

export const startHeartbeat = (turn: Turn): void => {
  const { open } = turn.state.session
  if (open !== undefined) turn.start('heartbeat', open.heartbeatMs)
}

export const onHeartbeatTimer = (turn: Turn): void => {
  const { nonce } = turn.state.session
  if (nonce === undefined || turn.state.session.open === undefined) return
  const uptimeMs = Math.max(0, Math.floor(turn.world.nowMs - bootOf(turn).atMs))
  const { batteryPercent } = turn.state
  const { body } = compose(
    turn,
    { kind: 'heartbeat', sessionNonce: nonce, uptimeMs, batteryPercent, will: false },
    aboutNothing,
  )
  const { open } = turn.state.session
  if (open === undefined) return
  turn.say({
    kind: 'publish',
    channel: 'state',
    qos: 0,
    payload: maced(turn, open, body),
    token: nextToken(turn),
    says: 'heartbeat',
    commandId: undefined,
  })
  resendEvidence(turn)
  startHeartbeat(turn)
}
