/** One-time codes of people: TOTP (RFC 6238). That a code counts once is decided in the records, by its step. */
import type { EpochMs } from './system.js'

export interface OneTimeCodes {
  /** A fresh secret, and how an authenticator app takes it over. */
  make(login: string): { readonly secret: Uint8Array; readonly uri: string }
  /**
   * The step (RFC 6238 §4.2: 30 s since 1970) that the code belongs to, the present one or a neighbour;
   * undefined where it is none of theirs. Without a secret it does the same work, in vain.
   */
  stepOf(code: string, secret: Uint8Array | undefined, atMs: EpochMs): number | undefined
}
