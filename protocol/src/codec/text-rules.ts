// The charsets of the wire's texts. Printable ASCII unless a rule says otherwise; nothing here
// lets a control character, a lone surrogate or the mark of damaged UTF-8 (U+FFFD) through.
import type { TextRule } from './fields.js'

/** U+0020 to U+007E. */
export const printable = (min: number, max: number): TextRule => ({
  min,
  max,
  pattern: /^[\x20-\x7e]*$/,
  rule: `must be ${String(min)} to ${String(max)} characters of printable ASCII`,
})

/** Names of a code or a thing: letters, digits, dot, hyphen, underscore. */
export const token = (min: number, max: number): TextRule => ({
  min,
  max,
  pattern: /^[A-Za-z0-9._-]*$/,
  rule: `must be ${String(min)} to ${String(max)} characters of A-Z a-z 0-9 . _ -`,
})

/** Any valid UTF-8 without control characters; lengths in bytes. */
export const unicode = (min: number, max: number): TextRule => ({
  min,
  max,
  pattern: /^[^\p{Cc}\p{Zl}\p{Zp}\ufffd\ufeff\ufffe\uffff]*$/u,
  rule: `must be ${String(min)} to ${String(max)} bytes of UTF-8 without control characters`,
})
