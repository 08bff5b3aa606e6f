/**
 * The next certificate of a connected terminal (architecture §8). The core hands over what a verified
 * RenewRequest said; the answer goes down as RenewCertificate. Refusals are values; a rejected promise
 * means that the records are unavailable and nothing may be acknowledged.
 */
import type { ErrorCode } from '@tillgate/protocol'

export interface RenewalRequest {
  readonly terminalId: number
  readonly sn: string
  /** Of the certificate that the session stands on. */
  readonly certificateSha256: Uint8Array
  /** PKCS #10, DER, signed by the new key. */
  readonly csr: Uint8Array
  /** Over `renewalBytes(csr)`, by the key in force. */
  readonly proofOfOldKey: Uint8Array
  readonly nowMs: number
}

export type RenewalAnswer =
  | {
      readonly ok: true
      readonly certificateDer: Uint8Array
      /** DER certificates, concatenated, the issuer first. */
      readonly chain: Uint8Array
    }
  /** COMMAND_IN_FLIGHT: a proof is open, the terminal asks again later. */
  | {
      readonly ok: false
      readonly code: ErrorCode
      readonly field: string
      readonly rule: string
    }

export interface Renewals {
  renew(request: RenewalRequest): Promise<RenewalAnswer>
}
