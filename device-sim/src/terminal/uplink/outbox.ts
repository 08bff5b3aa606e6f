/**
 * Uplinks that end with their PUBACK. They wait in memory: what must survive a power loss is evidence
 * (`evidence.ts`) or stands in the journal, where Query finds it. A MAC is worth nothing in another
 * session, so what is still unacknowledged gets a new one under the next.
 */
import { equalBytes, needsSignature, type UplinkMessage } from '@tillgate/protocol'
import { terminalLimits } from '../limits.js'
import type { Waiting } from '../state.js'
import type { Turn } from '../turn.js'
import { maced, signed } from './authenticate.js'
import { compose, type About } from './compose.js'

export const nextToken = (turn: Turn): number => {
  const lastToken = turn.state.lastToken + 1
  turn.set({ lastToken })
  return lastToken
}

const publish = (turn: Turn, waiting: Waiting, payload: Uint8Array): void => {
  const { token, says, commandId } = waiting
  turn.say({ kind: 'publish', channel: 'up', qos: 1, payload, token, says, commandId })
}

const put = (turn: Turn, waiting: Waiting): void => {
  const kept = turn.state.outbox.slice(-(terminalLimits.outboxMax - 1))
  turn.set({ outbox: [...kept, waiting] })
}

/** An older one of these says nothing beside a newer one. */
const withoutOutdated = (
  outbox: readonly Waiting[],
  says: string,
  commandId: Uint8Array | undefined,
): readonly Waiting[] => {
  if (commandId === undefined) return outbox
  const isOutdated = (one: Waiting): boolean =>
    (one.says === 'progress' || (one.says === 'accepted' && says === 'result')) &&
    one.commandId !== undefined &&
    equalBytes(one.commandId, commandId)
  return outbox.filter((one) => !isOutdated(one))
}

/** Sends now where the session allows it, else when the next one opens. */
export const send = (turn: Turn, message: UplinkMessage, about: About): void => {
  const { body } = compose(turn, message, about)
  const token = nextToken(turn)
  turn.set({ outbox: withoutOutdated(turn.state.outbox, message.kind, about.commandId) })
  const waiting: Waiting = {
    token,
    says: message.kind,
    commandId: about.commandId,
    body,
    signed: needsSignature(message, false) ? signed(turn, body) : undefined,
  }
  put(turn, waiting)
  transmit(turn, waiting)
}

const transmit = (turn: Turn, waiting: Waiting): void => {
  const { open } = turn.state.session
  // Nothing but Hello goes out before the Welcome.
  if (open === undefined) return
  publish(turn, waiting, waiting.signed ?? maced(turn, open, waiting.body))
}

/** The session is open: everything that waits goes out under it. */
export const resendOutbox = (turn: Turn): void => {
  for (const waiting of turn.state.outbox) transmit(turn, waiting)
}

export const onAcknowledged = (turn: Turn, token: number): void => {
  const outbox = turn.state.outbox.filter((waiting) => waiting.token !== token)
  if (outbox.length !== turn.state.outbox.length) turn.set({ outbox })
}
