/**
 * What the listener says on the wire when it says no: MQTT 5 reason codes (§2.4), MQTT 3.1.1 return
 * codes (§3.2.2.3), and which of them a reason of ours becomes.
 */
import type { ErrorCode } from '@tillgate/protocol'
import type { CloseReason } from '../../../core/ports/link.js'

/** MQTT 5 §2.4. */
export const reasons = {
  success: 0x00,
  disconnectWithWill: 0x04,
  noSubscriptionExisted: 0x11,
  unspecified: 0x80,
  malformedPacket: 0x81,
  protocolError: 0x82,
  implementationSpecific: 0x83,
  unsupportedProtocolVersion: 0x84,
  clientIdentifierNotValid: 0x85,
  notAuthorized: 0x87,
  serverUnavailable: 0x88,
  serverBusy: 0x89,
  serverShuttingDown: 0x8b,
  badAuthenticationMethod: 0x8c,
  keepAliveTimeout: 0x8d,
  sessionTakenOver: 0x8e,
  topicNameInvalid: 0x90,
  topicAliasInvalid: 0x94,
  packetTooLarge: 0x95,
  quotaExceeded: 0x97,
  payloadFormatInvalid: 0x99,
  retainNotSupported: 0x9a,
  qosNotSupported: 0x9b,
  useAnotherServer: 0x9c,
  sharedSubscriptionsNotSupported: 0x9e,
  connectionRateExceeded: 0x9f,
  subscriptionIdentifiersNotSupported: 0xa1,
  wildcardSubscriptionsNotSupported: 0xa2,
} as const

/** MQTT 3.1.1 table 3.1. */
export const returnCodes = {
  accepted: 0,
  unacceptableProtocolVersion: 1,
  identifierRejected: 2,
  serverUnavailable: 3,
  notAuthorized: 5,
} as const

/** MQTT 3.1.1 table 3.9: the only way to refuse a subscription. */
export const subscribeFailure = 0x80

/** DISCONNECT of MQTT 5 (table 3.13); undefined where the peer has gone and nothing is said. */
const disconnectReasons: Readonly<Record<CloseReason, number | undefined>> = {
  replaced: reasons.sessionTakenOver,
  revoked: reasons.notAuthorized,
  'keep-alive': reasons.keepAliveTimeout,
  'protocol-error': reasons.protocolError,
  'packet-too-large': reasons.packetTooLarge,
  'not-authorized': reasons.notAuthorized,
  quota: reasons.quotaExceeded,
  // 0x9C is for now, 0x9D for ever: a drained node comes back.
  'server-moved': reasons.useAnotherServer,
  'server-stopping': reasons.serverShuttingDown,
  // 0x88 stands in CONNACK only.
  'records-unavailable': reasons.serverBusy,
  peer: undefined,
  disconnected: undefined,
}

export const disconnectReason = (reason: CloseReason): number | undefined =>
  disconnectReasons[reason]

/** The return code of 3.1.1 that says most nearly the same in a CONNACK. */
export const returnCodeOf = (reason: number): number => {
  switch (reason) {
    case reasons.unsupportedProtocolVersion:
      return returnCodes.unacceptableProtocolVersion
    case reasons.clientIdentifierNotValid:
      return returnCodes.identifierRejected
    case reasons.serverUnavailable:
    case reasons.serverBusy:
    case reasons.connectionRateExceeded:
      return returnCodes.serverUnavailable
    default:
      return returnCodes.notAuthorized
  }
}

const badClientId: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['CONNECT_REFUSED', 'WRONG_TARGET'])
const notNow: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'RECORDS_UNAVAILABLE',
  'DRAINING',
  'INTERNAL',
])

/** CONNACK of MQTT 5 (table 3.1) for what the handler refuses. */
export const connackReason = (code: ErrorCode): number => {
  if (badClientId.has(code)) return reasons.clientIdentifierNotValid
  if (notNow.has(code)) return reasons.serverUnavailable
  return code === 'RATE_LIMITED' ? reasons.connectionRateExceeded : reasons.notAuthorized
}

const unreadable: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'MALFORMED',
  'TOO_LARGE',
  'UNSUPPORTED_VERSION',
  'UNKNOWN_MESSAGE',
])
const unproven: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'BAD_MAC',
  'BAD_SIGNATURE',
  'NOT_SIGNED',
  'STALE_COUNTER',
  'WRONG_TARGET',
  'FOREIGN_COMMAND',
  'UNKNOWN_SIGNER',
  'SIGNER_NOT_ALLOWED',
  'REVOKED_KEY_USED',
  'UNKNOWN_SESSION',
  'TOPIC_FORBIDDEN',
  'CERTIFICATE_UNKNOWN',
  'CERTIFICATE_REVOKED',
  'CERTIFICATE_EXPIRED',
])

/** PUBACK of MQTT 5 (table 3.4) for an uplink that the handler refuses. */
export const pubackReason = (code: ErrorCode): number => {
  if (unreadable.has(code)) return reasons.payloadFormatInvalid
  if (unproven.has(code)) return reasons.notAuthorized
  if (code === 'RATE_LIMITED' || code === 'QUEUE_FULL') return reasons.quotaExceeded
  return reasons.implementationSpecific
}
