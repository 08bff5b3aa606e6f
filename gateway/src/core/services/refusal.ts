/** A service's refusal: a code, and the input field at fault where one is. */
import type { ErrorCode } from '@tillgate/protocol'

import type { Refusal } from './command-service.js'

export const refusal = (code: ErrorCode, field?: string, detail?: string): Refusal => ({
  ok: false,
  code,
  ...(field === undefined ? {} : { field }),
  ...(detail === undefined ? {} : { detail }),
})
