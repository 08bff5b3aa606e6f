/** What a caller or a terminal did wrong, as a value: the code of the catalogue, the field, the rule. */
import type { ErrorCode } from '@tillgate/protocol'

export interface PkiRefusal {
  readonly ok: false
  readonly code: ErrorCode
  readonly field: string
  readonly rule: string
}

export const refusal = (code: ErrorCode, field: string, rule: string): PkiRefusal => ({
  ok: false,
  code,
  field,
  rule,
})
