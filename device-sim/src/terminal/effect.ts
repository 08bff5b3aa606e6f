/**
 * What the machine wants done, as data, in order. Whoever executes them keeps that order, and does
 * not go on after a `sync` before it is true: that is the whole of the terminal's durability.
 */
import type { ErrorCode, UplinkKind } from '@tillgate/protocol'
import type { HostRequest } from '../host/messages.js'
import type { FlashChange } from '../flash/contents.js'
import type { TimerName } from './input.js'

/** What an observer is told; nothing depends on it. */
export type Note =
  | { readonly what: 'booted'; readonly resumesErasure: boolean }
  | { readonly what: 'welcomed'; readonly sessionId: Uint8Array }
  | {
      readonly what: 'sale'
      readonly saleId: number
      readonly outcome: 'approved' | 'declined' | 'unanswered' | 'not-possible'
      readonly reason: string
      readonly trace: number
      readonly amountMinor: number
    }
  | {
      readonly what: 'offline-sale'
      readonly saleId: number
      readonly outcome: 'stored' | 'not-possible'
      readonly reason: string
      readonly trace: number
      readonly amountMinor: number
    }
  | { readonly what: 'host'; readonly did: string; readonly code: string }
  | { readonly what: 'denied'; readonly code: ErrorCode }
  /** An unbind without a network: begun, given up before it was ready, or an answer that is none. */
  | {
      readonly what: 'offline'
      readonly is: 'preparing' | 'not-possible' | 'given-up' | 'not-an-answer'
      readonly reason: string
    }
  /** A signed envelope as the lines of text that the display shows, each as a QR (protocol §9a). */
  | {
      readonly what: 'frames'
      readonly of: 'offlineReady' | 'released' | 'refused' | 'proof'
      readonly frames: readonly string[]
    }
  | { readonly what: 'bound' | 'locked' | 'unlocked' }
  | {
      readonly what: 'preparing' | 'ready' | 'released' | 'refused' | 'erasing' | 'erased'
      readonly commandId: Uint8Array
      readonly detail: string
    }

export type Effect =
  | { readonly kind: 'write'; readonly changes: readonly FlashChange[] }
  | { readonly kind: 'sync' }
  | { readonly kind: 'scrub' }
  | { readonly kind: 'connect'; readonly will: Uint8Array }
  | { readonly kind: 'disconnect' }
  | {
      readonly kind: 'publish'
      readonly channel: 'up' | 'state'
      readonly qos: 0 | 1
      readonly payload: Uint8Array
      readonly token: number
      /** What is in it, for behaviours and observers. */
      readonly says: UplinkKind
      readonly commandId: Uint8Array | undefined
    }
  /** PUBACK of a packet: everything that it caused stands before it in the order. */
  | { readonly kind: 'puback'; readonly token: number }
  | { readonly kind: 'timer'; readonly name: TimerName; readonly afterMs: number }
  | { readonly kind: 'cancel'; readonly name: TimerName }
  | { readonly kind: 'host'; readonly requestId: number; readonly request: HostRequest }
  /** A new identity key, sealed under this key, and a CSR signed by it. */
  | { readonly kind: 'make-key' }
  | { readonly kind: 'show'; readonly text: string }
  | { readonly kind: 'note'; readonly note: Note }
  /** Off at once, with whatever was not synced, and on again after this time. */
  | { readonly kind: 'reboot'; readonly offMs: number }
  /** Only behaviours ask for this: nothing further happens for so long. */
  | { readonly kind: 'wait'; readonly ms: number }
