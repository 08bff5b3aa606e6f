/**
 * The hops of a command, in the order of an unbind. The few that matter to whoever runs a fleet are
 * written at `info`: what was asked, and how it ended. A hop without a role is a moment, not a span.
 */
import type { Span } from '../ports/trace.js'

export interface Hop {
  readonly level: 'debug' | 'info'
  readonly says: string
  readonly role?: Span['role']
}

export type HopName =
  | 'order'
  | 'cancel'
  | 'claim'
  | 'sign'
  | 'send'
  | 'delivered'
  | 'uplink'
  | 'host-call'
  | 'proceed'
  | 'ended'

export const hops: Readonly<Record<HopName, Hop>> = {
  order: { level: 'info', says: 'command ordered', role: 'asked' },
  cancel: { level: 'info', says: 'cancel ordered', role: 'asked' },
  claim: { level: 'debug', says: 'command claimed', role: 'works' },
  sign: { level: 'debug', says: 'message signed', role: 'works' },
  send: { level: 'debug', says: 'message sent', role: 'sends' },
  delivered: { level: 'debug', says: 'message delivered' },
  uplink: { level: 'debug', says: 'uplink taken', role: 'takes' },
  'host-call': { level: 'debug', says: 'host called', role: 'asks' },
  proceed: { level: 'debug', says: 'proceed committed', role: 'works' },
  ended: { level: 'info', says: 'command ended' },
}
