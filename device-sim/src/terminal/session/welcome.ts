/**
 * Welcome: the gateway's half of the session. It sets the only time that a command is judged by, and
 * derives the MAC key; then everything unfinished goes out under the new session. Its signature was
 * checked before; here it must fit the latest Hello, so an older one's Welcome changes nothing.
 */
import { equalBytes, sessionKey, type Welcome } from '@tillgate/protocol'
import { forgetFormer } from '../renew/renew.js'
import { deny } from '../uplink/alarm.js'
import { raiseUplinkSeq } from '../uplink/compose.js'
import { resendEvidence } from '../uplink/evidence.js'
import { resendOutbox } from '../uplink/outbox.js'
import type { Turn } from '../turn.js'
import { startHeartbeat } from './heartbeat.js'

export const onWelcome = (turn: Turn, welcome: Welcome, bodyHash: Uint8Array): void => {
  const { session, sn } = turn.state
  const { nonce, hello } = session
  if (
    nonce === undefined ||
    hello === undefined ||
    !equalBytes(welcome.sessionNonce, nonce) ||
    !equalBytes(welcome.helloHash, hello.hash)
  ) {
    return deny(turn, { code: 'BAD_NONCE', detail: 'a Welcome to another Hello', bodyHash })
  }
  const agreed = hello.agreement.agree(welcome.keyShare)
  if (agreed === undefined) {
    return deny(turn, { code: 'MALFORMED', detail: 'key share not on the curve', bodyHash })
  }
  const { sessionId, helloHash } = welcome
  const key = sessionKey(turn.world.primitives, {
    agreed,
    sn,
    sessionNonce: nonce,
    sessionId,
    helloHash,
  })
  const heartbeatMs = welcome.heartbeatS * 1_000
  turn.set({
    clock: { timeMs: welcome.timeMs, setAtMs: turn.world.nowMs },
    session: {
      ...session,
      hello: undefined,
      open: { id: sessionId, key, counter: 0, heartbeatMs },
    },
  })
  turn.cancel('welcome')
  turn.write(forgetFormer(turn.flash))
  raiseUplinkSeq(turn, welcome.lastUplinkSeq)
  turn.note({ what: 'welcomed', sessionId })
  resendOutbox(turn)
  resendEvidence(turn)
  startHeartbeat(turn)
}
