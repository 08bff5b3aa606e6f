// Uplink: what every body that goes up has in common, and the choice of its message.
// Encoding refuses (by an exception: a bug) exactly what parsing would refuse.
// README.md §1.
import { tillgate } from '#generated'
import { FieldReader } from '../codec/fields.js'
import { decodeWith, encodeWith, protocolVersion } from '../codec/bodies.js'
import { wireLimits } from '../limits.js'
import type { Parsed } from '../parsed.js'
import { isSerialNumber } from '../topics.js'
import { readHello, writeHello, type Hello } from './hello.js'
import { readHeartbeat, writeHeartbeat, type Heartbeat } from './heartbeat.js'
import { readAccepted, writeAccepted, type Accepted } from './accepted.js'
import { readProgress, writeProgress, type Progress } from './progress.js'
import { readReady, writeReady, type Ready } from './ready.js'
import { readOfflineReady, writeOfflineReady, type OfflineReady } from './offline-ready.js'
import { readReleased, writeReleased, type Released } from './released.js'
import { readRefused, writeRefused, type Refused } from './refused.js'
import { readResult, writeResult, type Result } from './result.js'
import { readProof, writeProof, type Proof } from './proof.js'
import { readStatus, writeStatus, type Status } from './status.js'
import { readAlarm, writeAlarm, type Alarm } from './alarm.js'
import { readRenewRequest, writeRenewRequest, type RenewRequest } from './renew-request.js'
import { orEmpty } from './optional.js'

export type UplinkMessage =
  | Hello
  | Heartbeat
  | Accepted
  | Progress
  | Ready
  | Released
  | Refused
  | Result
  | Proof
  | Status
  | Alarm
  | RenewRequest
  | OfflineReady

export type UplinkKind = UplinkMessage['kind']

/** In the order of the schema's field numbers. */
export const uplinkKinds: readonly UplinkKind[] = [
  'hello',
  'heartbeat',
  'accepted',
  'progress',
  'ready',
  'released',
  'refused',
  'result',
  'proof',
  'status',
  'alarm',
  'renewRequest',
  'offlineReady',
]

export interface Uplink<M extends UplinkMessage = UplinkMessage> {
  readonly sn: string
  readonly messageId: Uint8Array
  readonly bootId: Uint8Array
  /** Strictly rising over the terminal's life. */
  readonly uplinkSeq: number
  /** Where the message is about a command. */
  readonly commandId: Uint8Array | undefined
  /** SHA-256 of the Command body that it executes. */
  readonly downlinkHash: Uint8Array | undefined
  readonly message: M
}

type Shape = tillgate.v1.Uplink.$Properties

const readMessage = (from: Shape, fields: FieldReader): UplinkMessage | undefined => {
  if (from.hello) return readHello(from.hello, fields.within('hello'))
  if (from.heartbeat) return readHeartbeat(from.heartbeat, fields.within('heartbeat'))
  if (from.accepted) return readAccepted()
  if (from.progress) return readProgress(from.progress, fields.within('progress'))
  if (from.ready) return readReady(from.ready, fields.within('ready'))
  if (from.released) return readReleased(from.released, fields.within('released'))
  if (from.refused) return readRefused(from.refused, fields.within('refused'))
  if (from.result) return readResult(from.result, fields.within('result'))
  if (from.proof) return readProof(from.proof, fields.within('proof'))
  if (from.status) return readStatus(from.status, fields.within('status'))
  if (from.alarm) return readAlarm(from.alarm, fields.within('alarm'))
  if (from.renewRequest) return readRenewRequest(from.renewRequest, fields.within('renewRequest'))
  if (from.offlineReady) return readOfflineReady(from.offlineReady, fields.within('offlineReady'))
  return undefined
}

const writeMessage = (message: UplinkMessage): Shape => {
  switch (message.kind) {
    case 'hello':
      return { hello: writeHello(message) }
    case 'heartbeat':
      return { heartbeat: writeHeartbeat(message) }
    case 'accepted':
      return { accepted: writeAccepted() }
    case 'progress':
      return { progress: writeProgress(message) }
    case 'ready':
      return { ready: writeReady(message) }
    case 'released':
      return { released: writeReleased(message) }
    case 'refused':
      return { refused: writeRefused(message) }
    case 'result':
      return { result: writeResult(message) }
    case 'proof':
      return { proof: writeProof(message) }
    case 'status':
      return { status: writeStatus(message) }
    case 'alarm':
      return { alarm: writeAlarm(message) }
    case 'renewRequest':
      return { renewRequest: writeRenewRequest(message) }
    case 'offlineReady':
      return { offlineReady: writeOfflineReady(message) }
    default:
      return message satisfies never
  }
}

/** What an uplink must name beside its message: the command, and the body that it executes. */
const commandFields = (message: UplinkMessage): { commandId: Presence; downlinkHash: Presence } => {
  switch (message.kind) {
    case 'accepted':
    case 'progress':
    case 'ready':
    case 'refused':
    case 'result':
    case 'proof':
      return { commandId: 'required', downlinkHash: 'required' }
    // Of an offline unbind there is a nonce before there is a command.
    case 'released':
      return {
        commandId: message.readyNonce === undefined ? 'required' : 'optional',
        downlinkHash: 'optional',
      }
    // A terminal that never saw the command has no body to name.
    case 'status':
      return { commandId: 'required', downlinkHash: 'optional' }
    case 'alarm':
      return { commandId: 'optional', downlinkHash: 'optional' }
    case 'hello':
    case 'heartbeat':
    case 'renewRequest':
    case 'offlineReady':
      return { commandId: 'absent', downlinkHash: 'absent' }
    default:
      return message satisfies never
  }
}

type Presence = 'required' | 'optional' | 'absent'

const checkPresence = (
  fields: FieldReader,
  { field, value, presence }: { field: string; value: unknown; presence: Presence },
): void => {
  if (presence === 'required' && value === undefined) fields.refuse(field, 'must not be empty')
  if (presence === 'absent' && value !== undefined) fields.refuse(field, 'must be empty')
}

const read = (from: Shape): Parsed<Uplink> => {
  const fields = new FieldReader()
  if (from.version !== protocolVersion) {
    fields.refuse('version', 'must be 1', 'UNSUPPORTED_VERSION')
  }
  const message = readMessage(from, fields)
  if (message === undefined) {
    fields.refuse('message', 'must be one of the known messages', 'UNKNOWN_MESSAGE')
  }
  const sn = from.sn ?? ''
  if (!isSerialNumber(sn)) fields.refuse('sn', 'must be a serial number')
  const commandId = fields.bytesOrNone('commandId', from.commandId, wireLimits.idBytes)
  const downlinkHash = fields.bytesOrNone('downlinkHash', from.downlinkHash, wireLimits.hashBytes)
  if (message !== undefined) {
    const needs = commandFields(message)
    checkPresence(fields, { field: 'commandId', value: commandId, presence: needs.commandId })
    checkPresence(fields, {
      field: 'downlinkHash',
      value: downlinkHash,
      presence: needs.downlinkHash,
    })
  }
  return fields.outcome({
    sn,
    messageId: fields.bytes('messageId', from.messageId, wireLimits.idBytes),
    bootId: fields.bytes('bootId', from.bootId, wireLimits.idBytes),
    uplinkSeq: fields.uint('uplinkSeq', from.uplinkSeq, 1, wireLimits.sequenceMax),
    commandId,
    downlinkHash,
    message: message as UplinkMessage,
  })
}

export const parseUplink = (body: Uint8Array): Parsed<Uplink> =>
  decodeWith(body, tillgate.v1.Uplink, read)

export const encodeUplink = (uplink: Uplink): Uint8Array =>
  encodeWith(tillgate.v1.Uplink, read, {
    version: protocolVersion,
    sn: uplink.sn,
    messageId: uplink.messageId,
    bootId: uplink.bootId,
    uplinkSeq: uplink.uplinkSeq,
    commandId: orEmpty(uplink.commandId),
    downlinkHash: orEmpty(uplink.downlinkHash),
    ...writeMessage(uplink.message),
  })
