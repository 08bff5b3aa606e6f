/** What a password's hash costs, and how many at once; by name. */
export const passwordLimits = {
  /**
   * Argon2id as OWASP's Password Storage Cheat Sheet has it: m = 19 MiB, t = 2, p = 1
   * (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html); output and salt as
   * RFC 9106 §4 recommends.
   */
  memoryKiB: 19_456,
  passes: 2,
  lanes: 1,
  hashBytes: 32,
  saltBytes: 16,
  /** Each takes the memory above and a thread of the pool. */
  atOnceMax: 2,
  waitingMax: 64,
} as const

/** RFC 6238: SHA-1, as every authenticator app has it; the secret as long as its output (RFC 4226 §4, R6). */
export const codeLimits = {
  secretBytes: 20,
  stepSeconds: 30,
  digits: 6,
  /** One step back and one ahead (RFC 6238 §5.2). */
  toleranceSeconds: 30,
} as const
