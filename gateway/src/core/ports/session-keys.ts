/**
 * MAC keys of sessions, sealed at rest: behind a broker any node may get a session's next uplink, so its
 * key lies with the terminal's row, and never in clear.
 */

/** Whose key it is; one that is moved to another session's place does not open. */
export interface KeyOwner {
  readonly sn: string
  readonly sessionId: Uint8Array
}

export interface SessionKeys {
  seal(owner: KeyOwner, macKey: Uint8Array): Uint8Array
  /** Undefined where it is damaged, sealed by another key, or another session's. */
  open(owner: KeyOwner, sealed: Uint8Array): Uint8Array | undefined
}
