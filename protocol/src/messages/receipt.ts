// Receipt (down, receipt key): this uplink is durable at the gateway; the terminal may forget it.
// README.md §11.
import type { tillgate } from '#generated'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'

export interface Receipt {
  readonly kind: 'receipt'
  /** Of the uplink. */
  readonly messageId: Uint8Array
  /** SHA-256 of the uplink's body. */
  readonly hash: Uint8Array
}

export const readReceipt = (
  from: tillgate.v1.Receipt.$Properties,
  fields: FieldReader,
): Receipt => ({
  kind: 'receipt',
  messageId: fields.bytes('messageId', from.messageId, wireLimits.idBytes),
  hash: fields.bytes('hash', from.hash, wireLimits.hashBytes),
})

export const writeReceipt = (message: Receipt): tillgate.v1.Receipt.$Properties => message
