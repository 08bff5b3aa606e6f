// An optional field is `undefined` in a parsed message and empty on the wire.
import { noBytes } from '../bytes.js'

export const orEmpty = (bytes: Uint8Array | undefined): Uint8Array => bytes ?? noBytes
