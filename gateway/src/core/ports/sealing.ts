/**
 * Sealing at rest: what must not lie in clear is sealed before it reaches the records. A sealed value
 * is bound to what it is and whose, so that one that was moved to another row or column does not open.
 * Asynchronous, because a key service or an HSM may stand behind it. Refusals are values; a label that
 * is not printable ASCII is a bug and throws.
 */

/** Printable ASCII, at most `sealingLimits.labelLengthMax` letters each. */
export interface Belonging {
  /** Which column: `user.totp`, `document.part`. One name is never used for two columns. */
  readonly what: string
  /** Which row: its uuid or serial number, and what else tells it from its neighbours. */
  readonly whose: string
}

export type SealAnswer =
  | { readonly ok: true; readonly sealed: Uint8Array }
  /** Above `secretBytesMax`; or the scope's key was destroyed; or what holds the key can't be asked now. */
  | { readonly ok: false; readonly code: 'TOO_LARGE' | 'DESTROYED' | 'UNAVAILABLE' }

export type OpenAnswer =
  | { readonly ok: true; readonly secret: Uint8Array }
  /** Changed, cut, another's, or not sealed by us at all. */
  | { readonly ok: false; readonly code: 'DAMAGED' }
  /** Sealed under a key that is not given here; `kid` says which, in hex. */
  | { readonly ok: false; readonly code: 'KEY_MISSING'; readonly kid: string }
  | { readonly ok: false; readonly code: 'DESTROYED' | 'UNAVAILABLE' }

/** Seals and opens: under the sealing key, or under the key of one scope. */
export interface Sealing {
  seal(of: Belonging, secret: Uint8Array): Promise<SealAnswer>
  open(of: Belonging, sealed: Uint8Array): Promise<OpenAnswer>
}

export type UnderAnswer =
  { readonly ok: true; readonly sealing: Sealing } | Exclude<OpenAnswer, { readonly ok: true }>

export type ResealAnswer =
  | {
      readonly ok: true
      readonly sealed: Uint8Array
      /** False where it lies under the current key already; `sealed` is then what was given. */
      readonly changed: boolean
    }
  | Exclude<OpenAnswer, { readonly ok: true }>

/** The sealing keys of a node: one seals; older ones, and the one that comes next, open as well. */
export interface SealingKeys extends Sealing {
  /** The key under which new values are sealed: 8 bytes as hex. It says nothing of the key itself. */
  readonly kid: string
  /** Every key that opens, the current one first. */
  readonly kids: readonly string[]
  /** Those that were in force before: what lies under them is to be sealed anew. */
  readonly olderKids: readonly string[]
  /** The key that a value lies under, read from its header; undefined where it has none. */
  kidOf(sealed: Uint8Array): string | undefined
  /** The same secret under the current key. */
  reseal(of: Belonging, sealed: Uint8Array): Promise<ResealAnswer>
  /** A fresh key, sealed; it is never seen in clear outside. */
  makeKey(of: Belonging): Promise<SealAnswer>
  /** What seals and opens under such a key. It must not be kept: a key may be destroyed at any time. */
  under(of: Belonging, sealedKey: Uint8Array): Promise<UnderAnswer>
}

export const sealingLimits = {
  labelLengthMax: 200,
  /** What is sealed in one piece; anything larger is sealed in parts. */
  secretBytesMax: 1024 * 1024,
} as const
