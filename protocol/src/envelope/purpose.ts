// Which key signs what, and what must be signed at all. One key per purpose; the purpose stands in
// the signed bytes, so that a signature made for one purpose is worthless for another.
// README.md §4.
import { ascii } from '../bytes.js'
import { isDestructive } from '../commands/command-types.js'
import type { DownlinkMessage } from '../messages/downlink.js'
import type { UplinkKind, UplinkMessage } from '../messages/uplink.js'

/** `signers`: the offline root over a SignerList. `device`: a terminal's identity key. */
export type Purpose = 'ordinary' | 'destructive' | 'receipt' | 'checkpoint' | 'signers' | 'device'

/** Purposes that a SignerList can give to a key, with their wire numbers. */
export const signerPurposeNumbers = {
  ordinary: 1,
  destructive: 2,
  receipt: 3,
  checkpoint: 4,
} as const

export type SignerPurpose = keyof typeof signerPurposeNumbers

export const purposeLabels: Readonly<Record<Purpose, Uint8Array>> = {
  ordinary: ascii('tillgate/1/ordinary\0'),
  destructive: ascii('tillgate/1/destructive\0'),
  receipt: ascii('tillgate/1/receipt\0'),
  checkpoint: ascii('tillgate/1/checkpoint\0'),
  signers: ascii('tillgate/1/signers\0'),
  device: ascii('tillgate/1/device\0'),
}

export const purposeOfDownlink = (message: DownlinkMessage): Purpose => {
  switch (message.kind) {
    case 'command':
      return isDestructive(message.type) ? 'destructive' : 'ordinary'
    case 'proceed':
      return 'destructive'
    case 'receipt':
      return 'receipt'
    case 'signerList':
      return 'signers'
    case 'welcome':
    case 'abort':
    case 'query':
    case 'helloRequest':
    case 'renewCertificate':
      return 'ordinary'
    default:
      return message satisfies never
  }
}

/**
 * Evidence is always a signature; the rest may go under the session's MAC. A will is signed as
 * well: it is written before CONNECT, when no session and so no MAC key is there.
 */
export const needsSignature = (message: UplinkMessage, destructive: boolean): boolean => {
  switch (message.kind) {
    case 'hello':
    case 'ready':
    case 'released':
    case 'proof':
    case 'status':
    case 'alarm':
    case 'renewRequest':
    case 'offlineReady':
      return true
    case 'refused':
    case 'result':
      return destructive
    case 'heartbeat':
      return message.will
    case 'accepted':
    case 'progress':
      return false
    default:
      return message satisfies never
  }
}

/** What a terminal keeps until its Receipt; every other uplink ends with its PUBACK. */
export const wantsReceipt = (kind: UplinkKind, destructive: boolean): boolean => {
  switch (kind) {
    case 'ready':
    case 'released':
    case 'proof':
    case 'alarm':
      return true
    case 'refused':
    case 'result':
      return destructive
    case 'hello':
    case 'heartbeat':
    case 'accepted':
    case 'progress':
    case 'status':
    case 'renewRequest':
      return false
    // It dies with its lease, and nobody hears it but who reads it off the display.
    case 'offlineReady':
      return false
    default:
      return kind satisfies never
  }
}

/**
 * Of these only a newer uplink sequence counts; what ends or decides something counts whenever it
 * comes, once. A will is outside this rule: it ends the session of its nonce, whatever its sequence.
 */
export const countsOnlyWhenNewer = (kind: UplinkKind): boolean =>
  kind === 'heartbeat' || kind === 'accepted' || kind === 'progress'
