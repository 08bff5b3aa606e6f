// What every parser of this package answers: a value, or a refusal with the code of the error
// catalogue, the field that was wrong and the rule it broke. Parsers never throw on bad input.
import type { ErrorCode } from './catalogue/catalogue.js'

export interface Refusal {
  readonly ok: false
  readonly code: ErrorCode
  /** Path of the offending field in the schema's camelCase names; empty for the whole input. */
  readonly field: string
  /** The rule that was broken, in English, without any of the offending data. */
  readonly rule: string
}

export type Parsed<T> = { readonly ok: true; readonly value: T } | Refusal

export const accept = <T>(value: T): Parsed<T> => ({ ok: true, value })

export const refuse = (code: ErrorCode, field: string, rule: string): Refusal => ({
  ok: false,
  code,
  field,
  rule,
})
