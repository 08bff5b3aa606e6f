/**
 * What the API needs of a node: one interface, made of the gateway's public types. The API never
 * sees a socket of a terminal, a key or a statement; it reads, submits one operation, or asks a service.
 */
import type {
  Answer,
  Clock,
  CommandService,
  Entropy,
  IdempotencyClaim,
  Ids,
  Log,
  Records,
} from '@tillgate/gateway'

export interface CreateEnrolmentToken {
  readonly sn: string
  /** Allows a new certificate beside a live one; raises an alarm when it is used. */
  readonly reenrol: boolean
  readonly expiresInMs: number
  readonly actor: string
  readonly idempotency?: IdempotencyClaim
}

export interface MadeEnrolmentToken {
  readonly uuid: Uint8Array
  /** Shown once. Absent where an earlier answer is repeated: only its hash is kept. */
  readonly token?: string
  readonly replayed: boolean
}

/** What a terminal is given at enrolment (architecture §8). */
export interface Enrolment {
  readonly sn: string
  readonly clientId: string
  readonly certificatePem: string
  /** From the issuer of the certificate up to Tillgate's CA. */
  readonly chainPem: string
  /** The signed envelope, as it also comes over the wire. */
  readonly signerList: Uint8Array
  /** SubjectPublicKeyInfo, DER: what the terminal pins. */
  readonly offlineRoot: Uint8Array
  /** The same request was answered before. */
  readonly replayed: boolean
}

export interface EnrolmentPort {
  createToken(request: CreateEnrolmentToken): Promise<Answer<MadeEnrolmentToken>>
  enrol(request: {
    readonly csrPem: string
    readonly token: string
    readonly remoteAddress: string
  }): Promise<Answer<Enrolment>>
  registerCertificate(request: {
    readonly sn: string
    readonly certificatePem: string
    readonly actor: string
    readonly idempotency?: IdempotencyClaim
  }): Promise<Answer<{ readonly sha256: Uint8Array; readonly replayed: boolean }>>
  /** Cuts the live session of that certificate. */
  revokeCertificate(request: {
    readonly sha256: Uint8Array
    readonly reason: string
    readonly actor: string
  }): Promise<Answer<{ readonly revokedAtMs: number }>>
}

/** Where terminals connect, as they are told at enrolment. */
export interface TerminalEndpoint {
  readonly host: string
  readonly mqttsPort: number
  readonly wssPort: number
}

export interface NodeHealth {
  readonly ok: boolean
  /** What is not well, in plain words; empty where `ok`. */
  readonly reasons: readonly string[]
}

export interface ApiServices {
  readonly records: Records
  readonly commands: CommandService
  readonly enrolment: EnrolmentPort
  readonly clock: Clock
  readonly ids: Ids
  readonly entropy: Entropy
  readonly digest: { sha256(data: Uint8Array): Uint8Array }
  readonly log: Log
  /** Tillgate's CA in PEM: public, so that curl and terminals can pin it. */
  readonly caPem: string
  endpoint(): TerminalEndpoint
  health(): NodeHealth
}
