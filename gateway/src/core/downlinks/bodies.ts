/** The downlink bodies that the gateway makes, encoded. Ids and times come in; nothing is signed here. */
import { encodeDownlink, type DownlinkMessage } from '@tillgate/protocol'

import type { Ids } from '../ports/system.js'
import type { CommandRow } from '../records/tables.js'

export interface Addressee {
  readonly sn: string
  readonly ids: Ids
}

const body = ({ sn, ids }: Addressee, message: DownlinkMessage): Uint8Array =>
  encodeDownlink({ sn, messageId: ids.next(), message })

export interface Attempt {
  readonly seq: number
  readonly issuedAtMs: number
  readonly sessionNonce: Uint8Array
  readonly assetEpoch: number
  readonly bindingEpoch: number
}

export const commandBody = (
  to: Addressee,
  command: Pick<CommandRow, 'uuid' | 'type' | 'notAfterMs' | 'approvalHash' | 'payload'>,
  attempt: Attempt,
): Uint8Array =>
  body(to, {
    kind: 'command',
    commandId: command.uuid,
    type: command.type,
    assetEpoch: attempt.assetEpoch,
    bindingEpoch: attempt.bindingEpoch,
    seq: attempt.seq,
    issuedAtMs: attempt.issuedAtMs,
    notAfterMs: command.notAfterMs,
    sessionNonce: attempt.sessionNonce,
    approvalHash: command.approvalHash ?? undefined,
    payload: command.payload,
  })

export const proceedBody = (
  to: Addressee,
  command: {
    readonly uuid: Uint8Array
    readonly readyNonce: Uint8Array
    readonly bodyHash: Uint8Array
  },
  seq: number,
): Uint8Array =>
  body(to, {
    kind: 'proceed',
    commandId: command.uuid,
    seq,
    readyNonce: command.readyNonce,
    commandHash: command.bodyHash,
  })

export const abortBody = (to: Addressee, command: CommandRow, seq: number): Uint8Array =>
  body(to, {
    kind: 'abort',
    commandId: command.uuid,
    seq,
    readyNonce: command.readyNonce ?? undefined,
  })

export const queryBody = (to: Addressee, command: CommandRow, seq: number): Uint8Array =>
  body(to, { kind: 'query', commandId: command.uuid, seq })

export const helloRequestBody = (to: Addressee): Uint8Array =>
  body(to, { kind: 'helloRequest', sessionNonce: undefined })

export const receiptBody = (
  to: Addressee,
  uplink: { readonly messageId: Uint8Array; readonly hash: Uint8Array },
): Uint8Array => body(to, { kind: 'receipt', messageId: uplink.messageId, hash: uplink.hash })

export interface WelcomeFields {
  readonly sessionNonce: Uint8Array
  readonly helloHash: Uint8Array
  readonly sessionId: Uint8Array
  readonly timeMs: number
  readonly keyShare: Uint8Array
  readonly signerListVersion: number
  readonly heartbeatS: number
  readonly lastUplinkSeq: number
}

export const welcomeBody = (to: Addressee, fields: WelcomeFields): Uint8Array =>
  body(to, { kind: 'welcome', ...fields })

export const renewCertificateBody = (
  to: Addressee,
  fields: {
    readonly reason: string
    /** Undefined where it asks for a RenewRequest. */
    readonly certificate: Uint8Array | undefined
    readonly chain: Uint8Array | undefined
  },
): Uint8Array => body(to, { kind: 'renewCertificate', ...fields })
