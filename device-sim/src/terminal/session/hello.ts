/**
 * Hello: the first uplink of every connection, and again whenever the gateway asks or no Welcome
 * comes. Each Hello has its own half of the key agreement, so one Welcome fits one Hello and no other.
 */
import { equalBytes, type HelloRequest } from '@tillgate/protocol'
import { draw } from '../chance.js'
import { shownSlots } from '../keys/slots.js'
import { signed } from '../uplink/authenticate.js'
import { aboutNothing, compose } from '../uplink/compose.js'
import { nextToken } from '../uplink/outbox.js'
import type { Turn } from '../turn.js'

const seedBytes = 32
/** Several uplinks of a session that the gateway lost bring several requests: one answer does. */
const helloAgainMs = 5_000

export const sayHello = (turn: Turn): void => {
  const { session, profile } = turn.state
  if (session.link !== 'up' || session.nonce === undefined) return
  const { primitives } = turn.world
  const agreement = primitives.agreementKey(draw(turn, 'agreement', seedBytes))
  const { cells } = turn.flash
  const { body } = compose(
    turn,
    {
      kind: 'hello',
      sessionNonce: session.nonce,
      firmware: profile.firmware,
      capabilities: profile.capabilities,
      assetEpoch: cells.epochs?.asset ?? 0,
      bindingEpoch: cells.epochs?.binding ?? 0,
      lastSeq: cells.sequence ?? 0,
      keySlots: shownSlots(turn.flash),
      keyShare: agreement.keyShare,
      signerListVersion: cells.signerList?.version ?? 0,
      model: profile.model,
      locked: cells.lock !== undefined,
    },
    aboutNothing,
  )
  const hello = { hash: primitives.sha256(body), agreement }
  const helloAtMs = turn.world.nowMs
  turn.set({ session: { ...turn.state.session, hello, helloAtMs, open: undefined } })
  turn.cancel('heartbeat')
  const payload = signed(turn, body)
  const token = nextToken(turn)
  const commandId = undefined
  turn.say({ kind: 'publish', channel: 'up', qos: 1, payload, token, says: 'hello', commandId })
  turn.start('welcome', profile.timings.welcomeMs)
}

/** Without a nonce: the gateway knows no session. With one: it means the connection of that nonce. */
export const onHelloRequest = (turn: Turn, request: HelloRequest): void => {
  const { nonce, helloAtMs } = turn.state.session
  const isMeant =
    request.sessionNonce === undefined ||
    (nonce !== undefined && equalBytes(request.sessionNonce, nonce))
  const saidJustNow = helloAtMs !== undefined && turn.world.nowMs - helloAtMs < helloAgainMs
  if (isMeant && !saidJustNow) sayHello(turn)
}
