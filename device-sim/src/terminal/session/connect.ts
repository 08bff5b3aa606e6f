/**
 * From no link to a link: the session nonce is drawn first, because the will carries it. A lost link
 * is tried again after a delay that doubles, with jitter, so that a fleet does not come back as one.
 */
import { draw, jittered } from '../chance.js'
import { fallBack } from '../renew/renew.js'
import { aboutNothing, compose } from '../uplink/compose.js'
import { signed } from '../uplink/authenticate.js'
import { offSession } from '../state.js'
import type { Turn } from '../turn.js'
import { sayHello } from './hello.js'

const nonceBytes = 16

export const connect = (turn: Turn): void => {
  if (turn.state.identity === undefined) return turn.show('not enrolled')
  if (turn.state.session.link !== 'off') return
  const sessionNonce = draw(turn, 'session', nonceBytes)
  const { failedConnects } = turn.state.session
  turn.set({ session: { ...offSession, link: 'connecting', nonce: sessionNonce, failedConnects } })
  const { body } = compose(
    turn,
    {
      kind: 'heartbeat',
      sessionNonce,
      uptimeMs: 0,
      batteryPercent: turn.state.batteryPercent,
      will: true,
    },
    aboutNothing,
  )
  turn.say({ kind: 'connect', will: signed(turn, body) })
}

export const onConnected = (turn: Turn): void => {
  const { session } = turn.state
  if (session.link !== 'connecting') return
  turn.set({ session: { ...session, link: 'up', upSinceMs: turn.world.nowMs } })
  sayHello(turn)
}

export const onDisconnected = (turn: Turn): void => {
  const { session, profile } = turn.state
  if (session.link === 'off') return
  const { delayMsMin, delayMsMax, jitter, stableMs } = profile.reconnect
  const wasStable = session.link === 'up' && turn.world.nowMs - session.upSinceMs >= stableMs
  const failedConnects = wasStable ? 0 : session.failedConnects
  const delayMs = Math.min(delayMsMax, delayMsMin * 2 ** Math.min(failedConnects, 32))
  turn.set({ session: { ...offSession, failedConnects: failedConnects + 1 } })
  turn.cancel('welcome')
  turn.cancel('heartbeat')
  if (fallBack(turn)) return
  turn.start('reconnect', jittered(turn, delayMs, jitter))
}
