/** Every limit of people, by name; units last. */
const minuteMs = 60_000
const hourMs = 60 * minuteMs

export const peopleLimits = {
  loginLengthMax: 100,
  /** In characters. NIST SP 800-63B-4 §3.1.1.2 asks for 8 beside a second factor. */
  passwordLengthMin: 12,
  /** In UTF-8 bytes: nobody makes us hash a book. */
  passwordBytesMax: 256,
  activationTextBytes: 32,
  sessionTokenBytes: 32,
  /** An activation text opens an account: at most a day. */
  activationMs: 24 * hourMs,
  /** NIST SP 800-63B-4 §2.2.3: at most an hour of silence, a day in all, at this level of assurance. */
  sessionIdleMs: 30 * minuteMs,
  sessionMs: 12 * hourMs,
  /** A session is noted as seen no more often than this. */
  seenEveryMs: minuteMs,
  /** Wrong tries before the account waits. */
  freeTries: 5,
  /** The first wait; each further wrong try doubles it. */
  holdMs: 30_000,
  holdMsMax: 15 * minuteMs,
  /** Tokens behind a token that are looked at for whoever stands at their beginning. */
  ancestorsMax: 16,
} as const
