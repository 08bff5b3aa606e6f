// The charsets of what names a merchant's account at the acquirer, in Bind and Unbind.
import { printable, token } from '../codec/text-rules.js'
import { wireLimits } from '../limits.js'

/** ISO 8583 field 42. */
export const mid = printable(1, wireLimits.midLengthMax)
/** ISO 8583 field 41. */
export const tid = printable(1, wireLimits.tidLengthMax)
export const acquirerCode = token(1, wireLimits.acquirerCodeLengthMax)
/** Some acquirers have no store level. */
export const storeId = token(0, wireLimits.storeIdLengthMax)
