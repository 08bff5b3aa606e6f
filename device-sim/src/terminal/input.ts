/**
 * Everything that can happen to a terminal, and what it is told about the world meanwhile. Chance
 * comes in once, with the boot; all that is drawn later follows from it, so a step is a pure function.
 */
import type { Primitives, PrivateKeyHandle } from '@tillgate/protocol'
import type { HostResponse, NoResponse } from '../host/messages.js'
import type { Identity } from '../flash/contents.js'

export interface World {
  readonly primitives: Primitives
  /** Monotonic within a boot; its origin means nothing. */
  readonly nowMs: number
  /** The terminal's own clock, which may be wrong. Never used where a command is judged. */
  readonly rtcMs: number
}

export type TimerName =
  | 'reconnect'
  | 'welcome'
  | 'heartbeat'
  | 'errand'
  | 'host-retry'
  | 'prepare'
  | 'lease'
  | 'erase'
  | 'self-test'

export type Input =
  /** Power comes on. `chance` is 32 unpredictable bytes; `identity` is undefined before enrolment. */
  | {
      readonly kind: 'boot'
      readonly chance: Uint8Array
      readonly identity: PrivateKeyHandle | undefined
    }
  | { readonly kind: 'timer'; readonly name: TimerName }
  /** CONNACK and SUBACK have come. */
  | { readonly kind: 'connected' }
  | { readonly kind: 'disconnected'; readonly reason: string }
  /** A PUBLISH on the terminal's `down` topic; `token` names it for its PUBACK. */
  | { readonly kind: 'packet'; readonly payload: Uint8Array; readonly token: number }
  /** PUBACK of what was published under this token. */
  | { readonly kind: 'acknowledged'; readonly token: number }
  | {
      readonly kind: 'host-answered'
      readonly requestId: number
      readonly answer: HostResponse | NoResponse
    }
  | { readonly kind: 'key-made'; readonly identity: Identity; readonly csr: Uint8Array }
  | { readonly kind: 'sale'; readonly saleId: number; readonly amountMinor: number }
  | { readonly kind: 'offline-sale'; readonly saleId: number; readonly amountMinor: number }
  /** The merchant closes the day: the batch is settled. */
  | { readonly kind: 'settlement' }
  /** The merchant presses *later* while a prepare runs. */
  | { readonly kind: 'postpone' }
  /** The menu's *unbind without a network*; given up again; the answer that a person carried. */
  | { readonly kind: 'unbind-offline' }
  | { readonly kind: 'cancel-offline' }
  | { readonly kind: 'read-answer'; readonly frames: readonly string[] }
  | { readonly kind: 'battery'; readonly percent: number }
  /** No room for a journal entry and its proof; a small reserve takes refusals. */
  | { readonly kind: 'flash'; readonly isFull: boolean }
