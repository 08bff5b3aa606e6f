/**
 * Signatures, both ways, asynchronous because an HSM or a thread pool stands behind them. The core
 * builds Merkle batches and signed bytes; these ports see only bytes to sign and bytes to check.
 */
import type { AlgorithmName, Primitives, PublicKeyHandle } from '@tillgate/protocol'

/** Who may sign what: one key per purpose (architecture §5, Envelope). */
export type SignerPurpose = 'ordinary' | 'destructive' | 'receipt' | 'checkpoint'

export interface SignerKey {
  readonly kid: Uint8Array
  readonly alg: AlgorithmName
}

export interface Signer {
  /** The key in force for a purpose. */
  key(purpose: SignerPurpose): SignerKey
  /**
   * Signs `data` with that purpose's key. Rejects on time-out or a full queue: nothing is published
   * then and everything stays queued.
   */
  sign(purpose: SignerPurpose, data: Uint8Array): Promise<Uint8Array>
}

export interface VerifyItem {
  readonly key: PublicKeyHandle
  readonly data: Uint8Array
  readonly signature: Uint8Array
}

export interface Verifier {
  /** Imported once a session. `undefined`: not a key that we know how to use. */
  importKey(spki: Uint8Array): PublicKeyHandle | undefined
  /** One answer per item, in order. Never rejects because of what a terminal sent. */
  verify(items: readonly VerifyItem[]): Promise<readonly boolean[]>
}

/** The synchronous part of crypto that the core needs: hashing, MACs, key agreement. */
export type Digest = Pick<Primitives, 'sha256' | 'hmacSha256' | 'agreementKey' | 'equal'>
