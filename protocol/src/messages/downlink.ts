// Downlink: what every body that goes down has in common, and the choice of its message.
// Encoding refuses (by an exception: a bug) exactly what parsing would refuse.
// README.md §1.
import { tillgate } from '#generated'
import { FieldReader } from '../codec/fields.js'
import { decodeWith, encodeWith, protocolVersion } from '../codec/bodies.js'
import { wireLimits } from '../limits.js'
import type { Parsed } from '../parsed.js'
import { fleetSn, isSerialNumber } from '../topics.js'
import { readWelcome, writeWelcome, type Welcome } from './welcome.js'
import { readCommand, writeCommand, type Command } from './command.js'
import { readProceed, writeProceed, type Proceed } from './proceed.js'
import { readAbort, writeAbort, type Abort } from './abort.js'
import { readQuery, writeQuery, type Query } from './query.js'
import { readHelloRequest, writeHelloRequest, type HelloRequest } from './hello-request.js'
import { readReceipt, writeReceipt, type Receipt } from './receipt.js'
import { readSignerList, writeSignerList, type SignerList } from './signer-list.js'
import {
  readRenewCertificate,
  writeRenewCertificate,
  type RenewCertificate,
} from './renew-certificate.js'

export type DownlinkMessage =
  | Welcome
  | Command
  | Proceed
  | Abort
  | Query
  | HelloRequest
  | Receipt
  | SignerList
  | RenewCertificate

export type DownlinkKind = DownlinkMessage['kind']

/** In the order of the schema's field numbers. */
export const downlinkKinds: readonly DownlinkKind[] = [
  'welcome',
  'command',
  'proceed',
  'abort',
  'query',
  'helloRequest',
  'receipt',
  'signerList',
  'renewCertificate',
]

export interface Downlink<M extends DownlinkMessage = DownlinkMessage> {
  /** The addressee; `*` for a SignerList, which is the same for all. */
  readonly sn: string
  readonly messageId: Uint8Array
  readonly message: M
}

type Shape = tillgate.v1.Downlink.$Properties

const readMessage = (from: Shape, fields: FieldReader): DownlinkMessage | undefined => {
  if (from.welcome) return readWelcome(from.welcome, fields.within('welcome'))
  if (from.command) return readCommand(from.command, fields.within('command'))
  if (from.proceed) return readProceed(from.proceed, fields.within('proceed'))
  if (from.abort) return readAbort(from.abort, fields.within('abort'))
  if (from.query) return readQuery(from.query, fields.within('query'))
  if (from.helloRequest) return readHelloRequest(from.helloRequest, fields.within('helloRequest'))
  if (from.receipt) return readReceipt(from.receipt, fields.within('receipt'))
  if (from.signerList) return readSignerList(from.signerList, fields.within('signerList'))
  if (from.renewCertificate)
    return readRenewCertificate(from.renewCertificate, fields.within('renewCertificate'))
  return undefined
}

const writeMessage = (message: DownlinkMessage): Shape => {
  switch (message.kind) {
    case 'welcome':
      return { welcome: writeWelcome(message) }
    case 'command':
      return { command: writeCommand(message) }
    case 'proceed':
      return { proceed: writeProceed(message) }
    case 'abort':
      return { abort: writeAbort(message) }
    case 'query':
      return { query: writeQuery(message) }
    case 'helloRequest':
      return { helloRequest: writeHelloRequest(message) }
    case 'receipt':
      return { receipt: writeReceipt(message) }
    case 'signerList':
      return { signerList: writeSignerList(message) }
    case 'renewCertificate':
      return { renewCertificate: writeRenewCertificate(message) }
    default:
      return message satisfies never
  }
}

const read = (from: Shape): Parsed<Downlink> => {
  const fields = new FieldReader()
  if (from.version !== protocolVersion) {
    fields.refuse('version', 'must be 1', 'UNSUPPORTED_VERSION')
  }
  const message = readMessage(from, fields)
  if (message === undefined) {
    fields.refuse('message', 'must be one of the known messages', 'UNKNOWN_MESSAGE')
  }
  const sn = from.sn ?? ''
  if (message?.kind === 'signerList' ? sn !== fleetSn : !isSerialNumber(sn)) {
    fields.refuse('sn', 'must be a serial number, or * for a SignerList')
  }
  const messageId = fields.bytes('messageId', from.messageId, wireLimits.idBytes)
  return fields.outcome({ sn, messageId, message: message as DownlinkMessage })
}

export const parseDownlink = (body: Uint8Array): Parsed<Downlink> =>
  decodeWith(body, tillgate.v1.Downlink, read)

export const encodeDownlink = (downlink: Downlink): Uint8Array =>
  encodeWith(tillgate.v1.Downlink, read, {
    version: protocolVersion,
    sn: downlink.sn,
    messageId: downlink.messageId,
    ...writeMessage(downlink.message),
  })
