/**
 * Signature or MAC. Evidence is always a signature by the identity key; the rest goes under the open
 * session's MAC, with a counter that never repeats in it.
 */
import { macBody, signBody } from '@tillgate/protocol'
import type { OpenSession } from '../state.js'
import type { Turn } from '../turn.js'

export const signed = (turn: Turn, body: Uint8Array): Uint8Array => {
  const { identity } = turn.state
  if (identity === undefined) throw new Error('terminal: it has no identity key yet')
  return signBody(turn.world.primitives, identity, 'device', body)
}

export const maced = (turn: Turn, open: OpenSession, body: Uint8Array): Uint8Array => {
  const counter = open.counter + 1
  turn.set({ session: { ...turn.state.session, open: { ...open, counter } } })
  return macBody(turn.world.primitives, open.key, open.id, counter, body)
}
